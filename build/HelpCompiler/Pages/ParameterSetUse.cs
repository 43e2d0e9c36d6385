using System.Globalization;

namespace SsmAssociationTools.HelpCompiler.Pages;

/// <summary>What part a parameter has in one parameter set.</summary>
/// <param name="SetName">Name of the set; <c>(All)</c> for every set.</param>
/// <param name="Position">Position from 0; null for a parameter that is only named.</param>
/// <param name="IsRequired">True when PowerShell asks for it.</param>
/// <param name="FromPipeline">True when objects from the pipeline are bound to it.</param>
/// <param name="FromPipelineByPropertyName">True when a property of the same name is bound to it.</param>
/// <param name="FromRemainingArguments">True when it takes the arguments that are left over.</param>
internal sealed record ParameterSetUse(
    string SetName,
    int? Position,
    bool IsRequired,
    bool FromPipeline,
    bool FromPipelineByPropertyName,
    bool FromRemainingArguments)
{
    /// <summary>The position as help shows it.</summary>
    public string PositionText => Position?.ToString(CultureInfo.InvariantCulture) ?? "Named";
}
