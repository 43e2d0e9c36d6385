using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Text;

namespace SsmAssociationTools.Commands.Output;

/// <summary>
/// The last line of a command that changes associations: what became of how many, and in which time. It goes through the
/// information stream as what Write-Host writes does, so it is seen, and can be caught or silenced.
/// </summary>
internal sealed class ClosingLine
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly Dictionary<Enum, long> _counts = [];

    /// <summary>Counts a result.</summary>
    public void Count(Enum status)
    {
        _counts.TryGetValue(status, out long count);
        _counts[status] = count + 1;
    }

    /// <summary>Writes the line, where there is something to say and somebody who looks on.</summary>
    public void Write(PSCmdlet command)
    {
        if (_counts.Count == 0 || RunbookHost.IsOne(command))
        {
            return;
        }

        // Without the tag the host does not show it: output that goes to a file or to another program is read by somebody who
        // does not expect it. It is in the stream all the same.
#pragma warning disable RS0030 // Only asked where the output goes; nothing is written.
        string[] tags = Console.IsOutputRedirected ? [] : ["PSHOST"];
#pragma warning restore RS0030
        command.WriteInformation(new HostInformationMessage { Message = Text(_watch.Elapsed) }, tags);
    }

    /// <summary>Such as <c>1,482 created, 3 failed, 15 invalid in 6.5 s</c>.</summary>
    public string Text(TimeSpan elapsed) => Counts(_counts) + " in " + Time(elapsed);

    /// <summary>Such as <c>1,482 created, 3 failed</c>.</summary>
    public static string Counts(IReadOnlyDictionary<Enum, long> counts)
    {
        // Loops and no query: every command ends with this, and queries of pairs are compiled while somebody waits.
        var statuses = new List<Enum>(counts.Keys);
        statuses.Sort(Compare);
        var text = new StringBuilder();
        foreach (Enum status in statuses)
        {
            text.Append(text.Length == 0 ? string.Empty : ", ").Append(counts[status].ToString("#,0", CultureInfo.InvariantCulture)).Append(' ').Append(Words(status));
        }

        return text.ToString();
    }

    private static int Compare(Enum left, Enum right) =>
        string.CompareOrdinal(left.GetType().Name, right.GetType().Name) is var byType and not 0 ? byType : left.CompareTo(right);

    /// <summary>A status in words: <c>not attempted</c>.</summary>
    public static string Words(Enum status)
    {
        var text = new StringBuilder();
        foreach (char c in status.ToString())
        {
            text.Append(char.IsUpper(c) && text.Length > 0 ? " " : string.Empty).Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }

    private static string Time(TimeSpan time) => time.TotalSeconds switch
    {
        < 60 => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
        < 3600 => FormattableString.Invariant($"{time.Minutes} min {time.Seconds:00} s"),
        _ => FormattableString.Invariant($"{(long)time.TotalHours} h {time.Minutes:00} min"),
    };
}
