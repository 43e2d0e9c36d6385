using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using SsmAssociationTools.Module.Tests.Hosting;
using SsmAssociationTools.Packager;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Package;

/// <summary>The bill of materials names everything that is shipped, where it is from and under which license.</summary>
public sealed class BillOfMaterialsTests
{
    private static readonly string s_version = Path.GetFileName(Path.TrimEndingDirectorySeparator(TestPaths.Stage));
    private static readonly string s_text = File.ReadAllText(Path.Combine(TestPaths.Packages, $"SsmAssociationTools.{s_version}.cdx.json"));
    private static readonly JsonElement s_bill = JsonDocument.Parse(s_text).RootElement;

    private static JsonElement Module => s_bill.GetProperty("metadata").GetProperty("component");

    private static IEnumerable<JsonElement> Packages => s_bill.GetProperty("components").EnumerateArray();

    [Fact]
    public void It_is_CycloneDX()
    {
        Assert.Equal("CycloneDX", Text(s_bill, "bomFormat"));
        Assert.Equal("1.6", Text(s_bill, "specVersion"));
        Assert.Equal(1, s_bill.GetProperty("version").GetInt32());
        Assert.Equal("SsmAssociationTools", Text(Module, "name"));
        Assert.Equal(s_version, Text(Module, "version"));

        JsonElement[] all = [Module, .. Files(Module), .. Packages, .. Packages.SelectMany(Files)];
        Assert.All(all, component =>
        {
            Assert.Contains(Text(component, "type"), new[] { "library", "file" });
            Assert.NotEmpty(Text(component, "name"));
            Assert.Contains(License(component), new[] { "Apache-2.0", "MIT", "MS-PL OR Apache-2.0" });
        });
        Assert.Distinct(all.Select(component => Text(component, "bom-ref")));
    }

    [Fact]
    public void Every_staged_file_is_in_it_once_with_its_hash_and_assemblies_with_their_version()
    {
        JsonElement[] files = [.. Files(Module), .. Packages.SelectMany(Files)];

        Assert.Equal(StageTests.Listed.Order(StringComparer.Ordinal), files.Select(file => Text(file, "name")).Order(StringComparer.Ordinal));
        Assert.All(files, file =>
        {
            string path = Path.Combine(TestPaths.Stage, Text(file, "name"));
            JsonElement hash = Assert.Single(file.GetProperty("hashes").EnumerateArray());
            Assert.Equal("SHA-256", Text(hash, "alg"));
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))), Text(hash, "content"));
            if (path.EndsWith(".dll", StringComparison.Ordinal))
            {
                Assert.Equal(AssemblyName.GetAssemblyName(path).Version!.ToString(), Text(file, "version"));
            }
        });
    }

    [Fact]
    public void Files_of_packages_are_below_their_package_and_all_others_below_the_module()
    {
        Assert.All(Files(Module), file => Assert.True(!Text(file, "name").EndsWith(".dll", StringComparison.Ordinal) || Path.GetFileName(Text(file, "name")).StartsWith("SsmAssociationTools", StringComparison.Ordinal)));
        Assert.All(Packages, package =>
        {
            Assert.Equal($"pkg:nuget/{Text(package, "name")}@{Text(package, "version")}", Text(package, "purl"));
            Assert.All(Files(package), file => Assert.Equal(Text(package, "name") + ".dll", Path.GetFileName(Text(file, "name"))));
            Assert.NotEmpty(Files(package));
        });
    }

    [Fact]
    public void Dependencies_lead_from_the_module_to_every_package()
    {
        var dependencies = s_bill.GetProperty("dependencies").EnumerateArray().ToDictionary(
            dependency => Text(dependency, "ref"),
            dependency => dependency.GetProperty("dependsOn").EnumerateArray().Select(item => item.GetString()!).ToArray());
        string root = Text(Module, "bom-ref");
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([root]);
        while (open.TryPop(out string? reference))
        {
            if (reached.Add(reference))
            {
                Array.ForEach(dependencies[reference], open.Push);
            }
        }

        Assert.Equal(Packages.Select(package => Text(package, "bom-ref")).Append(root).Order(StringComparer.Ordinal), reached.Order(StringComparer.Ordinal));
        Assert.Equal(dependencies.Keys.Order(StringComparer.Ordinal), reached.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void It_says_nothing_of_the_day_and_the_machine()
    {
        Assert.False(s_bill.TryGetProperty("serialNumber", out _));
        Assert.False(s_bill.GetProperty("metadata").TryGetProperty("timestamp", out _));
        Assert.DoesNotContain(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), s_text, StringComparison.Ordinal);
        Assert.DoesNotContain(TestPaths.Stage, s_text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_notices_name_every_package_under_its_license()
    {
        string notices = File.ReadAllText(Path.Combine(TestPaths.Stage, "THIRD-PARTY-NOTICES.txt"));
        string[] sections = notices.Split(new string('-', 78));

        string[] named = [.. sections.SelectMany(section => section.Split('\n').Where(line => line.StartsWith("  ", StringComparison.Ordinal) && !line.Trim().Contains(' ', StringComparison.Ordinal)).Select(line => line.Trim()))];
        Assert.Equal(Packages.Select(package => Text(package, "name")).Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
        Assert.All(Packages, package => Assert.Contains(
            "License: " + License(package),
            sections.Single(section => section.Contains($"  {Text(package, "name")}\n", StringComparison.Ordinal)),
            StringComparison.Ordinal));
    }

    [Fact]
    public void An_assembly_of_unknown_origin_is_refused()
    {
        IReadOnlyList<StagedFile> files = StagedFile.ReadAll(TestPaths.Stage);
        var graph = new RestoreGraph(TestPaths.ShippedAssets);
        using var folder = new TemporaryFolder();
        void Write(IReadOnlyList<StagedFile> packed) => BillOfMaterials.Write(Path.Combine(folder.Path, "bill.json"), ModuleManifest.Read(files), packed, graph);
        StagedFile changed = files.Single(file => file.Path == "bin/net8.0/dependencies/AWSSDK.Core.dll");

        Assert.Contains("bin/net8.0/dependencies/Stray.dll", Assert.Throws<PackagingException>(() => Write([.. files, PackagerTests.Text("bin/net8.0/dependencies/Stray.dll", "x")])).Message, StringComparison.Ordinal);
        Assert.Contains(changed.Path, Assert.Throws<PackagingException>(() => Write([.. files.Except([changed]), changed with { Content = [.. changed.Content, 0] }])).Message, StringComparison.Ordinal);
        Assert.Contains("LICENSE", Assert.Throws<PackagingException>(() => Write([.. files.Where(file => file.Path != "LICENSE")])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<license type='expression'>BSD-3-Clause</license>", null, "BSD-3-Clause")]
    [InlineData("<licenseUrl>https://example.com</licenseUrl>", "\r\nThe MIT License (MIT)\r\n\r\nCopyright", "MIT")]
    [InlineData("<license type='file'>LICENSE.txt</license>", "   Apache License\n   Version 2.0, January 2004\n", "Apache-2.0")]
    public void Licenses_are_what_the_package_says(string element, string? text, string expected)
    {
        using var folder = new TemporaryFolder();
        LayOut(folder, element, text);

        Assert.Equal(expected, LicenseReader.OfPackage(folder.Path));
    }

    [Theory]
    [InlineData("<licenseUrl>https://example.com</licenseUrl>", null)]
    [InlineData("", "All rights reserved.")]
    public void A_package_without_a_known_license_is_refused(string element, string? text)
    {
        using var folder = new TemporaryFolder();
        LayOut(folder, element, text);

        PackagerTests.Refused("names no license", () => LicenseReader.OfPackage(folder.Path));
    }

    private static void LayOut(TemporaryFolder folder, string element, string? text)
    {
        File.WriteAllText(Path.Combine(folder.Path, "thing.nuspec"), $"<package xmlns='urn:x'><metadata>{element}</metadata></package>");
        if (text is not null)
        {
            File.WriteAllText(Path.Combine(folder.Path, "LICENSE.TXT"), text);
        }
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static string License(JsonElement component) => Text(component.GetProperty("licenses").EnumerateArray().Single(), "expression");

    private static JsonElement[] Files(JsonElement component) => [.. component.GetProperty("components").EnumerateArray()];
}
