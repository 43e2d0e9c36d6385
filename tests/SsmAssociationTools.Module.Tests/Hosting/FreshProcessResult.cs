using System.Collections.Generic;

namespace SsmAssociationTools.Module.Tests.Hosting;

/// <summary>What a script left behind that ran in a process of its own.</summary>
/// <param name="Output">The output as text.</param>
/// <param name="Errors">The errors as text, the terminating one last.</param>
/// <param name="Assemblies">The assemblies that the process had loaded at the script's end.</param>
public sealed record FreshProcessResult(
    IReadOnlyList<string> Output,
    IReadOnlyList<string> Errors,
    IReadOnlyList<LoadedAssembly> Assemblies);
