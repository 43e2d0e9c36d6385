using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Package;

/// <summary>The manifest says what the module is, and the module is what the manifest says.</summary>
public sealed class ManifestTests
{
    [Fact]
    public void Exports_are_listed_by_name_and_nothing_else_is_exported()
    {
        using var session = new ModuleSession();

        PSModuleInfo module = session.Run("Get-Module -Name SsmAssociationTools").WithoutErrors().OutputOf<PSModuleInfo>().Single();

        IReadOnlyList<string> listed = ExportedCmdlets();
        Assert.NotEmpty(listed);
        Assert.DoesNotContain(listed, name => name.Contains('*', StringComparison.Ordinal));
        Assert.Equal(listed.Order(StringComparer.Ordinal), module.ExportedCmdlets.Keys.Order(StringComparer.Ordinal));
        Assert.Empty(module.ExportedFunctions);
        Assert.Empty(module.ExportedAliases);
        Assert.Empty(module.ExportedVariables);
        foreach (string other in new[] { "FunctionsToExport", "AliasesToExport", "VariablesToExport" })
        {
            Assert.Empty(Names(other));
        }
    }

    [Fact]
    public void Every_cmdlet_of_the_assembly_is_exported()
    {
        using var session = new ModuleSession();

        IEnumerable<Type> classes = session.Run("Get-Command -Module SsmAssociationTools").WithoutErrors().OutputOf<CmdletInfo>()[0]
            .ImplementingType.Assembly.GetTypes()
            .Where(type => type.IsDefined(typeof(CmdletAttribute), inherit: false));

        Assert.Equal(
            ExportedCmdlets().Order(StringComparer.Ordinal),
            classes.Select(Name).Order(StringComparer.Ordinal));

        static string Name(Type type)
        {
            var attribute = (CmdletAttribute)Attribute.GetCustomAttribute(type, typeof(CmdletAttribute))!;
            return $"{attribute.VerbName}-{attribute.NounName}";
        }
    }

    [Fact]
    public void The_build_for_this_platform_is_the_one_that_is_loaded()
    {
        using var session = new ModuleSession();

        ScriptResult result = session.Run("(Get-Command -Module SsmAssociationTools).DLL").WithoutErrors();

        Assert.All(result.OutputOf<string>(), path => Assert.Equal(TestPaths.MainAssembly, Path.GetFullPath(path)));
    }

    /// <summary>Other platforms and other runtimes have nothing that was compiled ahead for them.</summary>
    [Fact]
    public void Without_a_build_for_the_platform_the_portable_one_does_the_same()
    {
        using var folder = new TemporaryFolder();
        foreach (string file in StageTests.Listed.Where(path => !path.Contains("-x64/", StringComparison.Ordinal)))
        {
            string copy = Path.Combine(folder.Path, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(TestPaths.Stage, file), copy);
        }

        FreshProcessResult result = FreshProcess.Run(
            $$"""
            Import-Module '{{Path.Combine(folder.Path, "SsmAssociationTools.psd1").Replace("'", "''", StringComparison.Ordinal)}}'
            $endpoint = Start-SsmLocalEndpoint
            $connection = $endpoint.Connection
            (@{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:A=b' } | New-SsmAssociationBatch @connection).Status
            (Get-Command New-SsmAssociationBatch).DLL
            Stop-SsmLocalEndpoint
            """,
            importModule: false);

        Assert.Empty(result.Errors);
        Assert.Equal(["Created", Path.Combine(folder.Path, "bin", "net8.0", "SsmAssociationTools.dll")], result.Output);
    }

    /// <summary>Application control lets the scripts of others speak the constrained language only.</summary>
    [Fact]
    public void Constrained_language_loads_it_as_well()
    {
        FreshProcessResult result = FreshProcess.Run(
            $$"""
            $ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'
            Import-Module '{{TestPaths.Manifest.Replace("'", "''", StringComparison.Ordinal)}}'
            (@{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:A=b' } | Test-SsmAssociationEntry).IsValid
            """,
            importModule: false);

        Assert.Empty(result.Errors);
        Assert.Equal(["True"], result.Output);
    }

    [Fact]
    public void Import_loads_no_AWS_SDK_and_no_private_assembly_into_any_context()
    {
        FreshProcessResult result = FreshProcess.Run("(Get-Command -Module SsmAssociationTools).Count");

        Assert.Empty(result.Errors);
        Assert.Equal([ExportedCmdlets().Count.ToString(System.Globalization.CultureInfo.InvariantCulture)], result.Output);
        Assert.Equal(
            [new LoadedAssembly("SsmAssociationTools", "Default", TestPaths.MainAssembly)],
            result.Assemblies.Where(assembly =>
                assembly.Name.StartsWith("AWSSDK", StringComparison.OrdinalIgnoreCase)
                || Path.GetFullPath(assembly.Location.Length == 0 ? "/" : assembly.Location).StartsWith(Path.GetFullPath(TestPaths.Stage), StringComparison.Ordinal)));
    }

    [Fact]
    public void A_second_import_and_a_second_session_have_the_cmdlets_too()
    {
        using var session = new ModuleSession();
        using var second = new ModuleSession();

        ScriptResult again = session.Run($"Import-Module -Name '{ModuleSession.Manifest}' -Force; (Get-Command -Module SsmAssociationTools).Count").WithoutErrors();
        ScriptResult removed = session.Run($"Remove-Module -Name SsmAssociationTools; Import-Module -Name '{ModuleSession.Manifest}' -Prefix My; (Get-Command -Module SsmAssociationTools).Name").WithoutErrors();

        Assert.Equal([ExportedCmdlets().Count], again.OutputOf<int>());
        Assert.All(removed.OutputOf<string>(), name => Assert.Contains("-MySsm", name, StringComparison.Ordinal));
        Assert.Equal([ExportedCmdlets().Count], second.Run("(Get-Command -Module SsmAssociationTools).Count").OutputOf<int>());
    }

    /// <summary>The cmdlets that the staged manifest lists, read without importing it.</summary>
    /// <returns>The names.</returns>
    internal static IReadOnlyList<string> ExportedCmdlets() => Names("CmdletsToExport");

    private static IReadOnlyList<string> Names(string key)
    {
        ScriptBlockAst manifest = Parser.ParseFile(TestPaths.Manifest, out _, out ParseError[] errors);
        Assert.Empty(errors);
        var table = (HashtableAst)manifest.Find(node => node is HashtableAst, searchNestedScriptBlocks: false)!;
        StatementAst value = table.KeyValuePairs.Single(pair => (string)pair.Item1.SafeGetValue() == key).Item2;
        var expression = (ExpressionAst)value.Find(node => node is ArrayExpressionAst, searchNestedScriptBlocks: false)!;
        return [.. ((object[])expression.SafeGetValue()).Cast<string>()];
    }
}
