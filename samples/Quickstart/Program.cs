using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;

namespace SsmAssociationTools.Quickstart;

/// <summary>Runs the quickstart in the PowerShell that the build restored, on this console.</summary>
internal static class Program
{
    /// <summary>Starts PowerShell with the script and waits for its end.</summary>
    /// <param name="args">Arguments of the script.</param>
    /// <returns>The exit code of PowerShell.</returns>
    public static int Main(string[] args)
    {
        // Three folders above the runtime's own is the root that "dotnet" and pwsh look for it in.
        string root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var start = new ProcessStartInfo(Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(FindShell());
        foreach (string argument in (string[])["-NoProfile", "-NoLogo", "-ExecutionPolicy", "Bypass", "-File", Metadata("Script"), .. args])
        {
            start.ArgumentList.Add(argument);
        }

        // The shell starts itself again for a job, and looks for the runtime there.
        start.Environment["DOTNET_ROOT"] = root;

        // PowerShell colours its output wherever it goes; in a file that is only noise.
        if (Console.IsOutputRedirected)
        {
            start.Environment["NO_COLOR"] = "1";
        }

        // The shell hears Ctrl+C as well. It stops the script, whose finally blocks stop the endpoint.
        Console.CancelKeyPress += (_, pressed) => pressed.Cancel = true;

        using Process shell = Process.Start(start)!;
        shell.WaitForExit();
        return shell.ExitCode;
    }

    private static string FindShell()
    {
        string platform = OperatingSystem.IsWindows() ? "win" : "unix";
        return Directory.EnumerateFiles(Metadata("PowerShell"), "pwsh.dll", SearchOption.AllDirectories)
            .Single(path => Path.GetFileName(Path.GetDirectoryName(path)) == platform);
    }

    private static string Metadata(string key) => typeof(Program).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key)
        .Value!;
}
