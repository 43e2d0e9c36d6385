using System;
using System.Collections;
using System.Collections.Generic;

namespace SsmAssociationTools.Runs.Journal;

/// <summary>
/// The AssociationNames of what earlier runs sent, as keyed hashes, and which of them this run has met again with the content
/// that they had. A name that is not met again, and comes with other content, is a row that somebody changed.
/// </summary>
internal sealed class JournalNames
{
    private readonly ulong[] _names;

    /// <summary>Where the line stands that says what became of the entry.</summary>
    private readonly long[] _lines;
    private readonly BitArray _met;

    public JournalNames(IReadOnlyCollection<(ulong Name, long Line)> sent)
    {
        _names = new ulong[sent.Count];
        _lines = new long[sent.Count];
        int count = 0;
        foreach ((ulong name, long line) in sent)
        {
            _names[count] = name;
            _lines[count++] = line;
        }

        Array.Sort(_names, _lines);
        _met = new BitArray(count);
    }

    /// <summary>Takes note that an entry came again as it was.</summary>
    public void Meet(ulong name, long line)
    {
        for (int i = FirstOf(name); i < _names.Length && _names[i] == name; i++)
        {
            if (_lines[i] == line)
            {
                _met[i] = true;
                return;
            }
        }
    }

    /// <summary>Lines of entries of a name that did not come again so far.</summary>
    public IEnumerable<long> Unmet(ulong name)
    {
        for (int i = FirstOf(name); i < _names.Length && _names[i] == name; i++)
        {
            if (!_met[i])
            {
                yield return _lines[i];
            }
        }
    }

    private int FirstOf(ulong name)
    {
        int low = 0;
        int high = _names.Length;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            if (_names[middle] < name)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
