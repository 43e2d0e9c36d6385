using System.Collections.Generic;
using System.Globalization;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Input;

/// <summary>Takes apart the name of a dotted column, such as <c>Targets[0].Values</c> or <c>Parameters.Operation</c>.</summary>
internal static class ColumnPath
{
    /// <summary>Place of the first separator.</summary>
    public static int EndOfRoot(string column)
    {
        for (int i = 0; i < column.Length; i++)
        {
            if (column[i] is '.' or '[')
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Takes apart what follows the root.</summary>
    public static bool TryParse(string column, int start, EntryMember root, List<ColumnSegment> segments)
    {
        int position = start;
        while (position < column.Length)
        {
            if (column[position] == '[')
            {
                int close = column.IndexOf(']', position);
                if (close < 0 || !TryIndex(column, position + 1, close, out int index))
                {
                    return false;
                }

                segments.Add(new ColumnSegment(column.Substring(position + 1, close - position - 1), index));
                position = close + 1;
                if (position < column.Length && column[position] is not ('.' or '['))
                {
                    return false;
                }

                continue;
            }

            position++;
            int end = position;
            while (end < column.Length && column[end] is not ('.' or '['))
            {
                end++;
            }

            bool isIndex = TryIndex(column, position, end, out int place);
            if (!isIndex && IsFreeName(root, segments))
            {
                end = EndOfFreeName(column, position, root);
            }

            if (end == position)
            {
                return false;
            }

            segments.Add(new ColumnSegment(column.Substring(position, end - position).Trim(), isIndex ? place : -1));
            position = end;
        }

        return segments.Count > 0;
    }

    /// <summary>
    /// Names that users choose (parameters, keys of targets and of target maps) may hold dots and brackets: such a name
    /// goes on to the end of the column.
    /// </summary>
    private static bool IsFreeName(EntryMember root, List<ColumnSegment> before) => root.Kind switch
    {
        MemberKind.Map => before.Count == 0,
        MemberKind.Maps => before.Count == 0 || (before.Count == 1 && before[0].Index >= 0),
        _ => root == EntrySchema.Targets && before.Count == 0,
    };

    private static int EndOfFreeName(string column, int start, EntryMember root)
    {
        if (column[column.Length - 1] == ']')
        {
            int open = column.LastIndexOf('[');
            return open > start && TryIndex(column, open + 1, column.Length - 1, out _) ? open : column.Length;
        }

        if (root.Kind == MemberKind.Map)
        {
            int dot = column.LastIndexOf('.');
            return dot > start && TryIndex(column, dot + 1, column.Length, out _) ? dot : column.Length;
        }

        return column.Length;
    }

    private static bool TryIndex(string column, int start, int end, out int index)
    {
        index = 0;
        if (end <= start || end - start > 4)
        {
            return false;
        }

        for (int i = start; i < end; i++)
        {
            if (column[i] is < '0' or > '9')
            {
                return false;
            }
        }

        return int.TryParse(column.Substring(start, end - start), NumberStyles.None, CultureInfo.InvariantCulture, out index);
    }
}
