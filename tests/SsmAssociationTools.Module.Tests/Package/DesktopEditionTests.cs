using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Threading;
using SsmAssociationTools.Module.Tests.Hosting;
using SsmAssociationTools.Module.Tests.Package.Metadata;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Package;

/// <summary>
/// What Windows PowerShell 5.1 needs of the net472 folder, proved from the metadata: nothing is missing, and the resolver
/// covers every reference whose version is not the one that is shipped.
/// </summary>
public sealed class DesktopEditionTests
{
    private static readonly string s_edition = Path.GetFullPath(Path.Combine(TestPaths.Stage, "bin", "net472"));
    private static readonly string s_dependencies = Path.Combine(s_edition, "dependencies");
    private static readonly AssemblyFile s_module = new(Path.Combine(s_edition, "SsmAssociationTools.dll"));
    private static readonly Dictionary<string, AssemblyFile> s_private = Read(Directory.EnumerateFiles(s_dependencies));
    private static readonly AssemblyFile s_engine = new(TestPaths.Engine);

    private static readonly Dictionary<string, AssemblyFile> s_framework = Read(
        Directory.EnumerateFiles(TestPaths.Framework, "*.dll").Concat(Directory.EnumerateFiles(Path.Combine(TestPaths.Framework, "Facades"), "*.dll")));

    /// <summary>The staged assembly itself, whose rules are called by reflection because this process is no .NET Framework.</summary>
    private static readonly Assembly s_staged = new AssemblyLoadContext("desktop edition").LoadFromAssemblyPath(s_module.Path);

    private static readonly Func<AssemblyName, string?> s_resolver = StagedResolver();

    [Fact]
    public void The_module_refers_to_the_framework_and_the_engine_of_5_1_only()
    {
        Assert.All(s_module.References, reference => Assert.True(
            FromFramework(reference) is not null || s_engine.Satisfies(reference), reference.FullName));
    }

    [Fact]
    public void Every_reference_of_every_private_assembly_is_satisfied()
    {
        Assert.All(
            from file in s_private.Values
            from reference in file.References
            select (file, reference),
            pair => Assert.True(Bind(pair.reference) is not null, $"{pair.file.Identity.Name} refers to {pair.reference.FullName}, which is not there."));
    }

    /// <summary>Windows PowerShell has no binding redirects for these: without the resolver the first call of the SDK would fail.</summary>
    [Fact]
    public void The_resolver_covers_every_reference_whose_version_is_not_the_shipped_one()
    {
        var differences =
            from file in s_private.Values
            from reference in file.References
            where FromFramework(reference) is null && s_private.TryGetValue(reference.Name!, out AssemblyFile? shipped) && shipped.Identity.Version != reference.Version
            select (file, reference);

        Assert.All(differences, pair => Assert.Equal(s_private[pair.reference.Name!].Path, s_resolver(pair.reference)));
        Assert.Contains(differences, pair => pair.reference.Name == "System.Runtime.CompilerServices.Unsafe");
    }

    [Fact]
    public void The_module_uses_no_API_that_Windows_PowerShell_5_1_lacks()
    {
        Assert.Empty(new ReferenceWorld(reference => FromFramework(reference) ?? (s_engine.Satisfies(reference) ? s_engine : null)).Missing(s_module));
    }

    [Fact]
    public void No_private_assembly_uses_an_API_that_its_neighbours_or_the_framework_lack()
    {
        var world = new ReferenceWorld(Bind);

        Assert.Empty(s_private.Values.SelectMany(world.Missing));
    }

    /// <summary>The check itself finds what is missing: the net8.0 build uses much that .NET Framework does not have.</summary>
    [Fact]
    public void The_check_finds_APIs_that_are_missing()
    {
        var other = new AssemblyFile(Path.Combine(TestPaths.Stage, "bin", "net8.0", "SsmAssociationTools.dll"));
        var world = new ReferenceWorld(reference => s_framework.GetValueOrDefault(reference.Name!) ?? (reference.Name == s_engine.Identity.Name ? s_engine : null));

        IReadOnlyList<string> missing = world.Missing(other);

        Assert.Contains(missing, line => line.Contains("System.Runtime.Loader.AssemblyLoadContext", StringComparison.Ordinal));
        Assert.Contains(missing, line => line.Contains(" of System.String,", StringComparison.Ordinal));
    }

    [Fact]
    public void The_resolver_stands_in_for_older_versions_and_for_nothing_else()
    {
        AssemblyName shipped = s_private["System.Text.Json"].Identity;
        string path = s_private["System.Text.Json"].Path;

        Assert.Equal(path, s_resolver(shipped));
        Assert.Equal(path, s_resolver(new AssemblyName("System.Text.Json")));
        Assert.Equal(path, s_resolver(Changed(shipped, name => name.Version = new Version(4, 0, 0, 0))));
        Assert.Null(s_resolver(Changed(shipped, name => name.Version = new Version(shipped.Version!.Major + 1, 0, 0, 0))));
        Assert.Null(s_resolver(Changed(shipped, name => name.SetPublicKeyToken([1, 2, 3, 4, 5, 6, 7, 8]))));
        Assert.Null(s_resolver(Changed(shipped, name => name.CultureName = "de")));
        Assert.Null(s_resolver(new AssemblyName("System.Text.Json.resources")));
        Assert.Null(s_resolver(new AssemblyName("AWSSDK.SecurityToken")));
        Assert.Null(s_resolver(s_module.Identity));
    }

    [Fact]
    public void Threads_that_ask_at_once_get_the_same_assembly()
    {
        Type type = s_staged.GetType("SsmAssociationTools.Isolation.PrivateLoader", throwOnError: true)!;
        Func<string, Assembly> load = type.GetMethod("Load")!.CreateDelegate<Func<string, Assembly>>(Activator.CreateInstance(type, s_dependencies)!);
        const int Count = 8;
        using var start = new Barrier(Count);
        var loaded = new Assembly[Count];

        Thread[] threads = [.. Enumerable.Range(0, Count).Select(i => new Thread(() =>
        {
            start.SignalAndWait();
            loaded[i] = load("SsmAssociationTools.LocalEndpoint");
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.Equal(s_private["SsmAssociationTools.LocalEndpoint"].Path, loaded[0].Location);
        Assert.All(loaded, assembly => Assert.Same(loaded[0], assembly));
        Assert.Contains("AWSSDK.SecurityToken", Assert.Throws<FileNotFoundException>(() => load("AWSSDK.SecurityToken")).Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// Runs the net472 build in the engine of PowerShell 7: not Windows PowerShell, but the same instructions, loaded by
    /// the same loader by file and resolved by the same handler.
    /// </summary>
    [Fact]
    public void The_net472_build_creates_associations_with_its_own_copy_of_the_SDK()
    {
        FreshProcessResult result = FreshProcess.Run(
            $$"""
            Import-Module -Name '{{s_module.Path.Replace("'", "''", StringComparison.Ordinal)}}'
            $endpoint = Start-SsmLocalEndpoint
            (@{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:Role=web' }, @{ Name = 'Not-There'; Targets = 'tag:Role=web' } |
                New-SsmAssociationBatch -Region us-east-1 -EndpointUrl $endpoint.Url -AccessKey key -SecretKey secret -ErrorAction Ignore).Status
            Stop-SsmLocalEndpoint
            foreach ($name in 'AWSSDK.Core', 'SsmAssociationTools.Aws')
            {
                try { [System.Reflection.Assembly]::Load($name).Location } catch { 'nothing for others' }
            }
            """,
            importModule: false);

        Assert.Empty(result.Errors);
        Assert.Equal(["Created", "Failed", "nothing for others", "nothing for others"], result.Output);
        foreach (string name in new[] { "AWSSDK.Core", "AWSSDK.SimpleSystemsManagement", "SsmAssociationTools.Aws", "SsmAssociationTools.LocalEndpoint" })
        {
            Assert.Equal(s_private[name].Path, Assert.Single(result.Assemblies, assembly => assembly.Name == name).Location);
        }

        Assert.Equal(s_module.Path, Assert.Single(result.Assemblies, assembly => assembly.Name == "SsmAssociationTools").Location);
    }

    /// <summary>What .NET Framework binds a reference to: an assembly of its own of the same or a later version, which none beside the module can replace; else what the resolver answers.</summary>
    private static AssemblyFile? Bind(AssemblyName reference) =>
        FromFramework(reference)
        ?? (s_module.Satisfies(reference) ? s_module : null)
        ?? (s_resolver(reference) is { } path ? s_private[Path.GetFileNameWithoutExtension(path)] : null);

    private static AssemblyFile? FromFramework(AssemblyName reference) =>
        s_framework.TryGetValue(reference.Name!, out AssemblyFile? file) && file.Satisfies(reference) ? file : null;

    private static Dictionary<string, AssemblyFile> Read(IEnumerable<string> paths) => paths
        .Where(AssemblyFile.IsAssembly)
        .Select(path => new AssemblyFile(path))
        .ToDictionary(file => file.Identity.Name!, StringComparer.OrdinalIgnoreCase);

    private static AssemblyName Changed(AssemblyName name, Action<AssemblyName> change)
    {
        var copy = (AssemblyName)name.Clone();
        change(copy);
        return copy;
    }

    private static Func<AssemblyName, string?> StagedResolver()
    {
        Type type = s_staged.GetType("SsmAssociationTools.Isolation.PrivateFolder", throwOnError: true)!;
        return type.GetMethod("FileFor")!.CreateDelegate<Func<AssemblyName, string?>>(Activator.CreateInstance(type, s_dependencies)!);
    }
}
