using System.Collections.Generic;

namespace SsmAssociationTools.HelpCompiler.Pages;

/// <summary>One example: what is to be done, the commands, and what follows.</summary>
/// <param name="Title">The heading, such as <c>Example 1: Create associations from a file</c>.</param>
/// <param name="Introduction">What stands before the commands.</param>
/// <param name="Code">The commands; the first code block that is PowerShell.</param>
/// <param name="Remarks">What stands after the commands, output and further commands included.</param>
/// <param name="Scripts">Every block of PowerShell with the line where its text begins, from 1.</param>
internal sealed record PageExample(
    string Title,
    IReadOnlyList<string> Introduction,
    string Code,
    IReadOnlyList<string> Remarks,
    IReadOnlyList<(int Line, string Text)> Scripts);
