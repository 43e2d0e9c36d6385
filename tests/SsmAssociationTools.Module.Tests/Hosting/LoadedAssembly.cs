namespace SsmAssociationTools.Module.Tests.Hosting;

/// <summary>An assembly that a process has loaded.</summary>
/// <param name="Name">Its simple name.</param>
/// <param name="Context">Name of its load context; Default for the shared one.</param>
/// <param name="Location">Its file; empty where it has none.</param>
public sealed record LoadedAssembly(string Name, string Context, string Location);
