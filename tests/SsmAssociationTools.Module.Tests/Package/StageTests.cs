using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Package;

/// <summary>What ships is what is listed here: nothing is missing and nothing has slipped in.</summary>
public sealed class StageTests
{
    private static readonly string[] s_common =
    [
        "LICENSE",
        "SsmAssociationTools.Format.ps1xml",
        "types/SsmAssociationTools.Types.ps1xml",
        "types/SsmAssociationTools.Types.psd1",
        "SsmAssociationTools.psd1",
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

    /// <summary>Paths of all files of the module, with forward slashes: the list that the packages are held to as well.</summary>
    public static IReadOnlyList<string> Listed { get; } = [.. s_common, .. s_net8, .. s_net472];

    [Fact]
    public void The_stage_holds_the_listed_files_and_no_other()
    {
        IEnumerable<string> staged = Directory.EnumerateFiles(TestPaths.Stage, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(TestPaths.Stage, path).Replace('\\', '/'));

        Assert.Equal(
            Listed.Order(StringComparer.Ordinal),
            staged.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_assembly_of_this_module_has_the_version_of_the_manifest()
    {
        string version = Path.GetFileName(Path.TrimEndingDirectorySeparator(TestPaths.Stage));

        Assert.All(
            s_net8.Concat(s_net472).Where(path => Path.GetFileName(path).StartsWith("SsmAssociationTools", StringComparison.Ordinal)),
            path => Assert.Equal(version + ".0", AssemblyName.GetAssemblyName(Path.Combine(TestPaths.Stage, path)).Version!.ToString()));
    }

    [Theory]
    [InlineData("net8.0")]
    [InlineData("net472")]
    public void The_main_assembly_refers_to_the_engine_and_the_framework_only(string edition)
    {
        var file = new FileInfo(Path.Combine(TestPaths.Stage, "bin", edition, "SsmAssociationTools.dll"));
        using FileStream stream = file.OpenRead();
        using var image = new System.Reflection.PortableExecutable.PEReader(stream);
        System.Reflection.Metadata.MetadataReader metadata = System.Reflection.Metadata.PEReaderExtensions.GetMetadataReader(image);

        IEnumerable<string> references = metadata.AssemblyReferences
            .Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name));

        Assert.All(references, name => Assert.True(
            (name is "mscorlib" or "System" || name.StartsWith("System.", StringComparison.Ordinal))
                && !File.Exists(Path.Combine(file.DirectoryName!, "dependencies", name + ".dll")),
            name));
    }
}
