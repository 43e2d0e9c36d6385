using System.Collections.Generic;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Input;

/// <summary>Reads dotted columns, such as <c>Targets[0].Values</c> and <c>Parameters.Operation</c>. All of one member are one value.</summary>
internal sealed class ColumnReader
{
    private readonly ReadingContext _context;
    private readonly ValueReader _values;
    private readonly UnknownNames _unknown;
    private readonly MemberReader _members;

    public ColumnReader(ReadingContext context, ValueReader values, UnknownNames unknown, MemberReader members)
    {
        _context = context;
        _values = values;
        _unknown = unknown;
        _members = members;
    }

    /// <summary>Finds the member of a column; names of modules and resources have dots, too.</summary>
    /// <param name="end">Where its name ends.</param>
    /// <returns>Null for what is no dotted column of a member.</returns>
    public static MemberPath? FindRoot(string name, out int end)
    {
        end = ColumnPath.EndOfRoot(name);
        return end > 0 ? MemberNames.Find(name.Substring(0, end).TrimEnd()) : null;
    }

    /// <inheritdoc cref="FindRoot"/>
    public static bool IsColumn(string name) => FindRoot(name, out _) is not null;

    /// <summary>Takes a column.</summary>
    /// <param name="end">Where the name of the member ends.</param>
    public void Add(List<KeyValuePair<MemberPath, ColumnNode>> columns, string name, int end, MemberPath root, object? value)
    {
        var path = new List<ColumnSegment>();
        if (!ColumnPath.TryParse(name, end, root.Last, path))
        {
            _unknown.Report(name, "MEMBER.PART or MEMBER[0].PART, such as Targets[0].Key", isError: true);
            return;
        }

        if (root.Last == EntrySchema.Targets && path.Count == 1 && path[0].Name.LastIndexOf('.') is > 0 and int dot && MemberNames.FindPart(root.Last, path[0].Name.Substring(dot + 1)) is not null)
        {
            // The column of a tag holds its values and has no parts.
            _unknown.Report(name, name.Substring(0, name.LastIndexOf('.')), isError: true);
            return;
        }

        if (path.Count > ReadingContext.MaxDepth)
        {
            _context.Report(ReadingRules.TooDeep, "The name of a column has more than 32 parts.");
            return;
        }

        int place = columns.FindIndex(column => column.Key == root);
        if (place < 0)
        {
            place = columns.Count;
            columns.Add(new(root, new ColumnNode()));
        }

        if (!columns[place].Value.Set(path, value))
        {
            _context.Enter(name);
            _values.Twice();
            _context.Leave();
        }
    }

    /// <summary>Reads the columns that were taken.</summary>
    public void Read(AssociationEntry entry, List<KeyValuePair<MemberPath, ColumnNode>> columns)
    {
        foreach (KeyValuePair<MemberPath, ColumnNode> column in columns)
        {
            _context.IsFlat = true;
            _members.Read(entry, column.Key, column.Value);
            _context.IsFlat = false;
        }
    }
}
