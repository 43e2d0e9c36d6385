using SsmAssociationTools.Model;

namespace SsmAssociationTools.Commands.Output;

/// <summary>Names an association that exists, as far as it is known.</summary>
internal static class AssociationText
{
    /// <summary>Names an association.</summary>
    /// <returns>Text such as <c>33858bec-0c55-4547-a054-eb5fc0000000, patch-web (AWS-RunPatchBaseline) on tag:Role=web</c>.</returns>
    public static string Of(string? id, string? name, string? associationName, string target)
    {
        string text = id ?? "no id";
        if (name is not null || associationName is not null)
        {
            text += ", " + (name is null ? associationName : associationName is null ? name : $"{associationName} ({name})");
        }

        return VisibleText.Of(target.Length == 0 ? text : $"{text} on {target}");
    }
}
