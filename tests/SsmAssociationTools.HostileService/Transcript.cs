using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;

namespace SsmAssociationTools.HostileService;

/// <summary>What came and what was done, for the person who has to understand a failure.</summary>
public sealed class Transcript
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    public void Add(int call, string text)
    {
        lock (_lines)
        {
            _lines.Add(string.Create(CultureInfo.InvariantCulture, $"{_watch.Elapsed.TotalSeconds,7:0.000}s #{call,-3} {text}"));
        }
    }

    public override string ToString() => string.Join("\n", Lines);
}
