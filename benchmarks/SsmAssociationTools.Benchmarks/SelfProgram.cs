using System;
using System.Diagnostics;
using System.IO;

namespace SsmAssociationTools.Benchmarks;

/// <summary>This program, as it can be started again: by its host, or by dotnet where that is what runs it.</summary>
/// <param name="Host">What is started.</param>
/// <param name="Assembly">The assembly that it gets; null where it knows its own.</param>
internal sealed record SelfProgram(string Host, string? Assembly)
{
    /// <summary>The program that is running.</summary>
    public static SelfProgram Running { get; } = new(
        Environment.ProcessPath!,
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? typeof(SelfProgram).Assembly.Location : null);

    /// <summary>The same program, laid out in another folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The program there.</returns>
    public SelfProgram In(string folder) => Assembly is null
        ? new(Path.Combine(folder, Path.GetFileName(Host)), null)
        : new(Host, Path.Combine(folder, Path.GetFileName(Assembly)));

    /// <summary>How to start it.</summary>
    /// <param name="args">Its arguments.</param>
    /// <returns>What Process.Start takes.</returns>
    public ProcessStartInfo Start(params string[] args) => new(Host, Assembly is null ? args : [Assembly, .. args]);
}
