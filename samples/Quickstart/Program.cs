using System;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using Microsoft.PowerShell;

namespace SsmAssociationTools.Quickstart;

/// <summary>Opens a PowerShell session on this console, imports the staged module and runs a script in it.</summary>
internal static class Program
{
    /// <summary>Runs the quickstart, or the script that is named.</summary>
    /// <param name="args">Nothing, or the path of another script.</param>
    /// <returns>What the script gave to <c>exit</c>, else 0; 1 where it ends with an error.</returns>
    public static int Main(string[] args)
    {
        var host = new ConsoleHost();
        try
        {
            using Runspace runspace = OpenSession(host);
            using var shell = PowerShell.Create();
            shell.Runspace = runspace;
            shell.AddCommand(args.Length > 0 ? args[0] : Metadata("Script")).AddCommand("Out-Default");
            shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
            Console.CancelKeyPress += (_, pressed) =>
            {
                // A stopped script still runs its finally blocks, which stop the endpoint.
                pressed.Cancel = true;
                shell.BeginStop(null, null);
            };
            shell.Invoke();
            return host.ExitCode ?? runspace.SessionStateProxy.GetVariable("LASTEXITCODE") as int? ?? 0;
        }
        catch (PipelineStoppedException)
        {
            host.UI.WriteErrorLine("Stopped.");
            return 1;
        }
        catch (RuntimeException error)
        {
            host.UI.WriteErrorLine(error.Message);
            host.UI.WriteErrorLine(error.ErrorRecord.ScriptStackTrace ?? string.Empty);
            return 1;
        }
    }

    private static Runspace OpenSession(ConsoleHost host)
    {
        // The default session state would look for the assemblies of pwsh, which the package does not have.
        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule(Metadata("ModuleStage") + "SsmAssociationTools.psd1");
        state.ThrowOnRunspaceOpenError = true;
        if (OperatingSystem.IsWindows())
        {
            // Elsewhere there is no policy. Here it would keep the module's format file and the script from loading.
            state.ExecutionPolicy = ExecutionPolicy.Bypass;
        }

        Runspace runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.Open();
        return runspace;
    }

    private static string Metadata(string key) => typeof(Program).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key)
        .Value!;
}
