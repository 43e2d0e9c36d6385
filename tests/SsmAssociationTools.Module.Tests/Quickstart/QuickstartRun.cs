using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;

namespace SsmAssociationTools.Module.Tests.Quickstart;

/// <summary>A run of the quickstart's program, on a machine with no AWS files and no AWS variables.</summary>
/// <param name="ExitCode">What the process ended with.</param>
/// <param name="Output">Lines of standard output.</param>
/// <param name="Errors">Standard error.</param>
internal sealed record QuickstartRun(int ExitCode, IReadOnlyList<string> Output, string Errors)
{
    /// <summary>The folder of the samples.</summary>
    public static string Samples { get; } = Metadata("Samples");

    /// <summary>Runs the program to its end.</summary>
    /// <param name="arguments">Arguments of the script.</param>
    /// <returns>What came of it.</returns>
    public static QuickstartRun Start(params string[] arguments)
    {
        string emptyHome = Directory.CreateTempSubdirectory("quickstart").FullName;
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";
        var start = new ProcessStartInfo(dotnet, ["exec", Metadata("Quickstart"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = emptyHome,
        };
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["HOME"] = emptyHome;
        start.Environment["USERPROFILE"] = emptyHome;

        // Nothing listens there: a call beyond this machine would fail.
        start.Environment["HTTPS_PROXY"] = "http://127.0.0.1:9";
        try
        {
            using Process process = Process.Start(start) ?? throw new InvalidOperationException("No process was started.");
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return new QuickstartRun(process.ExitCode, output.ReplaceLineEndings("\n").Split('\n'), errors.Result);
        }
        finally
        {
            Directory.Delete(emptyHome, recursive: true);
        }
    }

    private static string Metadata(string key) => typeof(QuickstartRun).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key)
        .Value!;
}
