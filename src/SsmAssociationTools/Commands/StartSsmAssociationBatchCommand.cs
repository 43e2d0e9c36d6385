using System;
using System.Management.Automation;
using System.Threading;
using SsmAssociationTools.Commands.Output;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Runs.Start;

namespace SsmAssociationTools.Commands;

/// <summary>
/// Runs State Manager associations now, ten with a call, and returns exactly one result for every input, in input order. None
/// is started twice.
/// </summary>
[Cmdlet(VerbsLifecycle.Start, "SsmAssociationBatch", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, HelpUri = HelpUris.StartSsmAssociationBatch)]
[OutputType(typeof(AssociationStart))]
public sealed class StartSsmAssociationBatchCommand : RunCommand
{
    private static readonly RunWords<AssociationStart> s_words = new(
        "associations",
        "started",
        "not started",
        ErrorRecords.Start,
        ErrorRecords.StartStopped,
        static result => new FailureFacts(result.ErrorCode!, result.AssociationId ?? $"input {result.Index}", []),
        static (code, message) => new AssociationStartException(code, message, []));

    private readonly StartReader _reader = new();
    private AssociationRoute? _route;
    private StartRun? _run;

    /// <summary>True once an association could not be read for its name: what one call tells is not asked again for each id.</summary>
    private bool _isBlind;

    /// <summary>
    /// What is to run: results of New-, Update- or Sync-SsmAssociationBatch, outcomes of Get-SsmAssociationOutcome, output of Get-
    /// or Compare-SsmAssociationEntry, objects or CSV rows with AssociationId, or ids.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("AssociationId", "Association")]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[]? InputObject { get; set; }

    private protected override string NotDone => "Not started";

    private protected override string HowToGoOn => JournalPath is null
        ? "What was started is named here: leave it out when you run the rest."
        : "Run the same input with the same -JournalPath to go on.";

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _route = new AssociationRoute(Destinations, isRegionGiven: Region is not null);
        StartJournal? journal = OpenJournal(StartJournal.Open, static journal => journal.KnownAssociations, "associations");
        var report = new RunReport<AssociationStart>(this, StopsOnFailure, s_words, Closing);
        _run = Begin(report, control => new StartRun(GatewayOf, Options(Starter.LargestBatch), control, journal, new SystemClock(), new Random(), report));
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
        StartItem item = _reader.Read(input);
        if (item.Refusal is { } refusal)
        {
            _run!.Decline(item, refusal.ErrorCode, refusal.Message, () => _run.Outcome.Refused(item, refusal));
            return;
        }

        if (_route!.Find(item.Destination.Region, item.AccountId, item.Destination.RoleArn, out (string Code, string Text)? problem) is not { } destination)
        {
            string reason = "Not started: " + problem!.Value.Text;
            _run!.Decline(item, problem.Value.Code, reason, () => _run.Outcome.NotAttempted(item, problem.Value.Code, reason));
            return;
        }

        item.Destination = destination;
        Add(_run!, item, () => Describe(item), message => _run!.Outcome.NotAttempted(item, ErrorCodes.NotConfirmed, message));
    }

    private string Describe(StartItem item)
    {
        if (item.Name is null && !_isBlind && IsActionShown(ConfirmImpact.Medium))
        {
            Look(item);
        }

        return $"Run association {AssociationText.Of(item.AssociationId, item.Name, item.AssociationName, item.Target)} in {item.Destination}";
    }

    /// <summary>Of an id alone nobody could say what would run. Where the service cannot be asked, the id has to do.</summary>
    private void Look(StartItem item)
    {
        try
        {
            using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(TimeoutSec));
            AssociationEntry? content = GatewayOf(item.Destination).DescribeAssociationAsync(item.AssociationId!, timeout.Token).GetAwaiter().GetResult()?.Content;
            item.Name = content?.Name;
            item.AssociationName = content?.AssociationName;
            item.Target = TargetText.Of(content);
        }
        catch (Exception error) when (error is GatewayException or OperationCanceledException)
        {
            _isBlind = true;
            WriteVerbose(VisibleText.Of($"{item.AssociationId}: it cannot be read what it is ({error.Message})."));
        }
    }
}
