using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;

namespace SsmAssociationTools.Module.Tests.Hosting;

/// <summary>A script that runs in a session, until it is waited for or stopped. Belongs to one thread.</summary>
public sealed class RunningScript : IDisposable
{
    private static readonly CultureInfo s_english = CultureInfo.GetCultureInfo("en-US");

    private readonly RecordingUserInterface _ui;
    private readonly PowerShell _shell;
    private readonly PSDataCollection<PSObject?> _output = [];
    private readonly IAsyncResult _invocation;

    internal RunningScript(PowerShell shell, RecordingUserInterface ui, IEnumerable<object?>? input)
    {
        _ui = ui;
        _shell = shell;

        // What an earlier script wrote to the host is no part of this one's result.
        ui.TakeText();
        ui.TakePrompts();
        var pipelineInput = new PSDataCollection<object?>(input ?? []);
        pipelineInput.Complete();

        // PowerShell 7 does not give the host's culture to the thread of a script. With it dates, numbers and the breaks of
        // long lines are the same wherever the tests run.
        CultureInfo culture = CultureInfo.CurrentCulture;
        CultureInfo uiCulture = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentCulture = s_english;
            CultureInfo.CurrentUICulture = s_english;
            _invocation = shell.BeginInvoke(input is null ? null : pipelineInput, _output);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
            CultureInfo.CurrentUICulture = uiCulture;
        }
    }

    /// <summary>What the script has written to the output so far. May be read while it runs.</summary>
    public IReadOnlyList<PSObject?> OutputSoFar => [.. _output];

    /// <summary>True when the script is at its end.</summary>
    public bool IsCompleted => _invocation.IsCompleted;

    /// <summary>Stops the script as Ctrl+C does, and waits for its end.</summary>
    /// <returns>What the script left behind.</returns>
    public ScriptResult Stop()
    {
        _shell.Stop();
        return Wait();
    }

    /// <summary>Waits for the script's end.</summary>
    /// <returns>What the script left behind.</returns>
    public ScriptResult Wait()
    {
        ErrorRecord? terminating = null;
        try
        {
            _shell.EndInvoke(_invocation);
        }
        catch (PipelineStoppedException)
        {
            // The state below says so.
        }
        catch (RuntimeException exception)
        {
            terminating = exception.ErrorRecord;
        }

        PSDataStreams streams = _shell.Streams;
        return new ScriptResult
        {
            Output = OutputSoFar,
            Errors = [.. streams.Error],
            TerminatingError = terminating,
            WasStopped = _shell.InvocationStateInfo.State == PSInvocationState.Stopped,
            Warnings = [.. streams.Warning.Select(record => record.Message)],
            Verbose = [.. streams.Verbose.Select(record => record.Message)],
            Debug = [.. streams.Debug.Select(record => record.Message)],
            Information = [.. streams.Information],
            Progress = [.. streams.Progress],
            HostText = _ui.TakeText(),
            Prompts = _ui.TakePrompts(),
        };
    }

    /// <summary>Stops the script where it still runs.</summary>
    public void Dispose()
    {
        _shell.Dispose();
        _output.Dispose();
    }
}
