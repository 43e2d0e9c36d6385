using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace SsmAssociationTools.Module.Tests.Package.Metadata;

/// <summary>The metadata of an assembly, read without loading it.</summary>
internal sealed class AssemblyFile
{
    private readonly Dictionary<(string Namespace, string Name), TypeDefinitionHandle> _types = [];
    private readonly Dictionary<(string Namespace, string Name), ExportedTypeHandle> _forwarded = [];

    /// <summary>Reads an assembly.</summary>
    /// <param name="path">Its path.</param>
    public AssemblyFile(string path)
    {
        Path = path;
        Reader = new PEReader(new MemoryStream(File.ReadAllBytes(path))).GetMetadataReader();
        Identity = Reader.GetAssemblyDefinition().GetAssemblyName();
        foreach (TypeDefinitionHandle handle in Reader.TypeDefinitions)
        {
            TypeDefinition type = Reader.GetTypeDefinition(handle);
            if (type.GetDeclaringType().IsNil)
            {
                _types[(Reader.GetString(type.Namespace), Reader.GetString(type.Name))] = handle;
            }
        }

        foreach (ExportedTypeHandle handle in Reader.ExportedTypes)
        {
            ExportedType type = Reader.GetExportedType(handle);
            if (type.Implementation.Kind == HandleKind.AssemblyReference)
            {
                _forwarded[(Reader.GetString(type.Namespace), Reader.GetString(type.Name))] = handle;
            }
        }
    }

    /// <summary>Tells assemblies from native libraries and from modules, which are parts of an assembly in a file of their own.</summary>
    /// <param name="path">Path of a library.</param>
    /// <returns>True for an assembly.</returns>
    public static bool IsAssembly(string path)
    {
        using var image = new PEReader(File.OpenRead(path));
        return image.HasMetadata && image.GetMetadataReader().IsAssembly;
    }

    /// <summary>Path of the file.</summary>
    public string Path { get; }

    /// <summary>Name, version and key of the assembly.</summary>
    public AssemblyName Identity { get; }

    /// <summary>The metadata.</summary>
    public MetadataReader Reader { get; }

    /// <summary>The assemblies that it refers to.</summary>
    public IEnumerable<AssemblyName> References =>
        Reader.AssemblyReferences.Select(handle => Reader.GetAssemblyReference(handle).GetAssemblyName());

    /// <summary>Finds a type that is not nested.</summary>
    /// <param name="space">Its namespace.</param>
    /// <param name="name">Its name, with the number of its type parameters.</param>
    /// <returns>Where it is defined; nil when it is not defined in this assembly.</returns>
    public TypeDefinitionHandle Type(string space, string name) => _types.GetValueOrDefault((space, name));

    /// <summary>Finds where a type that is not nested has moved to.</summary>
    /// <param name="space">Its namespace.</param>
    /// <param name="name">Its name, with the number of its type parameters.</param>
    /// <returns>The assembly; null when this assembly does not forward the type.</returns>
    public AssemblyName? Forward(string space, string name) =>
        _forwarded.TryGetValue((space, name), out ExportedTypeHandle handle)
            ? Reader.GetAssemblyReference((AssemblyReferenceHandle)Reader.GetExportedType(handle).Implementation).GetAssemblyName()
            : null;

    /// <summary>Tells whether an assembly satisfies a reference: the same name and key, and a version that is not lower.</summary>
    /// <param name="wanted">The reference.</param>
    /// <returns>True when it does.</returns>
    public bool Satisfies(AssemblyName wanted) =>
        string.Equals(wanted.Name, Identity.Name, StringComparison.OrdinalIgnoreCase)
        && (wanted.GetPublicKeyToken() ?? []).AsSpan().SequenceEqual(Identity.GetPublicKeyToken() ?? [])
        && wanted.Version <= Identity.Version;
}
