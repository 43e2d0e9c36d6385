using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Input;

/// <summary>Reports names that no member has, and says which one may be meant.</summary>
internal sealed class UnknownNames
{
    /// <summary>Parts that a message names.</summary>
    private const int MaxNames = 6;

    private readonly ReadingContext _context;
    private readonly bool _strict;

    public UnknownNames(ReadingContext context, bool strict)
    {
        _context = context;
        _strict = strict;
    }

    /// <summary>Reports a member that its object does not have, unless it is blank.</summary>
    /// <returns>True where a member may be meant.</returns>
    public bool Check(string name, object? value, IEnumerable<string> known)
    {
        if (InputValue.IsBlank(value) || MemberNames.IsOfRemoting(name))
        {
            return false;
        }

        string? close = Suggestion.For(name, known);
        if (_context.Depth == 0)
        {
            close = close?.IndexOf('_') > 0 && name.IndexOf('.') > 0 ? close.Replace('_', '.') : close ?? MemberNames.ColumnFor(name);
        }
        else if (_context.IsFlat)
        {
            // Whoever names a part of a member in a column means one.
            close ??= "one of " + string.Join(", ", known.Take(MaxNames));
        }

        int end = close is null ? -1 : ColumnPath.EndOfRoot(close);
        if (close is not null && _context.Depth == 0 && MemberNames.Find(end < 0 ? close : close.Substring(0, end)) is { } meant)
        {
            _context.Miss(meant.Steps[0].Name);
        }

        Report(name, close, isError: close is not null);
        return close is not null;
    }

    /// <summary>Reports an unknown member.</summary>
    /// <param name="meant">What the user may have meant; null where nobody can tell.</param>
    public void Report(string name, string? meant, bool isError)
    {
        string shown = ReadingContext.Shown(name);
        _context.Enter(name);
        _context.Report(
            ReadingRules.UnknownMember,
            isError || _strict ? IssueSeverity.Error : IssueSeverity.Warning,
            meant is null
                ? $"There is no member '{shown}' here; it is left out. Remove it, or see about_SsmAssociationTools for the names."
                : $"There is no member '{shown}' here. Did you mean {meant}?");
        _context.Leave();
    }
}
