using System.Management.Automation;

namespace SsmAssociationTools.Commands;

/// <summary>Stops embedded endpoints: the given ones, or all of this session.</summary>
[Cmdlet(VerbsLifecycle.Stop, "SsmLocalEndpoint", HelpUri = HelpUris.StopSsmLocalEndpoint)]
[OutputType(typeof(void))]
public sealed class StopSsmLocalEndpointCommand : PSCmdlet
{
    /// <summary>The endpoints to stop, as Start-SsmLocalEndpoint returned them. Without it all of this session are stopped.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public SsmLocalEndpoint[]? Endpoint { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (SsmLocalEndpoint endpoint in Endpoint ?? SessionEndpoints.Running())
        {
            endpoint.Dispose();
            SessionEndpoints.Remove(endpoint);
            WriteVerbose($"Stopped {endpoint.Url}.");
        }
    }
}
