using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using Microsoft.PowerShell;

namespace SsmAssociationTools.Reliability.Runner;

/// <summary>
/// Pipes lines into New- or Remove-SsmAssociationBatch of the staged module, as a script of a user does, so that a test can
/// kill the process that runs the pipeline.
/// </summary>
internal static class Program
{
    /// <summary>Runs the pipeline to its end.</summary>
    /// <param name="args">
    /// URL of the endpoint; path of the journal; path of the input, one entry or association as JSON on each line; path of a
    /// file that takes one line for each result: index, status, association id, error code, between tabs; New or Remove.
    /// </param>
    /// <returns>0 when the pipeline came to its end; 1 when it was refused.</returns>
    public static int Main(string[] args)
    {
        var state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            // Elsewhere there is no policy, and setting one throws.
            state.ExecutionPolicy = ExecutionPolicy.Bypass;
        }

        state.ImportPSModule([Path.Combine(Stage(), "SsmAssociationTools.psd1")]);
        using Runspace runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        using var shell = PowerShell.Create(runspace);
        shell.AddCommand(args[4] + "-SsmAssociationBatch").AddParameters(new Dictionary<string, object>
        {
            ["EndpointUrl"] = args[0],
            ["Region"] = "us-east-1",
            ["AccessKey"] = "AKIDEXAMPLE",
            ["SecretKey"] = "secret",
            ["JournalPath"] = args[1],
            ["ThrottleLimit"] = 3,
            ["Confirm"] = false,
            ["ErrorAction"] = ActionPreference.SilentlyContinue,
        });
        if (args[4] == "New")
        {
            shell.AddParameter("BatchSize", 5);
        }

        using var results = new StreamWriter(args[3]) { AutoFlush = true };
        using var output = new PSDataCollection<PSObject>();
        output.DataAdded += (_, added) => results.WriteLine(Line(output[added.Index]));
        try
        {
            shell.Invoke(File.ReadLines(args[2]), output);
            return 0;
        }
        catch (RuntimeException refused)
        {
            Console.Error.WriteLine($"{refused.ErrorRecord.FullyQualifiedErrorId}: {refused.Message}");
            return 1;
        }
    }

    private static string Line(PSObject result) => string.Join(
        '\t',
        new[] { "Index", "Status", "AssociationId", "ErrorCode" }.Select(name => Convert.ToString(result.Properties[name]?.Value, CultureInfo.InvariantCulture)));

    private static string Stage() =>
        typeof(Program).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "ModuleStage").Value!;
}
