using System;
using System.Diagnostics;
using System.Text.Json;

namespace SsmAssociationTools.Module.Tests.Hosting;

/// <summary>
/// Runs a script in a process of its own. Assemblies are never unloaded, so what a session loads, and what it does not,
/// can be seen only where nothing else ran before.
/// </summary>
internal static class FreshProcess
{
    /// <summary>Runs a script in a new session.</summary>
    /// <param name="script">The script.</param>
    /// <param name="importModule">False to leave the import of the module to the script.</param>
    /// <returns>What it left behind.</returns>
    /// <exception cref="InvalidOperationException">The process failed.</exception>
    public static FreshProcessResult Run(string script, bool importModule = true)
    {
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";
        var start = new ProcessStartInfo(dotnet)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(typeof(FreshProcess).Assembly.Location);
        if (!importModule)
        {
            start.ArgumentList.Add(Program.WithoutModule);
        }

        using Process process = Process.Start(start) ?? throw new InvalidOperationException("No process was started.");
        process.StandardInput.Write(script);
        process.StandardInput.Close();
        System.Threading.Tasks.Task<string> errors = process.StandardError.ReadToEndAsync();
        string answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<FreshProcessResult>(answer)!
            : throw new InvalidOperationException($"The process ended with {process.ExitCode}: {errors.Result}");
    }
}
