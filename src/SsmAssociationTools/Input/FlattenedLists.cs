using System.Management.Automation;
using SsmAssociationTools.Json;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Input;

/// <summary>
/// Warns of lists that became one text: ConvertTo-Json without enough -Depth puts the items of a list into one text, with a
/// space between them.
/// </summary>
internal sealed class FlattenedLists(ReadingContext context)
{
    /// <summary>True for what may have them: JSON, or an object that ConvertFrom-Json made of it.</summary>
    public static bool MayBeIn(object bag) => bag is JsonObject or FileMap { IsOfJson: true } or PSObject { BaseObject: PSCustomObject };

    /// <summary>Warns where a value looks like one.</summary>
    public void Warn(object? value)
    {
        if (InputValue.ShapeOf(ref value) == Shape.Text && ((string)value!).Trim().IndexOf(' ') > 0)
        {
            context.Report(
                ReadingRules.FlattenedList,
                "This is one text with white space in it, where the API has a list. ConvertTo-Json without enough -Depth makes such a text of a list; if it is one value, write it as a list of one.");
        }
    }
}
