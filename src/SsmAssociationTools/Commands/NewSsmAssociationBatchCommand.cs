using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.Commands.Output;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Runs.Create;
using SsmAssociationTools.Scheduling;
using SsmAssociationTools.Validation;

namespace SsmAssociationTools.Commands;

/// <summary>Creates State Manager associations in batches and returns exactly one result for every input, in input order.</summary>
[Cmdlet(VerbsCommon.New, "SsmAssociationBatch", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, HelpUri = HelpUris.NewSsmAssociationBatch)]
[OutputType(typeof(AssociationSuccess), typeof(AssociationFailure))]
public sealed class NewSsmAssociationBatchCommand : EntryRunCommand
{
    private static readonly RunWords<AssociationResult> s_words = new(
        "entries",
        "created",
        "failed or not sent",
        ErrorRecords.Entry,
        ErrorRecords.Stopped,
        FailureFacts.Of,
        static (code, message) => new AssociationBatchException(code, message, []));

    private EntryIntake? _intake;
    private RepeatedWarnings? _warnings;
    private AssociationRun? _run;
    private long _ofOtherShards;
    private bool _isActionShown;

    /// <summary>
    /// The entries: hashtables, objects, CSV rows, JSON text, AWS SDK or AWS.Tools entries, or results of this module.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Entries", "InputObject")]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[]? Entry { get; set; }

    /// <summary>Entries in one call of the service, at most. The service documents no limit. Default 20.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int BatchSize { get; set; } = 20;

    /// <summary>
    /// What to do with an entry whose association is there already with the same content: Create (default, as the service
    /// does), Skip or Fail. Skip and Fail read the list of the Region once.
    /// </summary>
    [Parameter]
    public ExistingAssociationAction IfExists { get; set; }

    /// <summary>ARN of the IAM role with which State Manager dispatches the associations of this command.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AssociationDispatchAssumeRole { get; set; }

    /// <summary>
    /// Takes one part of the input and leaves the others to other runs: 3/16 is the third of sixteen parts. The content of
    /// an entry decides, so the parts of one input are the same on every machine. Entries of other parts give no result.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Shard { get; set; }

    private protected override string NotDone => "Not sent";

    private protected override string HowToGoOn => JournalPath is null
        ? "Run the same input with -IfExists Skip to create the rest."
        : "Run the same input with the same -JournalPath to go on.";

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        Func<string, bool>? isExcluded = ReadExcludedRules();
        CheckDispatchRole(isExcluded);
        base.BeginProcessing();
        _isActionShown = IsActionShown(ConfirmImpact.Medium);
        if (!IsPlan)
        {
            ConnectAll();
        }

        Journal? journal = OpenJournal(Journal.Open, static journal => journal.KnownEntries, "entries");
        _intake = new EntryIntake(OnlyRegion, Strict, isExcluded, SkipValidation, takesResultRegion: Region is null, takesResultRole: RoleArn is null, ShardParameter.Read(this, Shard), DocumentFiles.Read(this, DocumentPath))
        {
            IsDispatchRoleMissing = string.IsNullOrEmpty(AssociationDispatchAssumeRole),
            TrustsVerdicts = true,
            Standing = facts => Standing.Of(facts, looksFirst: IfExists != ExistingAssociationAction.Create || journal is not null),
        };
        _warnings = new RepeatedWarnings(this);
        var report = new RunReport<AssociationResult>(this, StopsOnFailure, s_words, Closing);
        RunOptions options = Options(BatchSize, IfExists, AssociationDispatchAssumeRole);
        _run = Begin(report, control => new AssociationRun(GatewayOf, options, control, journal, new SystemClock(), new Random(), report));
    }

    private protected override void TakeInput()
    {
        if (!MyInvocation.ExpectingInput && Shard is null && Entry is not null)
        {
            _run!.Expect((long)Entry.Length * Destinations.Count);
        }

        // A null in the pipeline binds as no array at all; it is an input like any other.
        foreach (PSObject? input in Entry ?? [null])
        {
            Take(input);
        }
    }

    private protected override void BeforeEnd()
    {
        if (_ofOtherShards > 0)
        {
            WriteVerbose($"{_ofOtherShards} entries belong to other parts than {Shard}.");
        }

        _warnings!.Finish("see Issues of the results");
    }

    /// <summary>Releases what reads the entries.</summary>
    /// <param name="disposing">True unless the object is being collected.</param>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _intake?.Dispose();
        }
    }

    private void Take(object? input)
    {
        CheckedInput read = _intake!.Take(input);
        if (read.IsOfOtherShard)
        {
            _ofOtherShards++;
            return;
        }

        if (read.Standing is { } standing)
        {
            WorkItem settled = read.ToItem();
            _run!.Settle(settled, standing.ResultOf(settled, _run.Outcome));
            return;
        }

        string? errors = EntryIntake.Errors(read);
        if (errors is null)
        {
            foreach (EntryIssue issue in read.Issues.Where(static issue => issue.Level == IssueSeverity.Warning))
            {
                _warnings!.Add(issue.Kind, read.Entry?.Source ?? $"{read.Index}", $"Entry {read.Index}{ErrorRecords.Place(read.Entry)} ({read.Entry}): {issue.Line}", read.Entry?.Source is not null);
            }
        }

        foreach (Destination destination in DestinationsOf(read.Destination))
        {
            Take(read.ToItem(destination), errors);
        }
    }

    /// <summary>Where an entry goes: what it names for itself stands in place of what the command names.</summary>
    private IEnumerable<Destination> DestinationsOf(Destination own) =>
        own.Equals(Destination.Unknown)
            ? Destinations
            : Destinations.Select(common => new Destination(own.Region ?? common.Region, own.RoleArn ?? common.RoleArn)).Distinct();

    private void Take(WorkItem item, string? errors)
    {
        if (errors is not null)
        {
            _run!.Decline(item, ErrorCodes.EntryInvalid, errors, () => _run.Outcome.Invalid(item, errors));
            return;
        }

        // What would be done is worked out only where somebody can see it.
        Add(
            _run!,
            item,
            () => _isActionShown ? Describe(item) : "Create association",
            message => _run!.Outcome.NotAttempted(item, ErrorCodes.NotConfirmed, message));
    }

    private string Describe(WorkItem item)
    {
        string target = TargetText.Of(item.Entry);
        string nodes = item.Facts?.Own is EntryValidation { NodeCount: { } count } ? $" ({count} {(count == 1 ? "node" : "nodes")} when that was looked at)" : string.Empty;
        string on = target.Length == 0 ? string.Empty : " on " + target + nodes;
        string where = (item.Destination.Region is { } region ? " in " + region : string.Empty)
            + (item.Destination.AccountId is { } account ? " of account " + account : string.Empty);
        string unseen = IfExists == ExistingAssociationAction.Create ? string.Empty : $"; whether it is there already (-IfExists {IfExists}) is looked up when it is sent";
        return $"Create association {item.Entry}{on}{where}; {FirstRun.Describe(item.Entry!, SystemTime.UtcNow)}{unseen}";
    }

    private void CheckDispatchRole(Func<string, bool>? isExcluded)
    {
        if (AssociationDispatchAssumeRole is null || SkipValidation)
        {
            return;
        }

        var issues = new IssueCollector(Strict, isExcluded);
        EntryValidator.ValidateDispatchRole(AssociationDispatchAssumeRole, issues);
        if (EntryIntake.Errors(issues.Take()) is { } errors)
        {
            ThrowTerminatingError(ErrorRecords.InvalidParameter(nameof(AssociationDispatchAssumeRole), AssociationDispatchAssumeRole, errors));
        }
    }
}
