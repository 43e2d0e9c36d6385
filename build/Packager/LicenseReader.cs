using System;
using System.IO;
using System.Linq;
using System.Xml.Linq;

namespace SsmAssociationTools.Packager;

/// <summary>Tells licenses by their SPDX identifiers.</summary>
internal static class LicenseReader
{
    /// <summary>Reads the license of a restored package: what its .nuspec says, else what its license file says.</summary>
    /// <param name="folder">The package's folder.</param>
    /// <returns>An SPDX expression.</returns>
    /// <exception cref="PackagingException">Neither says it; what is redistributed must have a known license.</exception>
    public static string OfPackage(string folder)
    {
        string nuspec = Directory.EnumerateFiles(folder, "*.nuspec").Single();
        XElement? license = XDocument.Load(nuspec).Descendants().FirstOrDefault(element => element.Name.LocalName == "license");
        if (license?.Attribute("type")?.Value == "expression")
        {
            return license.Value;
        }

        // Packages of before NuGet knew expressions have an address only, but bring the text.
        return Directory.EnumerateFiles(folder, "LICENSE*").Order(StringComparer.Ordinal).Select(file => OfText(File.ReadAllText(file))).FirstOrDefault(id => id is not null)
            ?? throw new PackagingException($"{Path.GetFileName(nuspec)} names no license that is known here.");
    }

    /// <summary>Recognizes a license by the beginning of its text.</summary>
    /// <param name="text">The text of a license file.</param>
    /// <returns>An SPDX identifier; null for a text that is not known.</returns>
    public static string? OfText(string text)
    {
        string[] lines = [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(2)];
        return lines switch
        {
            ["The MIT License (MIT)" or "MIT License", ..] => "MIT",
            ["Apache License", var version] when version.StartsWith("Version 2.0,", StringComparison.Ordinal) => "Apache-2.0",
            _ => null,
        };
    }
}
