using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace SsmAssociationTools.Pester.TestAdapter;

/// <summary>Runs specs in a PowerShell of its own: the dotnet tool, in an empty home and without variables of AWS.</summary>
internal sealed class SpecShell
{
    private const string Mark = "##spec ";

    /// <summary>Shells of one version that share the files.</summary>
    private const int Shells = 2;

    private readonly List<string> _lastLines = [];

    /// <summary>The versions of Pester, as the build names them.</summary>
    public static IReadOnlyList<string> PesterVersions { get; } =
        [.. Metadata("PesterVersions").Split(';').Select(range => range.Trim('[', ']'))];

    /// <summary>The files of specs.</summary>
    public static IReadOnlyList<string> SpecFiles { get; } =
        [.. Directory.EnumerateFiles(Metadata("Specs"), "*.Tests.ps1").Order(StringComparer.Ordinal)];

    /// <summary>Finds the specs of all files.</summary>
    /// <exception cref="InvalidOperationException">The shell ended with an error; the message has its last lines.</exception>
    public static void List(string pesterVersion, Action<SpecRecord> report, CancellationToken stop) =>
        new SpecShell().Follow(pesterVersion, ["-Files", string.Join('\n', SpecFiles), "-List"], report, stop);

    /// <summary>Runs the specs of some files, and hands on each as it is known, one after the other.</summary>
    /// <exception cref="InvalidOperationException">A shell ended with an error; the message has its last lines.</exception>
    public static void Run(string pesterVersion, IEnumerable<string> files, Action<SpecRecord> report, CancellationToken stop)
    {
        string claims = Directory.CreateTempSubdirectory("specs").FullName;
        try
        {
            // Long files first, or one that takes long begins when the other shells have nothing left.
            string order = string.Join('\n', files.OrderByDescending(file => new FileInfo(file).Length));
            var gate = new Lock();
            Task.WaitAll([.. Enumerable.Range(0, Shells).Select(_ => Task.Run(() => new SpecShell().Follow(pesterVersion, ["-Files", order, "-Claims", claims], ReportAlone, stop), CancellationToken.None))], CancellationToken.None);

            void ReportAlone(SpecRecord spec)
            {
                lock (gate)
                {
                    report(spec);
                }
            }
        }
        catch (AggregateException problems)
        {
            throw new InvalidOperationException(string.Join('\n', problems.InnerExceptions.Select(problem => problem.Message)), problems);
        }
        finally
        {
            Directory.Delete(claims, recursive: true);
        }
    }

    private void Follow(string pesterVersion, IEnumerable<string> what, Action<SpecRecord> report, CancellationToken stop)
    {
        string home = Directory.CreateTempSubdirectory("specs").FullName;
        try
        {
            using Process shell = Process.Start(Start(pesterVersion, what, home))!;
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

    private static ProcessStartInfo Start(string pesterVersion, IEnumerable<string> what, string home)
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
            "-File", script, "-Pester", pester, .. what,
        ];
        foreach (string argument in arguments)
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

        // The specs start a hundred shells, which end before code that was measured for a better compilation would pay.
        start.Environment["DOTNET_TieredPGO"] = "0";
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
