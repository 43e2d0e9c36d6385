using System;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Input;

/// <summary>Tells what has the form of an association's id, and why an input has none.</summary>
internal static class AssociationIds
{
    /// <summary>True for text such as 33858bec-0c55-4547-a054-eb5fc0000000.</summary>
    public static bool IsOne(string text)
    {
        if (text.Length != 36)
        {
            return false;
        }

        for (int i = 0; i < text.Length; i++)
        {
            bool isHex = text[i] is (>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F');
            if (i is 8 or 13 or 18 or 23 ? text[i] != '-' : !isHex)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Reads an id with white space around it; null where the text is none.</summary>
    public static Guid? Read(string text) => IsOne(text.Trim()) ? Guid.Parse(text.Trim()) : null;

    /// <summary>Says that a text is no id.</summary>
    public static string NotOne(string text) => $"{MessageText.Id(text.Trim())} is no id of an association. An id looks like 33858bec-0c55-4547-a054-eb5fc0000000.";

    /// <summary>Says why an input names no association.</summary>
    public static string WhyNone(InputFacts facts) => facts.Shape switch
    {
        Shape.Absent => "The input is null. Pass a result, an object with AssociationId, or an id.",
        Shape.List => "The input is a list. Pass one association at a time: pipe the list itself.",
        Shape.Text => NotOne((string)facts.Value!),
        Shape.Object or Shape.Bag => "The input has no AssociationId.",
        _ => $"The input is {InputValue.Describe(facts.Value)}. Pass a result, an object with AssociationId, or an id.",
    };
}
