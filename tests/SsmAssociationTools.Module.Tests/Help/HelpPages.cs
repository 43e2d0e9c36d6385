using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using SsmAssociationTools.HelpCompiler.Pages;
using SsmAssociationTools.Module.Tests.Hosting;

namespace SsmAssociationTools.Module.Tests.Help;

/// <summary>The pages of docs/en-US, read once.</summary>
internal static class HelpPages
{
    /// <summary>Every page, by its cmdlet's name.</summary>
    public static IReadOnlyDictionary<string, HelpPage> All { get; } = Directory.EnumerateFiles(TestPaths.HelpPages, "*.md")
        .Select(Read)
        .ToDictionary(page => page.Name, StringComparer.Ordinal);

    private static HelpPage Read(string path) =>
        PageReader.Read(path, File.ReadAllText(path), out IReadOnlyList<PageProblem> problems)
            ?? throw new InvalidDataException(string.Join('\n', problems));
}
