using System.Collections.Generic;

namespace SsmAssociationTools.HelpCompiler.Pages;

/// <summary>How a cmdlet is called with one parameter set.</summary>
/// <param name="SetName">Name of the parameter set; __AllParameterSets where the cmdlet has none.</param>
/// <param name="IsDefault">True for the parameter set that PowerShell takes when the arguments fit several.</param>
/// <param name="Text">The line that Get-Command -Syntax prints, without line breaks.</param>
/// <param name="Parameters">The parameters in the order of the line, without the common ones.</param>
internal sealed record SyntaxVariant(string SetName, bool IsDefault, string Text, IReadOnlyList<SyntaxParameter> Parameters);
