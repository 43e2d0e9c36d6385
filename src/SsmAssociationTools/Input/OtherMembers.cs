using System.Collections.Generic;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Input;

/// <summary>Reads what is not a member by its plain name: dotted columns, and then what has a message of its own.</summary>
internal sealed class OtherMembers
{
    private readonly ReadingContext _context;
    private readonly ValueReader _values;
    private readonly ColumnReader _columns;
    private readonly ForeignMembers _foreign;

    public OtherMembers(ReadingContext context, ValueReader values, ColumnReader columns, ForeignMembers foreign)
    {
        _context = context;
        _values = values;
        _columns = columns;
        _foreign = foreign;
    }

    /// <summary>Reads them.</summary>
    /// <param name="value">The object that has them.</param>
    /// <param name="known">Counts dotted columns of members.</param>
    /// <returns>How many others are meant for an entry.</returns>
    public int Read(AssociationEntry entry, object value, List<KeyValuePair<string, object?>> others, ref int known)
    {
        List<KeyValuePair<MemberPath, ColumnNode>>? columns = null;
        int close = 0;
        bool isDescription = ServiceDescription.Is(value, others);
        if (isDescription && ServiceDescription.IsListItem(entry, others))
        {
            _context.Report(
                ReadingRules.ListItem,
                "This is an item of a list of associations, which has no parameters, rate control, output and alarm even where the association has them. Read the whole association with Get-SsmAssociationEntry, or aws ssm describe-association.");
        }

        foreach (KeyValuePair<string, object?> other in others)
        {
            string name = MemberNames.Cleaned(other.Key);
            if (ColumnReader.FindRoot(name, out int end) is { } root)
            {
                known++;
                if (!InputValue.IsBlank(other.Value))
                {
                    _columns.Add(columns ??= [], name, end, root, other.Value);
                }
            }
            else if (name == nameof(AssociationEntry.Source) && BagProperties.ClassOf(value) == "Deserialized." + typeof(AssociationEntry).FullName)
            {
                // An entry of another session, or of Import-Clixml, still knows its file.
                entry.Source = _values.Text(other.Value);
            }
            else if (!InputValue.IsBlank(other.Value) && _foreign.Read(name, other.Value, isDescription, BagProperties.ClassOf(value)))
            {
                close++;
            }
        }

        if (columns is not null)
        {
            _columns.Read(entry, columns);
        }

        return close;
    }
}
