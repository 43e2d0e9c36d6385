using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Threading;

namespace SsmAssociationTools.Pester.TestAdapter;

/// <summary>Runs specs in a PowerShell of its own: the dotnet tool, in an empty home and without variables of AWS.</summary>
internal sealed class SpecShell
{
    private const string Mark = "##spec ";

    private readonly List<string> _lastLines = [];

    /// <summary>The versions of Pester, as the build names them.</summary>
    public static IReadOnlyList<string> PesterVersions { get; } =
        [.. Metadata("PesterVersions").Split(';').Select(range => range.Trim('[', ']'))];

    /// <summary>The files of specs.</summary>
    public static IReadOnlyList<string> SpecFiles { get; } =
        [.. Directory.EnumerateFiles(Metadata("Specs"), "*.Tests.ps1").Order(StringComparer.Ordinal)];

    /// <summary>Runs, or only lists, the specs of some files, and hands on each as it is known.</summary>
    /// <exception cref="InvalidOperationException">The shell ended with an error; the message has its last lines.</exception>
    public void Run(string pesterVersion, IEnumerable<string> files, bool list, Action<SpecRecord> report, CancellationToken stop)
    {
        string home = Directory.CreateTempSubdirectory("specs").FullName;
        try
        {
            using Process shell = Process.Start(Start(pesterVersion, files, list, home))!;
            using CancellationTokenRegistration killing = stop.Register(() => shell.Kill(entireProcessTree: true));
            shell.ErrorDataReceived += (_, line) => Keep(line.Data);
            shell.BeginErrorReadLine();
            while (shell.StandardOutput.ReadLine() is { } line)
            {
                if (line.StartsWith(Mark, StringComparison.Ordinal))
                {
                    report(JsonSerializer.Deserialize<SpecRecord>(line.AsSpan(Mark.Length))!);
                }
                else
                {
                    Keep(line);
                }
            }

            shell.WaitForExit();
            if (shell.ExitCode != 0)
            {
                throw new InvalidOperationException($"The shell ended with {shell.ExitCode}:\n{string.Join('\n', _lastLines)}");
            }
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    private static ProcessStartInfo Start(string pesterVersion, IEnumerable<string> files, bool list, string home)
    {
        string root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var start = new ProcessStartInfo(Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Metadata("RepositoryRoot"),
        };
        string script = Path.Combine(AppContext.BaseDirectory, "Invoke-Specs.ps1");
        string pester = Path.Combine(Metadata("Pester"), pesterVersion, "tools", "Pester.psd1");
        string[] arguments =
        [
            "exec", FindShell(), "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass",
            "-File", script, "-Pester", pester, "-Files", string.Join('\n', files),
        ];
        foreach (string argument in list ? [.. arguments, "-List"] : arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (string name in start.Environment.Keys.Where(IsOfTheSession).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["HOME"] = home;
        start.Environment["USERPROFILE"] = home;
        start.Environment["DOTNET_ROOT"] = root;
        start.Environment["NO_COLOR"] = "1";
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        start.Environment["POWERSHELL_UPDATECHECK"] = "Off";
        return start;
    }

    // Modules, credentials and Regions of whoever runs the tests.
    private static bool IsOfTheSession(string name) =>
        name.StartsWith("AWS_", StringComparison.OrdinalIgnoreCase) || name.Equals("PSModulePath", StringComparison.OrdinalIgnoreCase);

    private static string FindShell()
    {
        string platform = OperatingSystem.IsWindows() ? "win" : "unix";
        return Directory.EnumerateFiles(Metadata("PowerShell"), "pwsh.dll", SearchOption.AllDirectories)
            .Single(path => Path.GetFileName(Path.GetDirectoryName(path)) == platform);
    }

    private static string Metadata(string key) => typeof(SpecShell).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key)
        .Value!;

    private void Keep(string? line)
    {
        lock (_lastLines)
        {
            _lastLines.Add(line ?? string.Empty);
            if (_lastLines.Count > 40)
            {
                _lastLines.RemoveAt(0);
            }
        }
    }
}
