using System.Collections.Generic;
using SsmAssociationTools.Json;

namespace SsmAssociationTools.Input;

/// <summary>An entry that came as one text, beside what PowerShell left of it; null where that shows nothing of it.</summary>
internal sealed class FlatEntry(string text, object? visible)
{
    public string Text { get; } = text;

    public object? Visible { get; } = visible;

    /// <summary>True for the member that carries the text.</summary>
    public static bool IsName(string name) => name.Equals(nameof(AssociationEntry.EntryJson), System.StringComparison.OrdinalIgnoreCase);

    /// <summary>Finds the text: as Export-Csv writes it, as an object with nothing but it, which JSON makes, or as it was.</summary>
    public static string? TextOf(object? value, ReadingContext context)
    {
        switch (InputValue.ShapeOf(ref value))
        {
            case Shape.Text:
                string text = ((string)value!).Trim();
                return JsonText.LooksLikeJson(text) ? text : null;
            case Shape.Scalar or Shape.Object when value is EntryText whole:
                return whole.Text;
            case Shape.Bag:
                foreach (KeyValuePair<string, object?> given in GivenMembers.Of(value!, context, isProbe: true))
                {
                    object? inner = given.Value;
                    if (given.Key.Equals(nameof(EntryText.Text), System.StringComparison.OrdinalIgnoreCase) && InputValue.ShapeOf(ref inner) == Shape.Text)
                    {
                        return TextOf(inner, context);
                    }
                }

                return null;
            default:
                return null;
        }
    }
}
