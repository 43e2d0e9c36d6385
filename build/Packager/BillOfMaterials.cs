using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;

namespace SsmAssociationTools.Packager;

/// <summary>
/// Software bill of materials in CycloneDX 1.6: the module with the files that are built here, and each package with those
/// of its files that are shipped. It names neither the day nor the machine, so that the same files give the same bill.
/// </summary>
internal static class BillOfMaterials
{
    /// <summary>Writes the bill.</summary>
    /// <param name="path">Path of the JSON file.</param>
    /// <param name="manifest">The module's manifest.</param>
    /// <param name="files">All files of the module.</param>
    /// <param name="graph">What was restored for it.</param>
    /// <exception cref="PackagingException">An assembly is neither built here nor the unchanged file of a restored package.</exception>
    public static void Write(string path, ModuleManifest manifest, IReadOnlyList<StagedFile> files, RestoreGraph graph)
    {
        var own = new List<StagedFile>();
        var shipped = new SortedDictionary<string, (RestoredPackage Package, List<StagedFile> Files, SortedSet<string> Dependencies)>(StringComparer.Ordinal);
        foreach (StagedFile file in files)
        {
            if (!file.IsAssembly || graph.IsOwn(file))
            {
                own.Add(file);
                continue;
            }

            RestoredPackage package = graph.Origin(file)
                ?? throw new PackagingException($"'{file.Path}' is neither built here nor the file of a restored package.");
            if (!shipped.TryGetValue(package.Purl, out (RestoredPackage Package, List<StagedFile> Files, SortedSet<string> Dependencies) entry))
            {
                shipped.Add(package.Purl, entry = (package, [], new SortedSet<string>(StringComparer.OrdinalIgnoreCase)));
            }

            // A package needs other ones for each framework.
            entry.Files.Add(file);
            entry.Dependencies.UnionWith(package.Dependencies);
        }

        string license = files.Where(file => file.Path == "LICENSE").Select(file => LicenseReader.OfText(System.Text.Encoding.UTF8.GetString(file.Content))).FirstOrDefault()
            ?? throw new PackagingException("The module has no LICENSE file, or its license is not known here.");
        string purl = $"pkg:nuget/{manifest.Name}@{manifest.Version}?repository_url=https:%2F%2Fwww.powershellgallery.com%2Fapi%2Fv2";

        using FileStream stream = File.Create(path);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        json.WriteStartObject();
        json.WriteString("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json");
        json.WriteString("bomFormat", "CycloneDX");
        json.WriteString("specVersion", "1.6");
        json.WriteNumber("version", 1);

        json.WriteStartObject("metadata");
        json.WriteStartObject("component");
        WriteComponent(json, "library", purl, manifest.Name, manifest.Version, license);
        json.WriteString("publisher", manifest.CompanyName);
        json.WriteString("description", manifest.Description);
        json.WriteString("copyright", manifest.Copyright);
        json.WriteString("purl", purl);
        json.WriteStartArray("externalReferences");
        json.WriteStartObject();
        json.WriteString("type", "website");
        json.WriteString("url", manifest.ProjectUri);
        json.WriteEndObject();
        json.WriteEndArray();
        WriteFiles(json, own, license);
        json.WriteEndObject();
        json.WriteEndObject();

        json.WriteStartArray("components");
        foreach ((RestoredPackage package, List<StagedFile> packageFiles, _) in shipped.Values)
        {
            json.WriteStartObject();
            WriteComponent(json, "library", package.Purl, package.Id, package.Version, package.License);
            json.WriteString("purl", package.Purl);
            WriteFiles(json, packageFiles, package.License);
            json.WriteEndObject();
        }

        json.WriteEndArray();

        RestoredPackage[] packages = [.. shipped.Values.Select(entry => entry.Package)];
        json.WriteStartArray("dependencies");
        WriteDependencies(json, purl, graph.Direct, packages);
        foreach ((RestoredPackage package, _, SortedSet<string> needed) in shipped.Values)
        {
            WriteDependencies(json, package.Purl, needed, packages);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteComponent(Utf8JsonWriter json, string type, string reference, string name, string? version, string license)
    {
        json.WriteString("type", type);
        json.WriteString("bom-ref", reference);
        json.WriteString("name", name);
        if (version is not null)
        {
            json.WriteString("version", version);
        }

        json.WriteStartArray("licenses");
        json.WriteStartObject();
        json.WriteString("expression", license);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteFiles(Utf8JsonWriter json, IEnumerable<StagedFile> files, string license)
    {
        json.WriteStartArray("components");
        foreach (StagedFile file in files)
        {
            json.WriteStartObject();
            WriteComponent(json, "file", "file:" + file.Path, file.Path, file.IsAssembly ? AssemblyVersion(file) : null, license);
            json.WriteStartArray("hashes");
            json.WriteStartObject();
            json.WriteString("alg", "SHA-256");
            json.WriteString("content", file.Sha256);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteDependencies(Utf8JsonWriter json, string reference, IEnumerable<string> ids, IReadOnlyList<RestoredPackage> shipped)
    {
        var wanted = new HashSet<string>(ids, StringComparer.OrdinalIgnoreCase);
        json.WriteStartObject();
        json.WriteString("ref", reference);
        json.WriteStartArray("dependsOn");
        foreach (RestoredPackage package in shipped.Where(package => wanted.Contains(package.Id)))
        {
            json.WriteStringValue(package.Purl);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string AssemblyVersion(StagedFile file)
    {
        using var image = new PEReader(new MemoryStream(file.Content));
        return image.GetMetadataReader().GetAssemblyDefinition().Version.ToString();
    }
}
