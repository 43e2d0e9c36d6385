using System;
using System.Collections.Generic;
using System.Globalization;

namespace SsmAssociationTools.Gateway;

/// <summary>Reads ResourceCountByStatus, which is one text such as <c>{Failed=1, Success=3}</c>.</summary>
internal static class StatusCounts
{
    /// <summary>Reads the text.</summary>
    /// <returns>Numbers by status, empty for an empty text; null for none, or one that cannot be read.</returns>
    public static IReadOnlyDictionary<string, int>? Parse(string? text)
    {
        if (text is null)
        {
            return null;
        }

        string inner = text.Trim();
        if (inner.Length > 0)
        {
            if (inner.Length < 2 || inner[0] != '{' || inner[inner.Length - 1] != '}')
            {
                return null;
            }

            inner = inner.Substring(1, inner.Length - 2).Trim();
        }

        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        if (inner.Length == 0)
        {
            return counts;
        }

        foreach (string part in inner.Split(','))
        {
            int equals = part.IndexOf('=');
            string status = equals < 0 ? string.Empty : part.Substring(0, equals).Trim();
            if (status.Length == 0
                || !int.TryParse(part.Substring(equals + 1).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int count)
                || counts.ContainsKey(status))
            {
                return null;
            }

            counts.Add(status, count);
        }

        return counts;
    }
}
