using System;
using System.Collections.Generic;
using System.IO;
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
        if (files.GroupBy(file => file.Path, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new PackagingException($"'{twice.Key}' would be in {Path.GetFileName(path)} twice.");
        }

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

        using FileStream package = File.Create(path);
        builder.Save(package);
    }

    /// <summary>The gallery and Find-Command look for cmdlets among the tags.</summary>
    private static IEnumerable<string> Tags(ModuleManifest manifest) => manifest.Tags
        .Prepend("PSModule")
        .Append("PSIncludes_Cmdlet")
        .Concat(manifest.Cmdlets.Select(cmdlet => "PSCmdlet_" + cmdlet))
        .Concat(manifest.Cmdlets.Select(cmdlet => "PSCommand_" + cmdlet))
        .Distinct(StringComparer.OrdinalIgnoreCase);
}
