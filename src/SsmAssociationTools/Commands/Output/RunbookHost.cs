using System;
using System.Collections;
using System.Management.Automation;

namespace SsmAssociationTools.Commands.Output;

/// <summary>
/// Tells whether a cmdlet runs where nobody looks on: an automation runbook or a function. Progress costs time there, and
/// some of them keep every record of it.
/// </summary>
internal static class RunbookHost
{
    /// <summary>Looks at what such hosts set.</summary>
    /// <returns>True in Azure Automation, AWS Lambda and the scripts of SSM Automation.</returns>
    public static bool IsOne(PSCmdlet cmdlet)
    {
        // Azure Automation: a job has an id, in its own session variable.
        object? metadata = cmdlet.GetVariableValue("PSPrivateMetadata");
        bool isAzureJob = (metadata is PSObject wrapped ? wrapped.BaseObject : metadata) is IDictionary values && values.Contains("JobId");
        return isAzureJob
            || IsSet("AUTOMATION_ASSET_ACCOUNTID")
            || (Environment.GetEnvironmentVariable("AZUREPS_HOST_ENVIRONMENT") ?? string.Empty).StartsWith("AzureAutomation", StringComparison.OrdinalIgnoreCase)
            || IsSet("AWS_LAMBDA_FUNCTION_NAME")
            || (Environment.GetEnvironmentVariable("AWS_EXECUTION_ENV") ?? string.Empty).StartsWith("AWS_Lambda", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsSet(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));
}
