using System;
using System.Collections.Generic;
using System.Management.Automation;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Commands.Output;

/// <summary>Writes each kind of warning once in full and counts the others, so that a column of ten thousand rows is not told ten thousand times.</summary>
internal sealed class RepeatedWarnings(Cmdlet command)
{
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>Takes a warning.</summary>
    public void Add(string key, string text)
    {
        _counts.TryGetValue(key, out long count);
        _counts[key] = count + 1;
        if (count == 0)
        {
            command.WriteWarning(VisibleText.Of(text));
        }
    }

    /// <summary>Says of each kind how many were not written.</summary>
    /// <param name="see">Where the others are, as in <c>see Issues of the results</c>.</param>
    public void FinishEach(string see)
    {
        foreach (KeyValuePair<string, long> kind in _counts)
        {
            if (kind.Value > 1)
            {
                command.WriteWarning($"{kind.Value - 1} more warning(s) of the rule {kind.Key}: {see}.");
            }
        }

        _counts.Clear();
    }

    /// <summary>Says how many were not written, and begins again.</summary>
    public void Finish(string place)
    {
        long more = 0;
        foreach (long count in _counts.Values)
        {
            more += count - 1;
        }

        _counts.Clear();
        if (more > 0)
        {
            command.WriteWarning(VisibleText.Of($"{place}: {more} more warning(s) of the same kinds."));
        }
    }
}
