using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Management.Automation;
using System.Xml.Linq;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Package;

/// <summary>What is published: complete, without extras, accepted by those who take it, and importable where it is unpacked.</summary>
public sealed class PackageTests
{
    private static readonly string s_version = Path.GetFileName(Path.TrimEndingDirectorySeparator(TestPaths.Stage));
    private static readonly string s_package = Path.Combine(TestPaths.Packages, $"SsmAssociationTools.{s_version}.nupkg");
    private static readonly string s_zip = Path.Combine(TestPaths.Packages, "SsmAssociationTools.zip");

    [Fact]
    public void The_folder_of_packages_holds_the_package_the_zip_and_the_bill_of_materials()
    {
        Assert.Equal(
            [$"SsmAssociationTools.{s_version}.cdx.json", $"SsmAssociationTools.{s_version}.nupkg", "SsmAssociationTools.zip"],
            Directory.EnumerateFileSystemEntries(TestPaths.Packages).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_zip_holds_the_listed_files_below_one_folder_of_its_own_name_and_no_long_path()
    {
        using ZipArchive zip = ZipFile.OpenRead(s_zip);

        IEnumerable<string> names = zip.Entries.Select(entry => entry.FullName);

        Assert.Equal(StageTests.Listed.Select(path => "SsmAssociationTools/" + path).Order(StringComparer.Ordinal), names);
        Assert.All(names, name => Assert.InRange(name.Length, 1, 140));
    }

    [Fact]
    public void The_package_holds_the_listed_files_and_the_parts_of_a_package()
    {
        using ZipArchive package = ZipFile.OpenRead(s_package);

        string[] names = [.. package.Entries.Select(entry => entry.FullName)];

        Assert.Equal(
            StageTests.Listed.Concat(["package/services/metadata/core-properties/nuget.psmdcp", "[Content_Types].xml", "_rels/.rels", "SsmAssociationTools.nuspec"]).Order(StringComparer.Ordinal),
            names);
    }

    [Fact]
    public void Both_archives_hold_the_bytes_of_the_stage_and_no_time()
    {
        foreach ((string path, string prefix) in new[] { (s_package, string.Empty), (s_zip, "SsmAssociationTools/") })
        {
            using ZipArchive archive = ZipFile.OpenRead(path);
            Assert.All(archive.Entries, entry => Assert.Equal(new DateTime(1980, 1, 1), entry.LastWriteTime.DateTime));
            Assert.All(StageTests.Listed, file => Assert.Equal(File.ReadAllBytes(Path.Combine(TestPaths.Stage, file)), Bytes(archive, prefix + file)));
        }
    }

    [Fact]
    public void Nothing_of_System_comes_along_for_PowerShell_7()
    {
        using ZipArchive package = ZipFile.OpenRead(s_package);

        Assert.DoesNotContain(package.Entries, entry =>
            entry.FullName.StartsWith("bin/", StringComparison.Ordinal)
            && !entry.FullName.StartsWith("bin/net472/", StringComparison.Ordinal)
            && (entry.Name.StartsWith("System.", StringComparison.OrdinalIgnoreCase) || entry.Name.StartsWith("Microsoft.", StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void Every_part_has_a_content_type_and_every_relationship_a_target()
    {
        using ZipArchive package = ZipFile.OpenRead(s_package);
        XElement types = Xml(package, "[Content_Types].xml");
        var extensions = types.Elements().Where(element => element.Name.LocalName == "Default").ToDictionary(element => (string)element.Attribute("Extension")!, element => (string)element.Attribute("ContentType")!);
        HashSet<string> parts = [.. types.Elements().Where(element => element.Name.LocalName == "Override").Select(element => (string)element.Attribute("PartName")!)];
        HashSet<string> names = [.. package.Entries.Select(entry => "/" + entry.FullName)];

        Assert.All(names.Except(["/[Content_Types].xml"]), name => Assert.True(
            parts.Contains(name) || extensions.ContainsKey(Path.GetExtension(name).TrimStart('.')), name));
        Assert.Subset(names, parts);
        Assert.Equal("application/vnd.openxmlformats-package.relationships+xml", extensions["rels"]);
        Assert.Equal("application/vnd.openxmlformats-package.core-properties+xml", extensions["psmdcp"]);
        Assert.Equal(
            ["/SsmAssociationTools.nuspec", names.Single(name => name.EndsWith(".psmdcp", StringComparison.Ordinal))],
            Xml(package, "_rels/.rels").Elements().Select(element => (string)element.Attribute("Target")!));
    }

    [Fact]
    public void The_package_describes_itself_as_the_manifest_and_the_change_log_do()
    {
        using ZipArchive package = ZipFile.OpenRead(s_package);
        using var session = ModuleSession.WithoutModule();
        PSModuleInfo module = session.Run($"Test-ModuleManifest -Path '{ModuleSession.Manifest}'").WithoutErrors().OutputOf<PSModuleInfo>().Single();
        var fields = Xml(package, "SsmAssociationTools.nuspec").Elements().Single().Elements().ToDictionary(element => element.Name.LocalName, element => element.Value);

        Assert.Equal("SsmAssociationTools", fields["id"]);
        Assert.Equal(s_version, fields["version"]);
        Assert.Equal(module.Author, fields["authors"]);
        Assert.Equal(module.CompanyName, fields["owners"]);
        Assert.Equal(module.Description, fields["description"]);
        Assert.Equal(module.Copyright, fields["copyright"]);
        Assert.Equal(module.LicenseUri.OriginalString, fields["licenseUrl"]);
        Assert.Equal(module.ProjectUri.OriginalString, fields["projectUrl"]);
        Assert.Equal(
            module.Tags.Append("PSModule").Append("PSIncludes_Cmdlet")
                .Concat(ManifestTests.ExportedCmdlets().SelectMany(name => new[] { "PSCmdlet_" + name, "PSCommand_" + name }))
                .Order(StringComparer.Ordinal),
            fields["tags"].Split(' ').Order(StringComparer.Ordinal));

        string log = File.ReadAllText(TestPaths.ChangeLog);
        Assert.StartsWith("## " + s_version, log.Substring(log.IndexOf("## ", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains(fields["releaseNotes"], log, StringComparison.Ordinal);
        Assert.NotEmpty(fields["releaseNotes"]);
        Assert.DoesNotContain("\n## ", fields["releaseNotes"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("package")]
    [InlineData("zip")]
    public void The_module_works_where_it_is_unpacked(string kind)
    {
        using var folder = new TemporaryFolder();
        ZipFile.ExtractToDirectory(kind == "zip" ? s_zip : s_package, kind == "zip" ? folder.Path : Path.Combine(folder.Path, "SsmAssociationTools"));
        string module = Path.Combine(folder.Path, "SsmAssociationTools");
        string manifest = Path.Combine(module, "SsmAssociationTools.psd1").Replace("'", "''", StringComparison.Ordinal);

        FreshProcessResult result = FreshProcess.Run(
            $$"""
            (Test-ModuleManifest -Path '{{manifest}}').Name
            Import-Module -Name '{{manifest}}'
            (Get-Command -Module SsmAssociationTools).Count
            (@{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:Role=web' } | Test-SsmAssociationEntry).IsValid
            $endpoint = Start-SsmLocalEndpoint
            (@{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:Role=web' } | New-SsmAssociationBatch -Region us-east-1 -EndpointUrl $endpoint.Url -AccessKey key -SecretKey secret).Status
            Stop-SsmLocalEndpoint
            (Get-Help New-SsmAssociationBatch).Synopsis.Length -gt 20
            """,
            importModule: false);

        Assert.Empty(result.Errors);
        Assert.Equal(["SsmAssociationTools", ManifestTests.ExportedCmdlets().Count.ToString(System.Globalization.CultureInfo.InvariantCulture), "True", "Created", "True"], result.Output);
        Assert.All(
            result.Assemblies.Where(assembly => assembly.Name.StartsWith("SsmAssociationTools", StringComparison.Ordinal) && assembly.Name != "SsmAssociationTools.Module.Tests" || assembly.Name.StartsWith("AWSSDK", StringComparison.Ordinal)),
            assembly => Assert.StartsWith(module, assembly.Location, StringComparison.Ordinal));
    }

    internal static byte[] Bytes(ZipArchive archive, string name)
    {
        using Stream stream = archive.GetEntry(name)!.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static XElement Xml(ZipArchive archive, string name) => XElement.Load(new MemoryStream(Bytes(archive, name)));
}
