namespace SsmAssociationTools.HelpCompiler.Pages;

/// <summary>Something that keeps a page from being compiled.</summary>
/// <param name="Path">The page.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Message">What is wrong and what to do.</param>
internal sealed record PageProblem(string Path, int Line, string Message)
{
    /// <summary>The form that MSBuild and editors read as an error at a place in a file.</summary>
    /// <returns>Text such as <c>docs/en-US/New-Thing.md(12): error HELP: ...</c>.</returns>
    public override string ToString() => $"{Path}({Line}): error HELP: {Message}";
}
