using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using SsmAssociationTools.Module.Tests.Hosting;
using SsmAssociationTools.Staging;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Package;

/// <summary>What ships is what is listed here: nothing is missing and nothing has slipped in.</summary>
public sealed class StageTests
{
    private static readonly string[] s_common =
    [
        "LICENSE",
        "SsmAssociationTools.Format.ps1xml",
        "SsmAssociationTools.psd1",
        "bin/SsmAssociationTools.Loader.psm1",
        "THIRD-PARTY-NOTICES.txt",
        "en-US/SsmAssociationTools.dll-Help.xml",
        "en-US/about_SsmAssociationTools.help.txt",
        "en-US/about_SsmAssociationTools_Connection.help.txt",
        "en-US/about_SsmAssociationTools_Entries.help.txt",
        "en-US/about_SsmAssociationTools_Reliability.help.txt",
        "en-US/about_SsmAssociationTools_Results.help.txt",
        "en-US/about_SsmAssociationTools_Fleet.help.txt",
        "en-US/about_SsmAssociationTools_Runbooks.help.txt",
        "en-US/about_SsmAssociationTools_Schedules.help.txt",
    ];

    /// <summary>PowerShell 7 brings everything of System.*; a copy of ours would be a second one.</summary>
    private static readonly string[] s_net8 =
    [
        "bin/net8.0/SsmAssociationTools.dll",
        "bin/net8.0/SsmAssociationTools.Types.ps1xml",
        "bin/net8.0/SsmAssociationTools.Types.psd1",
        "bin/net8.0/dependencies/AWSSDK.Core.dll",
        "bin/net8.0/dependencies/AWSSDK.SimpleSystemsManagement.dll",
        "bin/net8.0/dependencies/CsvHelper.dll",
        "bin/net8.0/dependencies/ExcelDataReader.dll",
        "bin/net8.0/dependencies/SsmAssociationTools.Aws.dll",
        "bin/net8.0/dependencies/SsmAssociationTools.Formats.dll",
        "bin/net8.0/dependencies/SsmAssociationTools.LocalEndpoint.dll",
        "bin/net8.0/dependencies/YamlDotNet.dll",
    ];

    /// <summary>Windows PowerShell has none of what the AWS SDK and System.Text.Json need, so all of it comes along.</summary>
    private static readonly string[] s_net472 =
    [
        "bin/net472/SsmAssociationTools.dll",
        "bin/net472/SsmAssociationTools.Types.ps1xml",
        "bin/net472/SsmAssociationTools.Types.psd1",
        "bin/net472/dependencies/AWSSDK.Core.dll",
        "bin/net472/dependencies/AWSSDK.SimpleSystemsManagement.dll",
        "bin/net472/dependencies/Microsoft.Bcl.AsyncInterfaces.dll",
        "bin/net472/dependencies/Microsoft.Bcl.HashCode.dll",
        "bin/net472/dependencies/CsvHelper.dll",
        "bin/net472/dependencies/ExcelDataReader.dll",
        "bin/net472/dependencies/SsmAssociationTools.Aws.dll",
        "bin/net472/dependencies/SsmAssociationTools.Formats.dll",
        "bin/net472/dependencies/SsmAssociationTools.LocalEndpoint.dll",
        "bin/net472/dependencies/YamlDotNet.dll",
        "bin/net472/dependencies/System.Buffers.dll",
        "bin/net472/dependencies/System.Memory.dll",
        "bin/net472/dependencies/System.Numerics.Vectors.dll",
        "bin/net472/dependencies/System.Runtime.CompilerServices.Unsafe.dll",
        "bin/net472/dependencies/System.Text.Encodings.Web.dll",
        "bin/net472/dependencies/System.Text.Json.dll",
        "bin/net472/dependencies/System.Threading.Tasks.Extensions.dll",
        "bin/net472/dependencies/System.ValueTuple.dll",
    ];

    /// <summary>What is compiled ahead: every file of net8.0 again, for each platform.</summary>
    private static readonly string[] s_ahead =
        [.. StagedBuild.Ahead.SelectMany(platform => s_net8.Select(path => path.Replace("/net8.0/", $"/{platform}/", StringComparison.Ordinal)))];

    private static readonly string[] s_aheadAssemblies = [.. s_ahead.Where(static path => path.EndsWith(".dll", StringComparison.Ordinal))];

    /// <summary>Paths of all files of the module, with forward slashes: the list that the packages are held to as well.</summary>
    public static IReadOnlyList<string> Listed { get; } = [.. s_common, .. s_net8, .. s_ahead, .. s_net472];

    [Fact]
    public void The_stage_holds_the_listed_files_and_no_other()
    {
        IEnumerable<string> staged = Directory.EnumerateFiles(TestPaths.Stage, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(TestPaths.Stage, path).Replace('\\', '/'));

        Assert.Equal(
            Listed.Order(StringComparer.Ordinal),
            staged.Order(StringComparer.Ordinal));
    }

    /// <summary>The build makes what the loader asks for, and the tests look where it does.</summary>
    [Theory]
    [InlineData("build/Stage/ReadyToRun.targets", @">([a-z0-9;-]+)</ReadyToRunPlatforms>")]
    [InlineData("src/SsmAssociationTools/SsmAssociationTools.Loader.psm1", @"\$build = '([a-z]+-[a-z0-9]+)'")]
    public void The_platforms_are_the_same_wherever_they_are_named(string file, string pattern)
    {
        string text = File.ReadAllText(Path.Combine(TestPaths.Repository, file));

        IEnumerable<string> named = Regex.Matches(text, pattern).SelectMany(match => match.Groups[1].Value.Split(';'));

        Assert.Equal(StagedBuild.Ahead, named);
    }

    [Fact]
    public void Every_assembly_of_this_module_has_the_version_of_the_manifest()
    {
        string version = Path.GetFileName(Path.TrimEndingDirectorySeparator(TestPaths.Stage));

        Assert.All(
            Listed.Where(path => path.EndsWith(".dll", StringComparison.Ordinal)).Where(path => Path.GetFileName(path).StartsWith("SsmAssociationTools", StringComparison.Ordinal)),
            path => Assert.Equal(version + ".0", AssemblyName.GetAssemblyName(Path.Combine(TestPaths.Stage, path)).Version!.ToString()));
    }

    /// <summary>A runtime drops native code that was compiled for another major version of itself, and says nothing.</summary>
    [Fact]
    public void What_is_compiled_ahead_is_so_for_the_runtime_that_runs_this()
    {
        int wanted = NativeCodeVersion(typeof(object).Assembly.Location);

        Assert.All(s_aheadAssemblies, path => Assert.Equal(wanted, NativeCodeVersion(Path.Combine(TestPaths.Stage, path))));
    }

    [Fact]
    public void What_is_compiled_ahead_is_the_same_program()
    {
        Assert.All(s_aheadAssemblies, path =>
        {
            string[] parts = path.Split('/');
            string portable = string.Join('/', [parts[0], "net8.0", .. parts[2..]]);
            Assert.Equal(Module(portable), Module(path));
        });

        static Guid Module(string path)
        {
            using var image = new PEReader(File.OpenRead(Path.Combine(TestPaths.Stage, path)));
            MetadataReader metadata = image.GetMetadataReader();
            return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
        }
    }

    [Theory]
    [InlineData("net8.0")]
    [InlineData("linux-x64")]
    [InlineData("win-x64")]
    [InlineData("net472")]
    public void The_main_assembly_refers_to_the_engine_and_the_framework_only(string edition)
    {
        var file = new FileInfo(Path.Combine(TestPaths.Stage, "bin", edition, "SsmAssociationTools.dll"));
        using FileStream stream = file.OpenRead();
        using var image = new PEReader(stream);
        MetadataReader metadata = image.GetMetadataReader();

        IEnumerable<string> references = metadata.AssemblyReferences
            .Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name));

        Assert.All(references, name => Assert.True(
            (name is "mscorlib" or "System" || name.StartsWith("System.", StringComparison.Ordinal))
                && !File.Exists(Path.Combine(file.DirectoryName!, "dependencies", name + ".dll")),
            name));
    }

    /// <summary>Major version of the native code in an assembly; an error where it holds none.</summary>
    private static int NativeCodeVersion(string path)
    {
        using var image = new PEReader(File.OpenRead(path));
        DirectoryEntry header = image.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory;
        BlobReader reader = image.GetSectionData(header.RelativeVirtualAddress).GetReader();
        Assert.Equal("RTR\0", System.Text.Encoding.ASCII.GetString(reader.ReadBytes(4)));
        return reader.ReadUInt16();
    }
}
