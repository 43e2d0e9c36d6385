using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using SsmAssociationTools.Staging;

namespace SsmAssociationTools.Module.Tests.Hosting;

/// <summary>Where the build put what the tests look at.</summary>
internal static class TestPaths
{
    /// <summary>The staged module's folder.</summary>
    public static string Stage { get; } = Metadata("ModuleStage");

    /// <summary>The staged module's manifest.</summary>
    public static string Manifest { get; } = Path.Combine(Stage, "SsmAssociationTools.psd1");

    /// <summary>The main assembly that this process gets from the staged module.</summary>
    public static string MainAssembly { get; } = Path.Combine(StagedBuild.FolderOfThisProcess(Stage), "SsmAssociationTools.dll");

    /// <summary>The folder of the help pages and about topics, as they are written.</summary>
    public static string HelpPages { get; } = Metadata("HelpPages");

    /// <summary>The folder of the packages.</summary>
    public static string Packages { get; } = Metadata("PackageFolder");

    /// <summary>The folder of the sources.</summary>
    public static string Repository { get; } = Metadata("RepositoryRoot");

    /// <summary>The change log.</summary>
    public static string ChangeLog { get; } = Path.Combine(Repository, "CHANGELOG.md");

    /// <summary>What NuGet restored for each project whose output is shipped: its project.assets.json.</summary>
    public static IReadOnlyList<string> ShippedAssets { get; } =
        [.. Directory.EnumerateDirectories(Path.Combine(Repository, "src")).Select(project => Path.Combine(project, "obj", "project.assets.json")).Where(File.Exists)];

    /// <summary>The reference assemblies of .NET Framework 4.7.2.</summary>
    public static string Framework { get; } = Metadata("Framework");

    /// <summary>The reference assembly of the engine of Windows PowerShell 5.1.</summary>
    public static string Engine { get; } = Metadata("Engine");

    private static string Metadata(string key) => typeof(TestPaths).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key)
        .Value!;
}
