using System;
using SsmAssociationTools.Model;

namespace SsmAssociationTools;

/// <summary>
/// A whole entry as one JSON text, with the values of Parameters: what is left of it where PowerShell makes text of everything
/// below a level, as Export-Csv and ConvertTo-Json do. Wherever entries are read, it is read too.
/// </summary>
/// <remarks>
/// Views, Format-List and texts with a variable in them ask for a formatted text and get a short one without values; Export-Csv asks
/// for ToString and gets the whole.
/// </remarks>
public sealed class EntryText : IFormattable
{
    private readonly AssociationEntry _entry;

    internal EntryText(AssociationEntry entry) => _entry = entry;

    /// <summary>The JSON text, as Export-SsmAssociationEntry writes it.</summary>
    public string Text => EntryJsonText.Of(_entry);

    /// <summary>The JSON text. It holds the values of Parameters.</summary>
    /// <returns>A JSON object in one line.</returns>
    public override string ToString() => Text;

    /// <summary>A text for the eye, which holds no value.</summary>
    /// <param name="format">Not used.</param>
    /// <param name="formatProvider">Not used.</param>
    /// <returns>The same text for every entry.</returns>
    public string ToString(string? format, IFormatProvider? formatProvider) => "(the whole entry as JSON)";

    internal static EntryText? Of(AssociationEntry? entry) => entry is null ? null : new EntryText(entry);
}
