using System;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.Completion;
using SsmAssociationTools.Commands.Output;
using SsmAssociationTools.Isolation;
using SsmAssociationTools.Rehearsal;

namespace SsmAssociationTools.Commands;

/// <summary>Starts an embedded Systems Manager endpoint on loopback, to rehearse without an AWS account.</summary>
[Cmdlet(VerbsLifecycle.Start, "SsmLocalEndpoint", HelpUri = HelpUris.StartSsmLocalEndpoint)]
[OutputType(typeof(SsmLocalEndpoint))]
public sealed class StartSsmLocalEndpointCommand : PSCmdlet
{
    private const string EndpointAssembly = "SsmAssociationTools.LocalEndpoint";

    /// <summary>TCP port on loopback; 0, the default, picks a free one.</summary>
    [Parameter(Position = 0)]
    [ValidateRange(0, 65535)]
    public int Port { get; set; }

    /// <summary>The Region that the endpoint stands for. Default us-east-1.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Region { get; set; } = "us-east-1";

    /// <summary>The account that ARNs of the endpoint name: 12 digits. Default 123456789012.</summary>
    [Parameter]
    [ValidatePattern(@"\A[0-9]{12}\z")]
    public string AccountId { get; set; } = "123456789012";

    /// <summary>How many associations may exist; 0 lifts the limit. Default 2000, the service's.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int AssociationLimit { get; set; } = 2000;

    /// <summary>Milliseconds to wait before each answer. Default 0.</summary>
    [Parameter]
    [ValidateRange(0, 600_000)]
    public int Latency { get; set; }

    /// <summary>Names of customer documents that exist beside the AWS documents that the endpoint knows.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Document { get; set; } = [];

    /// <summary>Path of a JSON file with documents, managed nodes and buckets.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? InventoryPath { get; set; }

    /// <summary>
    /// Simulated nodes in place of the endpoint's own: hashtables or objects with Id, Platform, Tags and members that say how
    /// they behave, or ids alone.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object[] Node { get; set; } = [];

    /// <summary>Path of a file that keeps the associations when the endpoint stops.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StatePath { get; set; }

    /// <summary>Faults to inject, in the notation of docs/local-endpoint.md.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FaultCompleter))]
    public string[] Fault { get; set; } = [];

    /// <summary>Path of a file with faults, one a line.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? FaultPath { get; set; }

    /// <summary>What UpdateAssociation does with members that a call leaves out: AsSeen (the default), Reset or Keep.</summary>
    [Parameter]
    public OmittedMember OmittedMember { get; set; }

    /// <summary>The time at which the endpoint's clock starts; a time without a zone is UTC. Default now.</summary>
    [Parameter]
    public DateTime? Clock { get; set; }

    /// <summary>How many seconds of the endpoint's clock pass in one; 0 lets it stand still until it is put forward. Default 1.</summary>
    [Parameter]
    [ValidateRange(0.0, 31_536_000.0)]
    public double ClockSpeed { get; set; } = 1;

    /// <summary>Seed of every random choice, so that a run can be repeated.</summary>
    [Parameter]
    public int? Seed { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var options = new LocalEndpointOptions
        {
            Port = Port,
            Region = Region,
            AccountId = AccountId,
            AssociationLimit = AssociationLimit,
            Latency = TimeSpan.FromMilliseconds(Latency),
            Documents = Document,
            InventoryPath = FilePath.Resolve(this, nameof(InventoryPath), InventoryPath),
            Nodes = [.. Node.Select(NodeValues.Read)],
            StatePath = FilePath.Resolve(this, nameof(StatePath), StatePath),
            Faults = Fault,
            FaultPath = FilePath.Resolve(this, nameof(FaultPath), FaultPath),
            OmittedMember = OmittedMember,
            ClockStart = Clock is DateTime start ? start.Kind == DateTimeKind.Local ? start.ToUniversalTime() : DateTime.SpecifyKind(start, DateTimeKind.Utc) : null,
            ClockSpeed = ClockSpeed,
            Seed = Seed,
        };
        try
        {
            ILocalEndpointLauncher launcher = PrivateAssemblies.Create<ILocalEndpointLauncher>(EndpointAssembly, EndpointAssembly + ".LocalEndpointLauncher");
            var endpoint = new SsmLocalEndpoint(launcher.Start(options), Region);
            SessionEndpoints.Add(endpoint);
            WriteVerbose($"Listening on {endpoint.Url}.");
            WriteObject(endpoint);
        }
        catch (LocalEndpointException error)
        {
            ThrowTerminatingError(ErrorRecords.LocalEndpoint(error));
        }
    }
}
