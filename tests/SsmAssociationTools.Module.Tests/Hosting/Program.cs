using System;
using System.Linq;
using System.Runtime.Loader;
using System.Text.Json;

namespace SsmAssociationTools.Module.Tests.Hosting;

/// <summary>Entry point of the process that <see cref="FreshProcess"/> starts; the test runner does not use it.</summary>
internal static class Program
{
    /// <summary>The argument that leaves the import of the module to the script.</summary>
    public const string WithoutModule = "--without-module";

    /// <summary>Runs the script from standard input and writes a <see cref="FreshProcessResult"/> to standard output.</summary>
    /// <param name="args">Nothing, or <see cref="WithoutModule"/>.</param>
    /// <returns>0.</returns>
    public static int Main(string[] args)
    {
        using ModuleSession session = args.Contains(WithoutModule) ? ModuleSession.WithoutModule() : new ModuleSession();
        ScriptResult result = session.Run(Console.In.ReadToEnd());
        var assemblies =
            from context in AssemblyLoadContext.All
            from assembly in context.Assemblies
            select new LoadedAssembly(assembly.GetName().Name!, context.Name ?? "(no name)", assembly.IsDynamic ? string.Empty : assembly.Location);
        Console.Out.Write(JsonSerializer.Serialize(new FreshProcessResult(
            [.. result.Output.Select(item => item?.ToString() ?? string.Empty)],
            [.. result.Errors.Append(result.TerminatingError).OfType<object>().Select(error => error.ToString()!)],
            [.. assemblies])));
        return 0;
    }
}
