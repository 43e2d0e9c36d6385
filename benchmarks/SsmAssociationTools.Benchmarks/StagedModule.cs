using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using SsmAssociationTools.Staging;

namespace SsmAssociationTools.Benchmarks;

/// <summary>The staged module: where it is, and how this program gets at the types inside it.</summary>
internal static class StagedModule
{
    /// <summary>The manifest that Import-Module gets.</summary>
    public static string Manifest => Path.Combine(Folder, "SsmAssociationTools.psd1");

    private static string Folder { get; } = typeof(StagedModule).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static attribute => attribute.Key == "ModuleStage")
        .Value!;

    /// <summary>The folder that the module's loader takes on this platform.</summary>
    private static readonly string s_build = StagedBuild.FolderOfThisProcess(Folder);

    /// <summary>
    /// Lets references of this program to the module's assemblies lead into the stage, where Import-Module takes them
    /// from as well: a second copy would be a second set of types.
    /// </summary>
    public static void Resolve() => AssemblyLoadContext.Default.Resolving += static (context, name) =>
    {
        string[] places = [Path.Combine(s_build, name.Name + ".dll"), Path.Combine(s_build, "dependencies", name.Name + ".dll")];
        return name.Name!.StartsWith("SsmAssociationTools", StringComparison.Ordinal) && Array.Find(places, File.Exists) is { } path
            ? context.LoadFromAssemblyPath(path)
            : null;
    };
}
