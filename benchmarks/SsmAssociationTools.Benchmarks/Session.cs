using System;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Microsoft.PowerShell;

namespace SsmAssociationTools.Benchmarks;

/// <summary>A PowerShell session in this process, as a user has it.</summary>
internal sealed class Session : IDisposable
{
    private readonly Runspace _runspace;

    /// <summary>Opens a session.</summary>
    /// <param name="importModule">True imports the staged module.</param>
    public Session(bool importModule = true)
    {
        // The default session state would look for the assemblies of pwsh, which the package does not have.
        var state = InitialSessionState.CreateDefault2();
        state.Commands.Add(new SessionStateCmdletEntry("New-BenchmarkEntry", typeof(NewBenchmarkEntryCommand), null));
        state.Commands.Add(new SessionStateCmdletEntry("Measure-BenchmarkResult", typeof(MeasureBenchmarkResultCommand), null));
        if (OperatingSystem.IsWindows())
        {
            // Elsewhere there is no policy. Here it would keep the module's format file from loading.
            state.ExecutionPolicy = ExecutionPolicy.Bypass;
        }

        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.ThreadOptions = PSThreadOptions.UseCurrentThread;
        _runspace.Open();
        if (importModule)
        {
            Run($"Import-Module -Name '{Quoted(StagedModule.Manifest)}'");
        }
    }

    /// <summary>Text for a string in single quotes.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The text, with quotes doubled.</returns>
    public static string Quoted(string text) => text.Replace("'", "''", StringComparison.Ordinal);

    /// <summary>Sets a variable.</summary>
    /// <param name="name">Its name without the dollar sign.</param>
    /// <param name="value">Its value.</param>
    public void Set(string name, object? value) => _runspace.SessionStateProxy.SetVariable(name, value);

    /// <summary>The connection that New- gets, as <c>@connection</c>.</summary>
    /// <param name="url">Address of the endpoint.</param>
    public void Connect(string url) =>
        Run($"$connection = @{{ Region = 'us-east-1'; AccessKey = 'AKIDEXAMPLE'; SecretKey = 'benchmark'; EndpointUrl = '{url}' }}");

    /// <summary>Runs a script; any error ends the benchmark.</summary>
    /// <param name="script">The script.</param>
    /// <returns>What it wrote.</returns>
    public PSObject[] Run(string script)
    {
        using var shell = PowerShell.Create(_runspace);
        PSObject[] output = [.. shell.AddScript(script).Invoke()];
        return shell.HadErrors ? throw new InvalidOperationException($"{script}: {shell.Streams.Error.FirstOrDefault()}") : output;
    }

    /// <summary>Runs a script that writes one number.</summary>
    /// <param name="script">The script.</param>
    /// <param name="expected">The number that it must write for the run to count.</param>
    public void Run(string script, int expected)
    {
        object? number = Run(script) is [{ BaseObject: var only }] ? only : null;
        if (!Equals(number, expected))
        {
            throw new InvalidOperationException($"{script}: {number} instead of {expected}.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _runspace.Dispose();
}
