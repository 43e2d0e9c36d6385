using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using SsmAssociationTools.Module.Tests.Hosting;
using SsmAssociationTools.Packager;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Package;

/// <summary>The tool that packs: the same bytes every time, and a refusal with the reason where something is wrong.</summary>
public sealed class PackagerTests : IDisposable
{
    private const string Manifest = """
        @{
            ModuleVersion = '1.2.0.0'; Author = 'A & B'; CompanyName = 'C'; Copyright = 'D'; Description = 'E <f>'
            RootModule = if ($true) { 'x.dll' } else { 'y.dll' }
            CmdletsToExport = 'Get-Thing'
            PrivateData = @{ PSData = @{ Tags = @('One', 'psmodule'); LicenseUri = 'https://example.com/l'; ProjectUri = 'https://example.com/p'; Prerelease = 'beta1' } }
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_same_module_gives_the_same_bytes_wherever_and_whenever_it_is_packed()
    {
        string copy = Path.Combine(_folder.Path, "copy");
        foreach (string file in StageTests.Listed.OrderByDescending(file => file, StringComparer.Ordinal))
        {
            string path = Path.Combine(copy, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Copy(Path.Combine(TestPaths.Stage, file), path);
            File.SetLastWriteTimeUtc(path, new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        }

        IReadOnlyList<string> packages = Packager.Program.Pack(StagedFile.ReadAll(copy), TestPaths.ChangeLog, Path.Combine(_folder.Path, "packages"), [.. TestPaths.ShippedAssets.Reverse()]);

        Assert.Equal(3, packages.Count);
        Assert.All(packages, package => Assert.Equal(File.ReadAllBytes(Path.Combine(TestPaths.Packages, Path.GetFileName(package))), File.ReadAllBytes(package)));
    }

    [Fact]
    public void What_an_earlier_packing_left_is_deleted()
    {
        string output = Directory.CreateDirectory(Path.Combine(_folder.Path, "packages")).FullName;
        File.WriteAllText(Path.Combine(output, "SsmAssociationTools.0.0.1.nupkg"), "old");

        IReadOnlyList<string> packages = Packager.Program.Pack(StagedFile.ReadAll(TestPaths.Stage), TestPaths.ChangeLog, output, TestPaths.ShippedAssets);

        Assert.Equal(packages.Order(StringComparer.Ordinal), Directory.GetFiles(output).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_manifest_is_read_without_running_it()
    {
        ModuleManifest manifest = ModuleManifest.Read([Text("Thing.psd1", Manifest), Text("sub/Other.psd1", "@{}")]);

        Assert.Equal("Thing", manifest.Name);
        Assert.Equal("1.2.0-beta1", manifest.Version);
        Assert.Equal("A & B", manifest.Author);
        Assert.Equal(["Get-Thing"], manifest.Cmdlets);
        Assert.Equal(["One", "psmodule"], manifest.Tags);
    }

    [Fact]
    public void Names_and_texts_that_XML_and_URLs_would_misread_are_escaped()
    {
        string path = Path.Combine(_folder.Path, "Thing.nupkg");

        GalleryPackage.Write(path, ModuleManifest.Read([Text("Thing.psd1", Manifest)]), "a < b & c", [Text("Thing.psd1", Manifest), Text("a b/ü#.txt", "x"), Text("NOTICE", "y")]);

        using ZipArchive package = ZipFile.OpenRead(path);
        string nuspec = Encoding.UTF8.GetString(PackageTests.Bytes(package, "Thing.nuspec"));
        Assert.Contains("a b/ü#.txt", package.Entries.Select(entry => entry.FullName));
        Assert.Contains("PartName=\"/NOTICE\"", Encoding.UTF8.GetString(PackageTests.Bytes(package, "[Content_Types].xml")), StringComparison.Ordinal);
        Assert.Contains("<releaseNotes>a &lt; b &amp; c</releaseNotes>", nuspec, StringComparison.Ordinal);
        Assert.Contains("<tags>PSModule One PSIncludes_Cmdlet PSCmdlet_Get-Thing PSCommand_Get-Thing</tags>", nuspec, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', nuspec);
    }

    [Theory]
    [InlineData("ModuleVersion = '1.2.0.0';", "", "needs ModuleVersion")]
    [InlineData("'1.2.0.0'", "'one'", "is no version")]
    [InlineData("'1.2.0.0'", "(Get-Date)", "not a plain value")]
    [InlineData("LicenseUri = 'https://example.com/l';", "", "needs PrivateData.PSData.LicenseUri")]
    [InlineData("'https://example.com/p'", "'http://example.com/p'", "needs PrivateData.PSData.ProjectUri")]
    [InlineData("PSData = @{", "Data = @{", "needs PrivateData.PSData")]
    [InlineData("@{\n", "@{{\n", "cannot be read")]
    [InlineData(Manifest, "'text'", "holds no table")]
    public void A_manifest_that_lacks_something_is_refused(string part, string instead, string reason)
    {
        string changed = Manifest.Replace(part, instead, StringComparison.Ordinal);

        Refused(reason, () => ModuleManifest.Read([Text("Thing.psd1", changed)]));
    }

    [Fact]
    public void A_module_has_one_manifest()
    {
        Refused("0 are there", () => ModuleManifest.Read([Text("sub/Thing.psd1", Manifest)]));
        Refused("2 are there", () => ModuleManifest.Read([Text("Thing.psd1", Manifest), Text("Other.psd1", Manifest)]));
        Refused("holds no file", () => StagedFile.ReadAll(Path.Combine(_folder.Path, "missing")));
    }

    [Theory]
    [InlineData("# Changes\r\n\r\n## 1.0.0 - 2026-01-02\r\n\r\n- New\r\n  - more\r\n\r\n## 0.9.0\r\n\r\n- Old\r\n", "- New\n  - more")]
    [InlineData("## [1.0.0]\n### Added\nx", "### Added\nx")]
    [InlineData("## [Unreleased]\nx\n", "x")]
    public void The_release_notes_are_the_newest_section(string log, string expected)
    {
        Assert.Equal(expected, ReleaseNotes.Newest(log, "1.0.0"));
    }

    [Theory]
    [InlineData("", "has no section")]
    [InlineData("# Changes\n\ntext\n", "has no section")]
    [InlineData("## 1.0.1\n\nx\n## 1.0.0\n\ny\n", "'## 1.0.1', but the manifest has version 1.0.0")]
    [InlineData("## 11.0.0\n\nx\n", "but the manifest has version 1.0.0")]
    [InlineData("## 1.0.0\n\n## 0.9.0\n\ny\n", "says nothing under '## 1.0.0'")]
    public void A_change_log_that_does_not_speak_of_this_version_is_refused(string log, string reason)
    {
        Refused(reason, () => ReleaseNotes.Newest(log, "1.0.0"));
    }

    [Fact]
    public void A_path_that_Azure_Automation_would_refuse_is_refused()
    {
        string zip = Path.Combine(_folder.Path, "Thing.zip");

        AutomationZip.Write(zip, "Thing", [Text(new string('a', 134), "x")]);

        Refused("141 characters", () => AutomationZip.Write(zip, "Thing", [Text(new string('a', 135), "x")]));
    }

    [Fact]
    public void Two_files_that_Windows_does_not_tell_apart_are_refused()
    {
        Refused("twice", () => AutomationZip.Write(Path.Combine(_folder.Path, "Thing.zip"), "Thing", [Text("a.txt", "x"), Text("A.txt", "y")]));
    }

    [Fact]
    public void The_program_says_what_is_wrong_in_the_form_that_the_build_reads()
    {
        TextWriter before = Console.Error;
        var errors = new StringWriter();
        int code;
        Console.SetError(errors);
        try
        {
            code = Packager.Program.Main([_folder.Path, TestPaths.ChangeLog, Path.Combine(_folder.Path, "out"), TestPaths.ShippedAssets[0]]);
        }
        finally
        {
            Console.SetError(before);
        }

        Assert.Equal(1, code);
        Assert.Contains(" : error PACK : ", errors.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "out")));
    }

    internal static StagedFile Text(string path, string text) => new(path, Encoding.UTF8.GetBytes(text));

    internal static void Refused(string reason, Func<object?> action) =>
        Assert.Contains(reason, Assert.Throws<PackagingException>(action).Message, StringComparison.Ordinal);

    private static void Refused(string reason, Action action) =>
        Assert.Contains(reason, Assert.Throws<PackagingException>(action).Message, StringComparison.Ordinal);
}
