using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Input;

/// <summary>
/// Tells whether a value is what PowerShell makes of a member's value where it flattens it, or that value itself. Whatever else
/// it is, somebody wrote.
/// </summary>
internal sealed class FlatForm(ReadingContext context)
{
    /// <summary>Compares a value with the member that it may stand for.</summary>
    public bool Shows(object? given, EntryMember member, object? value)
    {
        Shape shape = InputValue.ShapeOf(ref given);
        if (value is null or ICollection { Count: 0 })
        {
            return InputValue.IsBlank(given) || (shape == Shape.List && !((IEnumerable)given!).Cast<object?>().Any());
        }

        switch (shape)
        {
            case Shape.Text or Shape.Scalar:
                return ShowsText(shape == Shape.Text ? ((string)given!).Trim() : InputValue.Format(given!), member, value);
            case Shape.List:
                return ShowsList(((IEnumerable)given!).Cast<object?>().Take(ReadingContext.MaxItems).ToList(), member, value);
            case Shape.Bag or Shape.Object when value is Dictionary<string, string?[]?> map:
                List<KeyValuePair<string, object?>> pairs = GivenMembers.Of(given!, context, isProbe: true).ToList();
                return pairs.Count == map.Count && pairs.TrueForAll(pair => map.TryGetValue(pair.Key, out string?[]? values) && Shows(pair.Value, member, values));
            case Shape.Bag or Shape.Object when member.Parts.Length > 0 && value is not Array:
                return ShowsPart(given!, member, value);
            default:
                return false;
        }
    }

    private static bool ShowsText(string text, EntryMember member, object value)
    {
        string whole = value switch
        {
            string one => one.Trim(),
            bool or int => InputValue.Format(value),
            Array items => string.Join(" ", items.Cast<object?>().Select(static item => item?.ToString())),
            _ => value.ToString() ?? string.Empty,
        };
        return text.Equals(whole, value is bool ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal)
            || (value is not (string or bool or int) && TypeNames.IsTypeName(text))
            || (member == EntrySchema.Targets && value is AssociationTarget[] targets && text == TargetText.Of(new AssociationEntry { Targets = targets }));
    }

    private bool ShowsList(List<object?> given, EntryMember member, object value)
    {
        if (value is not Array items)
        {
            return given.Count == 1 && Shows(given[0], member, value);
        }

        for (int i = 0; given.Count == items.Length && i < given.Count; i++)
        {
            if (!Shows(given[i], member, items.GetValue(i)))
            {
                return false;
            }
        }

        return given.Count == items.Length;
    }

    private bool ShowsPart(object given, EntryMember member, object value)
    {
        var seen = new HashSet<EntryMember>();
        foreach (KeyValuePair<string, object?> pair in GivenMembers.Of(given, context, isProbe: true))
        {
            if (MemberNames.FindPart(member, pair.Key) is not { Steps.Length: 1 } path || !Shows(pair.Value, path.Last, path.Last.Get(value)))
            {
                return false;
            }

            seen.Add(path.Last);
        }

        return member.Parts.All(part => seen.Contains(part) || part.Get(value) is null or ICollection { Count: 0 });
    }
}
