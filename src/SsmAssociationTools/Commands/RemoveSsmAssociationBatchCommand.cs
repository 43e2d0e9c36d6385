using System;
using System.Management.Automation;
using SsmAssociationTools.Commands.Output;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Runs.Remove;

namespace SsmAssociationTools.Commands;

/// <summary>
/// Deletes State Manager associations by id and returns exactly one result for every input, in input order. With -Force no
/// content is compared before deleting.
/// </summary>
[Cmdlet(VerbsCommon.Remove, "SsmAssociationBatch", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, HelpUri = HelpUris.RemoveSsmAssociationBatch)]
[OutputType(typeof(AssociationRemoval))]
public sealed class RemoveSsmAssociationBatchCommand : RunCommand
{
    private static readonly RunWords<AssociationRemoval> s_words = new(
        "associations",
        "removed or gone before",
        "not removed",
        ErrorRecords.Removal,
        ErrorRecords.RemovalStopped,
        static result => new FailureFacts(result.ErrorCode!, result.AssociationId ?? $"input {result.Index}", []),
        static (code, message) => new AssociationRemovalException(code, message, []));

    private RemovalReader? _reader;
    private AssociationRoute? _route;
    private RemovalRun? _run;

    /// <summary>
    /// What is to be removed: results of New-SsmAssociationBatch, output of Get- or Compare-SsmAssociationEntry, objects or CSV
    /// rows with AssociationId, or ids.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("AssociationId", "Association")]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[]? InputObject { get; set; }

    private protected override string NotDone => "Not removed";

    private protected override string HowToGoOn => "Run the same input again to remove the rest.";

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _route = new AssociationRoute(Destinations, isRegionGiven: Region is not null);
        _reader = new RemovalReader(needsContent: !Force);
        if (Region is not null && JournalPath is not null && !IsPlan)
        {
            // What the command names is held against the journal before anything is read.
            ConnectAll();
        }

        RemovalJournal? journal = OpenJournal(RemovalJournal.Open, static journal => journal.KnownAssociations, "associations");
        var report = new RunReport<AssociationRemoval>(this, StopsOnFailure, s_words, Closing);
        _run = Begin(report, control => new RemovalRun(GatewayOf, Options(), skipsCheck: Force, control, journal, new SystemClock(), new Random(), report));
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
        RemovalItem item = _reader!.Read(input);
        if (item.Refusal is { } refusal)
        {
            Refuse(item, refusal);
            return;
        }

        if (_route!.Find(item.Destination.Region, item.AccountId, item.Destination.RoleArn, out (string Code, string Text)? problem) is not { } destination)
        {
            Refuse(item, new RemovalRefusal(RemovalStatus.NotAttempted, problem!.Value.Code, "Not removed: " + problem.Value.Text));
            return;
        }

        item.Destination = destination;
        Add(_run!, item, () => Describe(item), message => _run!.Outcome.Refused(item, new RemovalRefusal(RemovalStatus.NotAttempted, ErrorCodes.NotConfirmed, message)));
    }

    private void Refuse(RemovalItem item, RemovalRefusal refusal) =>
        _run!.Decline(item, refusal.ErrorCode, refusal.Message, () => _run.Outcome.Refused(item, refusal));

    private static string Describe(RemovalItem item)
    {
        string what = AssociationText.Of(item.AssociationId, item.Content?.Name ?? item.Name, item.Content?.AssociationName ?? item.AssociationName, TargetText.Of(item.Content));
        return $"Delete association {what} in {item.Destination}";
    }
}
