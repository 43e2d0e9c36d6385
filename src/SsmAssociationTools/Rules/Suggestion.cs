using System;
using System.Collections.Generic;

namespace SsmAssociationTools.Rules;

/// <summary>Finds the known name that a misspelled one most likely stands for.</summary>
internal static class Suggestion
{
    /// <summary>Longer names are not misspelled members, and comparing them costs time.</summary>
    private const int MaxLength = 64;

    /// <summary>Finds the closest known name.</summary>
    /// <returns>The closest name within one typing error for each four letters (at most three); else one that goes on where the
    /// unknown name ends, if that is most of it; else null.</returns>
    public static string? For(string name, IEnumerable<string> known)
    {
        string plain = Plain(name);
        if (plain.Length is 0 or > MaxLength)
        {
            return null;
        }

        int limit = Math.Min(3, Math.Max(1, plain.Length / 4));
        string? best = null;
        string? longer = null;
        foreach (string candidate in known)
        {
            string other = Plain(candidate);
            if (longer is null && plain.Length * 5 >= other.Length * 3 && other.StartsWith(plain, StringComparison.Ordinal))
            {
                longer = candidate;
            }

            int distance = Distance(plain, other, limit);
            if (distance <= limit)
            {
                best = candidate;
                limit = distance - 1;
                if (distance == 0)
                {
                    break;
                }
            }
        }

        return best ?? longer;
    }

    /// <summary>Letters and digits only: snake_case, kebab-case and spaced names differ in nothing else.</summary>
    private static string Plain(string name)
    {
        var letters = new char[name.Length];
        int count = 0;
        foreach (char c in name)
        {
            if (char.IsLetterOrDigit(c))
            {
                letters[count++] = char.ToUpperInvariant(c);
            }
        }

        return new string(letters, 0, count);
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).</summary>
    private static int Distance(string a, string b, int limit)
    {
        if (Math.Abs(a.Length - b.Length) > limit)
        {
            return int.MaxValue;
        }

        int[] before = new int[b.Length + 1];
        int[] last = new int[b.Length + 1];
        int[] row = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
        {
            last[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = a[i - 1] == b[j - 1] ? 0 : 1;
                int distance = Math.Min(Math.Min(row[j - 1] + 1, last[j] + 1), last[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    distance = Math.Min(distance, before[j - 2] + 1);
                }

                row[j] = distance;
            }

            (before, last, row) = (last, row, before);
        }

        return last[b.Length];
    }
}
