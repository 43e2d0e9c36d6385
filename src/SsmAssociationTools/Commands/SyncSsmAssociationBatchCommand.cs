using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.Commands.Output;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Input;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Runs.Create;
using SsmAssociationTools.Runs.Journal;
using SsmAssociationTools.Runs.Remove;
using SsmAssociationTools.Runs.Sync;
using SsmAssociationTools.Runs.Update;
using SsmAssociationTools.Validation;

namespace SsmAssociationTools.Commands;

/// <summary>
/// Brings Regions to the wanted state: creates what is missing, changes what differs, leaves what is the same alone, and with
/// -Prune removes what nobody wants. Returns exactly one result for every wanted entry, in input order.
/// </summary>
[Cmdlet(VerbsData.Sync, "SsmAssociationBatch", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, HelpUri = HelpUris.SyncSsmAssociationBatch)]
[OutputType(typeof(AssociationSuccess), typeof(AssociationFailure), typeof(AssociationRemoval))]
public sealed class SyncSsmAssociationBatchCommand : EntryRunCommand
{
    private static readonly RunWords<AssociationResult> s_words = new(
        "entries",
        "as wanted",
        "failed or not done",
        ErrorRecords.Entry,
        ErrorRecords.Stopped,
        FailureFacts.Of,
        static (code, message) => new AssociationBatchException(code, message, []));
    private static readonly RunWords<AssociationRemoval> s_removalWords = new(
        "associations",
        "removed or gone before",
        "not removed",
        ErrorRecords.Removal,
        ErrorRecords.RemovalStopped,
        static result => new FailureFacts(result.ErrorCode!, result.AssociationId ?? $"input {result.Index}", []),
        static (code, message) => new AssociationRemovalException(code, message, []));

    private readonly List<SyncItem> _items = [];
    private readonly List<SyncPlace> _places = [];
    private readonly SystemClock _clock = new();
    private readonly Random _random = new();
    private readonly SyncTally _tally = new();
    private readonly ApprovedPlan _approved = new();
    private EntryIntake? _intake;
    private RepeatedWarnings? _warnings;
    private RunsNowWarning? _runsNow;
    private SyncRun? _run;
    private SyncJournal? _journal;
    private SyncPlanner? _planner;
    private SyncOptions? _options;
    private AssociationRoute? _route;
    private RunControl? _syncControl;
    private long _inputs;
    private long _ofOtherShards;
    private long _nameless;

    /// <summary>Set where an input could not be read or breaks a rule: nothing counts as extra then.</summary>
    private bool _isIncomplete;

    /// <summary>
    /// The wanted entries: whatever New-SsmAssociationBatch takes, or comparisons of Compare-SsmAssociationEntry, a plan that
    /// is carried out as it was approved.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Entries", "InputObject")]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[]? Entry { get; set; }

    /// <summary>What to do with an association that differs from its entry: Update (default), Skip or Fail.</summary>
    [Parameter]
    public ChangedAssociationAction IfChanged { get; set; }

    /// <summary>Removes associations that no entry wants, at the end, where everything else went well. Needs -Scope.</summary>
    [Parameter]
    public SwitchParameter Prune { get; set; }

    /// <summary>
    /// AssociationNames that -Prune may remove; wildcards are allowed. Associations without a name are never removed, and
    /// those that AWS makes (AWS-..., AWSQuickSetup...) only where their name stands here without wildcards.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Scope { get; set; }

    /// <summary>Entries in one call that creates, at most. Default 20.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int BatchSize { get; set; } = 20;

    /// <summary>
    /// ARN of the IAM role with which State Manager dispatches the associations. Given, it is part of what is wanted; not
    /// given, an association keeps the one it has. An empty text takes it away.
    /// </summary>
    [Parameter]
    [AllowEmptyString]
    public string? AssociationDispatchAssumeRole { get; set; }

    /// <summary>Takes one part of the input, as New-SsmAssociationBatch does. Refused with -Prune: a part is not all that is wanted.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Shard { get; set; }

    private protected override string NotDone => "Not done";

    private protected override string HowToGoOn => "Run the same input again: what was done is found there.";

    /// <summary>Removing comes after all else.</summary>
    private protected override bool IsMoreToCome => Prune;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        Func<string, bool>? isExcluded = ReadExcludedRules();
        if (Prune.IsPresent != (Scope is not null))
        {
            ThrowTerminatingError(ErrorRecords.InvalidParameter(nameof(Prune), null, "-Prune and -Scope go together: -Scope says which names may be removed."));
        }

        if (Prune && Shard is not null)
        {
            ThrowTerminatingError(ErrorRecords.InvalidParameter(nameof(Shard), Shard, "-Prune does not go with -Shard: a part of the input is not all that is wanted."));
        }

        base.BeginProcessing();
        ConnectAll();
        bool hasRole = MyInvocation.BoundParameters.ContainsKey(nameof(AssociationDispatchAssumeRole));
        string? role = string.IsNullOrEmpty(AssociationDispatchAssumeRole) ? null : AssociationDispatchAssumeRole;
        _options = new SyncOptions { IfChanged = IfChanged, HasDispatchRole = hasRole, DispatchRole = role };
        _route = new AssociationRoute(Destinations, isRegionGiven: Region is not null);
        _journal = OpenJournal(SyncJournal.Open, static journal => journal.KnownAssociations, "associations");
        Func<string, KnownDocument?>? documents = DocumentFiles.Read(this, DocumentPath);
        _intake = new EntryIntake(OnlyRegion, Strict, isExcluded, SkipValidation, takesResultRegion: Region is null, takesResultRole: RoleArn is null, ShardParameter.Read(this, Shard), documents)
        {
            TrustsVerdicts = true,
            IsDispatchRoleMissing = string.IsNullOrEmpty(AssociationDispatchAssumeRole),
        };
        _warnings = new RepeatedWarnings(this);
        _runsNow = new RunsNowWarning(this);
        var update = new UpdateOptions(region => new UpdateRules(new ValidationOptions { Region = region, Documents = documents }, SkipValidation, Strict, isExcluded))
        {
            HasDispatchRole = hasRole,
            DispatchRole = role,
        };
        var report = new RunReport<AssociationResult>(this, StopsOnFailure, s_words, Closing) { Seen = _runsNow.Take };
        RunOptions options = Options(BatchSize, dispatchRole: role);
        _run = Begin(report, control =>
        {
            _syncControl = control;
            return new SyncRun(GatewayOf, options, update, control, _journal?.Creations, _clock, _random, report);
        });
        _planner = new SyncPlanner(_options, _run.Creations, _journal, WriteWarning);
    }

    private protected override void TakeInput()
    {
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
        if (_nameless > 0)
        {
            WriteWarning($"{_nameless} {(_nameless == 1 ? "entry has" : "entries have")} no AssociationName and {(_nameless == 1 ? "is" : "are")} told by content alone: an edit of one makes a second association. Give every entry a name.");
        }

        foreach (SyncPlace place in _places)
        {
            Plan(place);
        }

        foreach (SyncItem item in _run!.Take(_items))
        {
            Do(item);
        }

        if (!IsPlan)
        {
            CompleteRun();
            _runsNow!.Finish();
            Remember();
        }

        if (Prune)
        {
            Remove(new ExtraAssociations(new PruneScope(Scope!), _approved, WriteWarning).Find(_places, isWhole: !_isIncomplete, hasInput: _inputs > 0));
        }

        if (IsPlan)
        {
            ShouldProcess(_tally.ToString(), _tally.ToString(), MyInvocation.MyCommand.Name);
        }
    }

    /// <summary>Releases what reads the entries.</summary>
    /// <param name="disposing">True unless the object is being collected.</param>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _intake?.Dispose();
            foreach (SyncPlace place in _places)
            {
                place.Dispose();
            }
        }
    }

    private void Take(PSObject? input)
    {
        CheckedInput taken = _intake!.Take(input);
        if (taken.IsOfOtherShard)
        {
            _ofOtherShards++;
            return;
        }

        WorkItem read = taken.ToItem();

        if (_approved.Take(read.Facts?.Decisive))
        {
            // What nobody wants is found anew, and removed with -Prune only.
            Settle(new SyncItem(read), _run!.Creations.NotAttempted(read, ErrorCodes.AssociationNotWanted, "The comparison says Extra: no entry wants it. -Prune with -Scope removes what is extra."));
            return;
        }

        _inputs++;
        string? errors = EntryIntake.Errors(taken);
        if (errors is not null)
        {
            _isIncomplete = true;
            _tally.Invalid++;
        }
        else
        {
            foreach (EntryIssue issue in read.Issues.Where(static issue => issue.Level == IssueSeverity.Warning))
            {
                _warnings!.Add(issue.Kind, read.Entry?.Source ?? $"{read.Index}", $"Entry {read.Index}{ErrorRecords.Place(read.Entry)} ({read.Entry}): {issue.Line}", read.Entry?.Source is not null);
            }
        }

        _nameless += errors is null && string.IsNullOrEmpty(read.Entry!.AssociationName) && string.IsNullOrEmpty(read.Entry.InstanceId) ? 1 : 0;
        if (errors is null && ProblemOfPlan(read) is { } problem)
        {
            _isIncomplete = true;
            Refuse(new SyncItem(read.To(new Destination(read.Facts!.Decisive.Region, read.Facts.Decisive.RoleArn))), one => _run!.Creations.NotAttempted(one, problem.Code, "Not done: " + problem.Text));
            return;
        }

        foreach (Destination destination in DestinationsOf(read))
        {
            var item = new SyncItem(read.To(destination)) { Facts = read.Facts?.Decisive, IsPlanned = IsPlan };
            if (errors is not null)
            {
                Refuse(item, one => _run!.Creations.Invalid(one, errors));
                continue;
            }

            SyncPlace place = PlaceOf(destination);
            item.Planned = place.Plan.Want(item.Index, read.Entry!);
            place.Items.Add(item);
            _items.Add(item);
        }
    }

    /// <summary>Keeps a result that is known for its turn: results come out in input order.</summary>
    private void Settle(SyncItem item, AssociationResult result)
    {
        item.Known = result;
        _items.Add(item);
    }

    /// <summary>The same for one that nothing is done for, unless an earlier run of the journal may have.</summary>
    private void Refuse(SyncItem item, Func<WorkItem, AssociationResult> refuse)
    {
        _run!.Refuse(item, refuse(item.Creation));
        _items.Add(item);
    }

    /// <summary>A row of a plan belongs where it was compared, and nowhere else; says why one cannot be carried out there.</summary>
    private (string Code, string Text)? ProblemOfPlan(WorkItem read)
    {
        (string Code, string Text)? problem = null;
        if (read.Facts?.Decisive is { Kind: InputKind.Comparison } facts)
        {
            _route!.Find(facts.Region, facts.AccountId, facts.RoleArn, out problem);
        }

        return problem;
    }

    /// <summary>Where an entry belongs: what it names for itself stands in place of what the command names.</summary>
    private IEnumerable<Destination> DestinationsOf(WorkItem read)
    {
        if (read.Facts?.Decisive is { Kind: InputKind.Comparison, Region: not null } facts)
        {
            return [_route!.Find(facts.Region, facts.AccountId, facts.RoleArn, out _)!];
        }

        Destination own = read.Destination;
        return own.Equals(Destination.Unknown)
            ? Destinations
            : Destinations.Select(common => new Destination(own.Region ?? common.Region, own.RoleArn ?? common.RoleArn)).Distinct();
    }

    private SyncPlace PlaceOf(Destination destination)
    {
        SyncPlace? place = _places.Find(known => known.Destination == destination);
        if (place is null)
        {
            place = new SyncPlace(destination);
            _places.Add(place);
        }

        return place;
    }

    /// <summary>Reads what exists in a place, and decides for each of its entries.</summary>
    private void Plan(SyncPlace place)
    {
        try
        {
            _planner!.Plan(place, GatewayOf(place.Destination), Options(), _clock, new Backoff(_random), _syncControl!.StopToken);
            _run!.Recall(place);
        }
        catch (GatewayException error)
        {
            foreach (SyncItem item in place.Items)
            {
                item.Creation.FailedOperation = error.Operation;
                item.Known = _run!.Creations.NotAttempted(item.Creation, error.ErrorCode, error.Message);
            }

            _run!.Recall(place);
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }

    private void Do(SyncItem item)
    {
        _tally.Count(item);
        if (item.Known is not null)
        {
            _run!.Settle(item, item.Known);
            return;
        }

        Add(_run!, item, () => SyncText.Of(item, SystemTime.UtcNow), message => item.Change is null
            ? _run!.Creations.NotAttempted(item.Creation, ErrorCodes.NotConfirmed, message)
            : _run!.Changes.NotAttempted(item.Change, ErrorCodes.NotConfirmed, message));
    }

    /// <summary>Notes which versions have the wanted content now, so that the next run need not read them whole.</summary>
    private void Remember()
    {
        try
        {
            _journal?.Note(_items, _options!.JournalRole, _clock.UtcNow);
        }
        catch (JournalException error)
        {
            WriteError(ErrorRecords.Journal(error, JournalPath!));
        }
    }

    /// <summary>Removes what nobody wants, after a question that names it.</summary>
    private void Remove(IReadOnlyList<(SyncPlace Place, SyncExisting Association)> extra)
    {
        _tally.Removed = extra.Count;
        if (extra.Count == 0)
        {
            return;
        }

        if (IsPlan)
        {
            foreach ((SyncPlace place, SyncExisting one) in extra)
            {
                string line = VisibleText.Of(SyncText.Of(one, place.Destination));
                ShouldProcess(line, line, MyInvocation.MyCommand.Name);
            }

            return;
        }

        bool asks = !Force && !(MyInvocation.BoundParameters.TryGetValue("Confirm", out object? confirm) && !LanguagePrimitives.IsTrue(confirm));
        string names = string.Join(", ", extra.Take(20).Select(static one => one.Association.Content.AssociationName)) + (extra.Count > 20 ? $" and {extra.Count - 20} more" : string.Empty);
        if (asks && !ShouldContinue($"Remove {extra.Count} associations that no entry wants: {names}?", MyInvocation.MyCommand.Name))
        {
            WriteWarning($"{extra.Count} associations that no entry wants were not removed: not confirmed.");
            return;
        }

        var report = new RunReport<AssociationRemoval>(this, StopsOnFailure, s_removalWords, Closing);
        RemovalRun run = Begin(report, control => new RemovalRun(GatewayOf, Options(), skipsCheck: false, control, journal: null, _clock, _random, report));
        long index = _items.Count;
        foreach ((SyncPlace place, SyncExisting one) in extra)
        {
            run.Add(new RemovalItem(index++, null)
            {
                Id = Guid.Parse(one.AssociationId),
                AssociationVersion = one.Line.AssociationVersion,
                IsBoundToVersion = true,
                Described = one.Content,
                Name = one.Content.Name,
                AssociationName = one.Content.AssociationName,
                Destination = place.Destination,
            });
        }
    }
}
