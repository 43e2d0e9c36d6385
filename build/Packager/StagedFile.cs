using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;

namespace SsmAssociationTools.Packager;

/// <summary>A file of the staged module.</summary>
/// <param name="Path">Its path below the module's folder, with forward slashes.</param>
/// <param name="Content">Its bytes.</param>
internal sealed record StagedFile(string Path, byte[] Content)
{
    /// <summary>Its SHA-256, in lower-case hexadecimal digits.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Content));

    /// <summary>The edition or platform it belongs to, such as <c>net8.0</c> or <c>linux-x64</c>; empty for a file that all share.</summary>
    public string Edition => Path.Split('/') is ["bin", var edition, _, ..] ? edition : string.Empty;

    /// <summary>True for an assembly.</summary>
    public bool IsAssembly => Path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);

    /// <summary>Its name without folder and extension.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>The identifier that the compiler gave to the assembly. Compiling it ahead keeps it.</summary>
    public Guid Module
    {
        get
        {
            using var image = new PEReader(new MemoryStream(Content));
            MetadataReader metadata = image.GetMetadataReader();
            return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
        }
    }

    /// <summary>The identifier of the assembly that this one was compiled ahead from; null where it is not compiled ahead.</summary>
    public Guid? CompiledFrom
    {
        get
        {
            try
            {
                using var image = new PEReader(new MemoryStream(Content));
                return image.PEHeaders.CorHeader?.ManagedNativeHeaderDirectory.Size > 0 ? Module : null;
            }
            catch (BadImageFormatException)
            {
                return null;
            }
        }
    }

    /// <summary>Reads the files of a staged module.</summary>
    /// <param name="folder">The module's folder.</param>
    /// <returns>The files in ordinal order of their paths, whatever order the disk has.</returns>
    /// <exception cref="PackagingException">The folder is missing or empty.</exception>
    public static IReadOnlyList<StagedFile> ReadAll(string folder)
    {
        StagedFile[] files = !Directory.Exists(folder)
            ? []
            : [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(file => new StagedFile(System.IO.Path.GetRelativePath(folder, file).Replace('\\', '/'), File.ReadAllBytes(file)))
                .OrderBy(file => file.Path, StringComparer.Ordinal)];
        return files.Length > 0 ? files : throw new PackagingException($"'{folder}' holds no file; build the stage first.");
    }
}
