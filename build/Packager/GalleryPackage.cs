using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using NuGet.Packaging;
using NuGet.Versioning;

namespace SsmAssociationTools.Packager;

/// <summary>The .nupkg that the PowerShell Gallery takes: the module's files at the top, described as its manifest describes it.</summary>
internal static class GalleryPackage
{
    /// <summary>Writes the package. The same files give the same bytes.</summary>
    /// <exception cref="PackagingException">Two files have names that Windows does not tell apart.</exception>
    public static void Write(string path, ModuleManifest manifest, string releaseNotes, IReadOnlyList<StagedFile> files)
    {
        var builder = new PackageBuilder(deterministic: true)
        {
            Id = manifest.Name,
            Version = NuGetVersion.Parse(manifest.Version),
            Description = manifest.Description,
            ReleaseNotes = releaseNotes,
            Copyright = manifest.Copyright,
            LicenseUrl = new Uri(manifest.LicenseUri),
            ProjectUrl = new Uri(manifest.ProjectUri),
        };
        builder.Authors.Add(manifest.Author);
        builder.Owners.Add(manifest.CompanyName);
        foreach (string tag in Tags(manifest))
        {
            builder.Tags.Add(tag);
        }

        foreach (StagedFile file in files.OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            builder.Files.Add(new PhysicalPackageFile(new MemoryStream(file.Content)) { TargetPath = file.Path });
        }

        using var package = new MemoryStream();
        builder.Save(package);

        // The builder stamps each part with the time of the build. Packed again, the same files give the same bytes.
        package.Position = 0;
        using var parts = new ZipArchive(package, ZipArchiveMode.Read);
        Archive.Write(path, parts.Entries.Select(part => KeyValuePair.Create(part.FullName, Bytes(part))));
    }

    private static byte[] Bytes(ZipArchiveEntry part)
    {
        using Stream stream = part.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>The gallery and Find-Command look for cmdlets among the tags.</summary>
    private static IEnumerable<string> Tags(ModuleManifest manifest) => manifest.Tags
        .Prepend("PSModule")
        .Append("PSIncludes_Cmdlet")
        .Concat(manifest.Cmdlets.Select(cmdlet => "PSCmdlet_" + cmdlet))
        .Concat(manifest.Cmdlets.Select(cmdlet => "PSCommand_" + cmdlet))
        .Distinct(StringComparer.OrdinalIgnoreCase);
}
