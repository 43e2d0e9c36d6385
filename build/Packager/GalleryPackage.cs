using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace SsmAssociationTools.Packager;

/// <summary>
/// The .nupkg that the PowerShell Gallery takes: the module's files at the top, a .nuspec, and the three parts that make a
/// zip an Open Packaging Conventions container (content types, relationships, core properties).
/// </summary>
internal static class GalleryPackage
{
    private static readonly XNamespace s_nuspec = "http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd";
    private static readonly XNamespace s_types = "http://schemas.openxmlformats.org/package/2006/content-types";
    private static readonly XNamespace s_relationships = "http://schemas.openxmlformats.org/package/2006/relationships";
    private static readonly XNamespace s_properties = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";
    private static readonly XNamespace s_dc = "http://purl.org/dc/elements/1.1/";

    private const string PropertiesType = "application/vnd.openxmlformats-package.core-properties+xml";
    private const string RelationshipsType = "application/vnd.openxmlformats-package.relationships+xml";
    private const string FileType = "application/octet";

    /// <summary>Writes the package.</summary>
    /// <param name="path">Path of the package.</param>
    /// <param name="manifest">The module's manifest.</param>
    /// <param name="releaseNotes">What is new in this version.</param>
    /// <param name="files">The module's files.</param>
    public static void Write(string path, ModuleManifest manifest, string releaseNotes, IReadOnlyList<StagedFile> files)
    {
        string nuspecName = manifest.Name + ".nuspec";
        byte[] nuspec = Nuspec(manifest, releaseNotes);

        // NuGet gives this part a random name; one that follows from the content serves as well and is the same next time.
        string propertiesName = $"package/services/metadata/core-properties/{Convert.ToHexStringLower(SHA256.HashData(nuspec)).Substring(0, 32)}.psmdcp";

        var parts = files.ToDictionary(file => PartName(file.Path), file => file.Content, StringComparer.Ordinal);
        parts.Add(nuspecName, nuspec);
        parts.Add(propertiesName, Properties(manifest));
        parts.Add("_rels/.rels", Relationships(nuspecName, propertiesName));
        parts.Add("[Content_Types].xml", ContentTypes([.. parts.Keys]));
        Archive.Write(path, parts);
    }

    private static byte[] Nuspec(ModuleManifest manifest, string releaseNotes)
    {
        // The gallery and Find-Command look for cmdlets among the tags.
        IEnumerable<string> tags = manifest.Tags
            .Prepend("PSModule")
            .Append("PSIncludes_Cmdlet")
            .Concat(manifest.Cmdlets.Select(cmdlet => "PSCmdlet_" + cmdlet))
            .Concat(manifest.Cmdlets.Select(cmdlet => "PSCommand_" + cmdlet))
            .Distinct(StringComparer.OrdinalIgnoreCase);
        return Xml(new XElement(
            s_nuspec + "package",
            new XElement(
                s_nuspec + "metadata",
                new XElement(s_nuspec + "id", manifest.Name),
                new XElement(s_nuspec + "version", manifest.Version),
                new XElement(s_nuspec + "authors", manifest.Author),
                new XElement(s_nuspec + "owners", manifest.CompanyName),
                new XElement(s_nuspec + "requireLicenseAcceptance", "false"),
                new XElement(s_nuspec + "licenseUrl", manifest.LicenseUri),
                new XElement(s_nuspec + "projectUrl", manifest.ProjectUri),
                new XElement(s_nuspec + "description", manifest.Description),
                new XElement(s_nuspec + "releaseNotes", releaseNotes),
                new XElement(s_nuspec + "copyright", manifest.Copyright),
                new XElement(s_nuspec + "tags", string.Join(' ', tags)))));
    }

    private static byte[] Properties(ModuleManifest manifest) => Xml(new XElement(
        s_properties + "coreProperties",
        new XAttribute(XNamespace.Xmlns + "dc", s_dc),
        new XElement(s_dc + "creator", manifest.Author),
        new XElement(s_dc + "description", manifest.Description),
        new XElement(s_dc + "identifier", manifest.Name),
        new XElement(s_properties + "version", manifest.Version),
        new XElement(s_properties + "keywords", string.Join(' ', manifest.Tags))));

    private static byte[] Relationships(string nuspecName, string propertiesName) => Xml(new XElement(
        s_relationships + "Relationships",
        Relationship("http://schemas.microsoft.com/packaging/2010/07/manifest", nuspecName, "R1"),
        Relationship("http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", propertiesName, "R2")));

    private static XElement Relationship(string type, string target, string id) => new(
        s_relationships + "Relationship",
        new XAttribute("Type", type),
        new XAttribute("Target", "/" + target),
        new XAttribute("Id", id));

    /// <summary>A type for every extension, and one for each part that has no extension.</summary>
    private static byte[] ContentTypes(IReadOnlyList<string> parts)
    {
        IEnumerable<XElement> defaults = parts
            .Select(Extension)
            .Where(extension => extension.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(extension => new XElement(
                s_types + "Default",
                new XAttribute("Extension", extension),
                new XAttribute("ContentType", extension switch { "rels" => RelationshipsType, "psmdcp" => PropertiesType, _ => FileType })));
        IEnumerable<XElement> overrides = parts
            .Where(part => Extension(part).Length == 0)
            .Order(StringComparer.Ordinal)
            .Select(part => new XElement(
                s_types + "Override",
                new XAttribute("PartName", "/" + part),
                new XAttribute("ContentType", FileType)));
        return Xml(new XElement(s_types + "Types", defaults, overrides));
    }

    /// <summary>Extension without the dot, in lower case because the convention compares it so.</summary>
    private static string Extension(string part) => Path.GetExtension(part).TrimStart('.').ToLowerInvariant();

    private static string PartName(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    private static byte[] Xml(XElement root)
    {
        using var stream = new MemoryStream();
        var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n", NewLineHandling = NewLineHandling.None };
        using (var writer = XmlWriter.Create(stream, settings))
        {
            new XDocument(root).Save(writer);
        }

        return stream.ToArray();
    }
}
