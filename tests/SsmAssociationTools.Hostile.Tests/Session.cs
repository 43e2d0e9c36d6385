using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Threading.Tasks;
using Microsoft.PowerShell;

namespace SsmAssociationTools.Hostile.Tests;

/// <summary>A PowerShell session with the staged module, as a user has it.</summary>
internal sealed class Session : IDisposable
{
    private readonly Runspace _runspace;

    public Session()
    {
        var state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            // Elsewhere there is no policy, and setting one throws.
            state.ExecutionPolicy = ExecutionPolicy.Bypass;
        }

        state.ImportPSModule([Manifest]);
        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.ThreadOptions = PSThreadOptions.UseNewThread;
        _runspace.Open();
    }

    /// <summary>False when a command could not be stopped.</summary>
    public bool IsUsable { get; private set; } = true;

    /// <summary>The staged module, or the one that SSM_HOSTILE_MODULE names: a folder with another build of it.</summary>
    public static string Manifest { get; } = Path.Combine(
        Environment.GetEnvironmentVariable("SSM_HOSTILE_MODULE") is { Length: > 0 } folder
            ? folder
            : typeof(Session).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "ModuleStage").Value!,
        "SsmAssociationTools.psd1");

    public bool Has(string command) => _runspace.SessionStateProxy.InvokeCommand.GetCommand(command, CommandTypes.Cmdlet) is not null;

    /// <summary>Pipes objects into a command and waits for its end, at most as long as is said.</summary>
    public Outcome Run(string command, IReadOnlyDictionary<string, object> parameters, IEnumerable<object?> input, TimeSpan limit)
    {
        using var shell = PowerShell.Create(_runspace);
        shell.AddCommand(command);
        foreach ((string name, object value) in parameters)
        {
            shell.AddParameter(name, value);
        }

        shell.AddParameter("Verbose", true);
        using var output = new PSDataCollection<PSObject>();
        using var objects = new PSDataCollection<object?>(input);
        objects.Complete();
        ErrorRecord? terminating = null;
        IAsyncResult running = shell.BeginInvoke(objects, output);
        bool isLate = !running.AsyncWaitHandle.WaitOne(limit);
        if (isLate && !Task.Run(shell.Stop).Wait(TimeSpan.FromMinutes(3)))
        {
            IsUsable = false;
            return new Outcome { IsLate = true, Output = [.. output], Errors = [], Texts = [] };
        }

        try
        {
            shell.EndInvoke(running);
        }
        catch (PipelineStoppedException)
        {
            // It was stopped above.
        }
        catch (RuntimeException exception)
        {
            terminating = exception.ErrorRecord;
        }

        PSDataStreams streams = shell.Streams;
        List<ErrorRecord> errors = [.. streams.Error];
        if (terminating is not null)
        {
            errors.Add(terminating);
        }

        return new Outcome
        {
            IsLate = isLate,
            Output = [.. output],
            Errors = errors,
            Terminating = terminating,
            Texts =
            [
                .. errors.Select(error => $"{error} {error.ErrorDetails} {error.CategoryInfo} {error.Exception} {error.FullyQualifiedErrorId}"),
                .. streams.Warning.Select(record => record.Message),
                .. streams.Verbose.Select(record => record.Message),
                .. streams.Debug.Select(record => record.Message),
                .. streams.Information.Select(record => $"{record}"),
                .. streams.Progress.Select(record => $"{record.Activity} {record.StatusDescription} {record.CurrentOperation}"),
            ],
        };
    }

    public void Dispose() => _runspace.Dispose();
}
