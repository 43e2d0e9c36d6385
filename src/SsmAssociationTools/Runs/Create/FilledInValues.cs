using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using SsmAssociationTools.Content;

namespace SsmAssociationTools.Runs.Create;

/// <summary>
/// What the service was seen to fill in by itself, and which members it was seen to give back: a value that may have come in
/// does not show that somebody asked for it, and a member that may have been left out does not show that nobody did. Safe for
/// concurrent use.
/// </summary>
internal sealed class FilledInValues
{
    /// <summary>More are no defaults.</summary>
    private const int MaxValues = 1000;

    private readonly ConcurrentDictionary<string, bool> _values = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _seen = new(StringComparer.Ordinal);
    private volatile bool _leavesOut;

    /// <summary>Takes note of what the service says of an entry's association.</summary>
    public void Add(Fit? fit)
    {
        foreach (string value in fit?.FilledIn ?? (IEnumerable<string>)[])
        {
            if (_values.Count < MaxValues)
            {
                _values.TryAdd(value, true);
            }
        }

        _leavesOut |= fit is { Missing: > 0 };
        foreach (string member in fit?.Agreed ?? (IEnumerable<string>)[])
        {
            _seen.TryAdd(member, true);
        }
    }

    /// <summary>True where the service was seen to leave members out, and not to give back this one.</summary>
    public bool MayLeaveOut(string member) => _leavesOut && !_seen.ContainsKey(member);

    /// <summary>True where a member was seen to be filled in with a value, as in <c>MaxErrors=0</c>.</summary>
    public bool Has(string value) => _values.ContainsKey(value);
}
