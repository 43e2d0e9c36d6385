using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Microsoft.PowerShell;

namespace SsmAssociationTools.Module.Tests.Hosting;

/// <summary>
/// A PowerShell session with the staged module, as a user has it. The engine comes from NuGet and brings the cmdlets of
/// Microsoft.PowerShell.Core only (Where-Object, ForEach-Object, Get-Help, Import-Module, Out-Default...): scripts of
/// tests do without Select-Object, ConvertFrom-Json and the like. A session belongs to one thread at a time.
/// </summary>
public sealed class ModuleSession : IDisposable
{
    private readonly RecordingHost _host = new();

    /// <summary>Opens a session and imports the staged module.</summary>
    public ModuleSession()
        : this(importModule: true)
    {
    }

    private ModuleSession(bool importModule)
    {
        // The default session state would look for the console host's assembly, which the package does not have.
        var state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            // Elsewhere there is no policy, and setting one throws. On Windows it would keep the format file from loading.
            state.ExecutionPolicy = ExecutionPolicy.Bypass;
        }

        Runspace = RunspaceFactory.CreateRunspace(_host, state);

        // A new thread takes over the culture of the one that starts the script; see RunningScript.
        Runspace.ThreadOptions = PSThreadOptions.UseNewThread;
        Runspace.Open();
        if (importModule)
        {
            Run($"Import-Module -Name '{Manifest}' -ErrorAction Stop").WithoutErrors();
        }
    }

    /// <summary>Path of the staged module's manifest, quoted for a string in single quotes.</summary>
    public static string Manifest { get; } = TestPaths.Manifest.Replace("'", "''", StringComparison.Ordinal);

    /// <summary>The runspace, for tests that need more than scripts.</summary>
    public Runspace Runspace { get; }

    /// <summary>Opens a session that leaves the import to the test.</summary>
    /// <returns>The session.</returns>
    public static ModuleSession WithoutModule() => new(importModule: false);

    /// <summary>Lays out the answers to the next questions that a script asks, as indices of their choices.</summary>
    /// <param name="answers">The answers in the order of the questions.</param>
    public void Answer(params int[] answers) => _host.Recording.Answer(answers);

    /// <summary>Sets a variable of the session.</summary>
    /// <param name="name">The name without the dollar sign.</param>
    /// <param name="value">The value.</param>
    public void SetVariable(string name, object? value) => Runspace.SessionStateProxy.SetVariable(name, value);

    /// <summary>Runs a script to its end.</summary>
    /// <param name="script">The script; variables that it sets stay.</param>
    /// <param name="input">Objects to pipe into it (<c>$input</c>); null for none.</param>
    /// <returns>What the script left behind. An error does not throw; see <see cref="ScriptResult.WithoutErrors"/>.</returns>
    public ScriptResult Run(string script, IEnumerable<object?>? input = null)
    {
        using RunningScript running = Start(script, input);
        return running.Wait();
    }

    /// <summary>Starts a script and does not wait for it.</summary>
    /// <param name="script">The script; variables that it sets stay.</param>
    /// <param name="input">Objects to pipe into it (<c>$input</c>); null for none.</param>
    /// <returns>The running script.</returns>
    public RunningScript Start(string script, IEnumerable<object?>? input = null) =>
        new(NewShell().AddScript(script), _host.Recording, input);

    /// <summary>Runs a script and shows its output as a console of 120 columns does.</summary>
    /// <param name="script">The script.</param>
    /// <returns>The text.</returns>
    public string Render(string script)
    {
        PowerShell shell = NewShell().AddScript(script).AddCommand("Out-Default");
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        using var running = new RunningScript(shell, _host.Recording, null);
        return running.Wait().WithoutErrors().HostText;
    }

    /// <summary>Closes the session.</summary>
    public void Dispose() => Runspace.Dispose();

    private PowerShell NewShell()
    {
        var shell = PowerShell.Create();
        shell.Runspace = Runspace;
        return shell;
    }
}
