using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace SsmAssociationTools.Documents;

/// <summary>A set of characters of the basic plane, as ranges. Never changes.</summary>
internal sealed class CharSet
{
    private readonly List<(int First, int Last)> _ranges;

    private CharSet(List<(int First, int Last)> ranges) => _ranges = ranges;

    public static CharSet None { get; } = new([]);

    public static CharSet All { get; } = Range('\0', '\uFFFF');

    public static CharSet Range(int first, int last) => new([(first, last)]);

    /// <summary>The characters of a text.</summary>
    public static CharSet Of(string characters)
    {
        CharSet set = None;
        foreach (char c in characters)
        {
            set = set.Or(Range(c, c));
        }

        return set;
    }

    /// <summary>The characters of Unicode categories.</summary>
    public static CharSet Of(ICollection<UnicodeCategory> categories)
    {
        var ranges = new List<(int First, int Last)>();
        for (int c = 0, first = -1; c <= char.MaxValue + 1; c++)
        {
            bool isIn = c <= char.MaxValue && categories.Contains(CharUnicodeInfo.GetUnicodeCategory((char)c));
            if (isIn && first < 0)
            {
                first = c;
            }
            else if (!isIn && first >= 0)
            {
                ranges.Add((first, c - 1));
                first = -1;
            }
        }

        return new CharSet(ranges);
    }

    public CharSet Or(CharSet other)
    {
        var all = new List<(int First, int Last)>(_ranges);
        all.AddRange(other._ranges);
        all.Sort();
        var merged = new List<(int First, int Last)>();
        foreach ((int first, int last) in all)
        {
            if (merged.Count > 0 && first <= merged[merged.Count - 1].Last + 1)
            {
                (int start, int end) = merged[merged.Count - 1];
                merged[merged.Count - 1] = (start, last > end ? last : end);
            }
            else
            {
                merged.Add((first, last));
            }
        }

        return new CharSet(merged);
    }

    public CharSet Not()
    {
        var others = new List<(int First, int Last)>();
        int next = 0;
        foreach ((int first, int last) in _ranges)
        {
            if (first > next)
            {
                others.Add((next, first - 1));
            }

            next = last + 1;
        }

        if (next <= char.MaxValue)
        {
            others.Add((next, char.MaxValue));
        }

        return new CharSet(others);
    }

    public CharSet And(CharSet other) => Not().Or(other.Not()).Not();

    /// <summary>The set with each of its ASCII letters in both cases.</summary>
    public CharSet InBothCases()
    {
        CharSet set = this;
        for (char c = 'A'; c <= 'Z'; c++)
        {
            char lower = (char)(c + ('a' - 'A'));
            if (Has(c) != Has(lower))
            {
                set = set.Or(Range(c, c)).Or(Range(lower, lower));
            }
        }

        return set;
    }

    /// <summary>The set as a class of a .NET expression.</summary>
    public override string ToString()
    {
        if (_ranges.Count == 0)
        {
            return "(?!)";
        }

        var text = new StringBuilder("[");
        foreach ((int first, int last) in _ranges)
        {
            Append(text, first);
            if (last > first)
            {
                text.Append('-');
                Append(text, last);
            }
        }

        return text.Append(']').ToString();
    }

    private bool Has(char c) => _ranges.Exists(range => range.First <= c && c <= range.Last);

    private static void Append(StringBuilder text, int c) => text.Append("\\u").Append(c.ToString("X4", CultureInfo.InvariantCulture));
}
