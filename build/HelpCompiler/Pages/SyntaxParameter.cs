namespace SsmAssociationTools.HelpCompiler.Pages;

/// <summary>One parameter of a syntax line.</summary>
/// <param name="Name">The name without its hyphen.</param>
/// <param name="TypeName">The short type name between the angle brackets; null for a switch.</param>
/// <param name="IsRequired">False where brackets enclose the whole parameter.</param>
/// <param name="IsPositional">True where brackets enclose the name.</param>
internal sealed record SyntaxParameter(string Name, string? TypeName, bool IsRequired, bool IsPositional);
