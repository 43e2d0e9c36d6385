using System;
using System.Management.Automation;
using SsmAssociationTools.Commands.Output;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Runs.Follow;

namespace SsmAssociationTools.Commands;

/// <summary>
/// Tells how associations that were created, changed or started turned out on their nodes, and waits for it where that is
/// wanted: exactly one outcome for every input, in input order. Nothing is changed.
/// </summary>
[Cmdlet(VerbsCommon.Get, "SsmAssociationOutcome", HelpUri = HelpUris.GetSsmAssociationOutcome)]
[OutputType(typeof(AssociationOutcome))]
public sealed class GetSsmAssociationOutcomeCommand : OrderedCommand
{
    private static readonly RunWords<AssociationOutcome> s_words = new(
        "associations",
        "applied",
        "otherwise",
        ErrorRecords.Outcome,
        ErrorRecords.OutcomesStopped,
        static outcome => new FailureFacts(outcome.ErrorCode!, outcome.AssociationId ?? $"input {outcome.Index}", []),
        static (code, message) => new AssociationOutcomeException(code, message, []));

    private readonly FollowReader _reader = new();
    private AssociationRoute? _route;
    private FollowRun? _run;

    /// <summary>
    /// What is asked about: results of New-, Update-, Sync- or Start-SsmAssociationBatch, output of Get- or
    /// Compare-SsmAssociationEntry, objects or CSV rows with AssociationId, or ids.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("AssociationId", "Association")]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[]? InputObject { get; set; }

    /// <summary>Waits until each association is decided. Without it, outcomes come as they stand.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>
    /// With -Wait, how long to wait for all of them, in seconds. Default 3600. What is not decided then comes out as it stands,
    /// with the error OutcomeUndecided.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 604_800)]
    public int WaitTimeout { get; set; } = 3600;

    /// <summary>
    /// How long nodes have to pick an execution up, in seconds. Default 300. The service says Success of an execution that no
    /// node has picked up; until then that is Pending, and ReachedNobody afterwards.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 604_800)]
    public int ReachTimeout { get; set; } = 300;

    /// <summary>Adds the nodes that failed, timed out or were cancelled, each with the id of what has its output.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <summary>Adds all nodes, also those that succeeded. Includes -Detailed.</summary>
    [Parameter]
    public SwitchParameter AllNodes { get; set; }

    /// <summary>Calls of one Region and account in flight at the same time, at most. Default 4.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 4;

    /// <summary>Accepts a plain http endpoint beyond loopback.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override int MaxCalls => ThrottleLimit;

    private protected override bool AllowsPlainHttp => Force;

    private protected override string NotDone => "Not followed";

    private protected override string HowToGoOn => "Run the same input again: nothing was changed.";

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _route = new AssociationRoute(Destinations, isRegionGiven: Region is not null);
        var follow = new FollowOptions
        {
            Waits = Wait,
            WaitTimeout = TimeSpan.FromSeconds(WaitTimeout),
            ReachTimeout = TimeSpan.FromSeconds(ReachTimeout),
            IsDetailed = Detailed || AllNodes,
            HasAllNodes = AllNodes,
        };
        var options = new RunOptions { BatchSize = 1, ThrottleLimit = ThrottleLimit, StopOnFailure = StopsOnFailure };
        var report = new RunReport<AssociationOutcome>(this, StopsOnFailure, s_words);
        _run = Begin(report, control => new FollowRun(GatewayOf, options, follow, control, new SystemClock(), new Random(), report));
    }

    private protected override void TakeInput()
    {
        // A null in the pipeline binds as no array at all; it is an input like any other.
        foreach (PSObject? input in InputObject ?? [null])
        {
            Take(input);
        }
    }

    private void Take(PSObject? input)
    {
        FollowItem item = _reader.Read(input);
        if (item.Refusal is { } refusal)
        {
            _run!.Settle(item, _run.Outcome.Refused(item, refusal));
        }
        else if (_route!.Find(item.Destination.Region, item.AccountId, item.Destination.RoleArn, out (string Code, string Text)? problem) is not { } destination)
        {
            _run!.Settle(item, _run.Outcome.Unknown(item, problem!.Value.Code, "Not followed: " + problem.Value.Text));
        }
        else
        {
            item.Destination = destination;
            _run!.Add(item);
        }
    }
}
