using System;
using System.IO;
using System.Reflection;

namespace SsmAssociationTools.Isolation;

/// <summary>
/// Loads what the module keeps to itself, the AWS SDK above all, so that it meets no other copy in the session: into a
/// load context of its own on PowerShell 7, by file on Windows PowerShell. Nothing is loaded before it is needed.
/// </summary>
internal static class PrivateAssemblies
{
    /// <summary>Name of the folder beside the module's assembly that holds the private assemblies.</summary>
    private const string FolderName = "dependencies";

    private static readonly string s_folder = Path.Combine(Path.GetDirectoryName(typeof(PrivateAssemblies).Assembly.Location)!, FolderName);

    private static readonly Lazy<PrivateLoader> s_loader = new(static () => new PrivateLoader(s_folder));

    /// <summary>Makes an object of a private assembly.</summary>
    /// <exception cref="ModuleFilesMissingException">The module's folder is not complete.</exception>
    public static T Create<T>(string assemblyName, string typeName)
        where T : class
    {
        Assembly assembly;
        try
        {
            assembly = s_loader.Value.Load(assemblyName);
        }
        catch (FileNotFoundException missing)
        {
            throw new ModuleFilesMissingException(s_folder, missing);
        }

        return (T)Activator.CreateInstance(assembly.GetType(typeName, throwOnError: true)!, nonPublic: true)!;
    }
}
