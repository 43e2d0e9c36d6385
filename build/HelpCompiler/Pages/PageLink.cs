namespace SsmAssociationTools.HelpCompiler.Pages;

/// <summary>A related link.</summary>
/// <param name="Text">What is shown.</param>
/// <param name="Uri">The address; empty for another topic of this help.</param>
internal sealed record PageLink(string Text, string Uri);
