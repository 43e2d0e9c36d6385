using System;
using System.Collections.Generic;

namespace SsmAssociationTools.Scheduling;

/// <summary>
/// Keeps verdicts on schedule expressions, because the entries of a fleet share a few. Holds at most 512 texts of at
/// most 256 characters and begins anew when it is full. Not safe for concurrent use; one pipeline has one.
/// </summary>
internal sealed class ScheduleCache
{
    private const int Capacity = 512;
    private const int LongestText = 256;

    private readonly Dictionary<string, ScheduleExpression> _known = new(StringComparer.Ordinal);

    /// <summary>The verdict on a text.</summary>
    public ScheduleExpression Get(string text)
    {
        if (_known.TryGetValue(text, out ScheduleExpression? known))
        {
            return known;
        }

        ScheduleExpression parsed = ScheduleExpression.Parse(text);
        if (text.Length <= LongestText)
        {
            if (_known.Count == Capacity)
            {
                _known.Clear();
            }

            _known.Add(text, parsed);
        }

        return parsed;
    }
}
