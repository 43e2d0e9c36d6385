#if NET
using System;
using System.IO;
using System.Reflection;
using System.Runtime.Loader;

namespace SsmAssociationTools.Isolation;

/// <summary>The module's own load context. It answers for the files of its folder and for this assembly, and for nothing else.</summary>
internal sealed class PrivateLoader : AssemblyLoadContext
{
    private readonly string _folder;

    public PrivateLoader(string folder)
        : base("SsmAssociationTools") => _folder = folder;

    /// <summary>Loads a private assembly.</summary>
    public Assembly Load(string simpleName) => LoadFromAssemblyName(new AssemblyName(simpleName));

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        Assembly contract = typeof(PrivateLoader).Assembly;
        if (string.Equals(assemblyName.Name, contract.GetName().Name, StringComparison.OrdinalIgnoreCase))
        {
            return contract;
        }

        string path = Path.Combine(_folder, assemblyName.Name + ".dll");
        if (File.Exists(path))
        {
            return LoadFromAssemblyPath(path);
        }

        // Falling through would hand us another module's copy of the SDK.
        if (assemblyName.Name!.StartsWith("AWSSDK.", StringComparison.OrdinalIgnoreCase))
        {
            throw new FileNotFoundException($"{assemblyName.Name} is not part of SsmAssociationTools.", path);
        }

        return null;
    }
}
#endif
