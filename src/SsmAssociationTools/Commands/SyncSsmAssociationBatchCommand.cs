using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text;
using SsmAssociationTools.Commands.Output;
using SsmAssociationTools.Completion;
using SsmAssociationTools.Content;
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
using SsmAssociationTools.Scheduling;
using SsmAssociationTools.Validation;

namespace SsmAssociationTools.Commands;

/// <summary>
/// Brings Regions to the wanted state: creates what is missing, changes what differs, leaves what is the same alone, and with
/// -Prune removes what nobody wants. Returns exactly one result for every wanted entry, in input order.
/// </summary>
[Cmdlet(VerbsData.Sync, "SsmAssociationBatch", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, HelpUri = HelpUris.SyncSsmAssociationBatch)]
[OutputType(typeof(AssociationSuccess), typeof(AssociationFailure), typeof(AssociationRemoval))]
public sealed class SyncSsmAssociationBatchCommand : RunCommand
{
    private static readonly RunWords<AssociationResult> s_words = new(
        "entries",
        "as wanted",
        "failed or not done",
        ErrorRecords.Entry,
        ErrorRecords.Stopped,
        static result => new FailureFacts(result.ErrorCode!, $"{result.Index}{ErrorRecords.Place(result.Entry)}", result.Issues),
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
    private EntryIntake? _intake;
    private RepeatedWarnings? _warnings;
    private SyncRun? _run;
    private SyncJournal? _journal;
    private string? _role;
    private RunControl? _syncControl;
    private readonly SyncTally _tally = new();
    private long _inputs;
    private long _ofOtherShards;

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

    /// <summary>Does not check entries against the rules. Entries that cannot be read are refused all the same.</summary>
    [Parameter]
    public SwitchParameter SkipValidation { get; set; }

    /// <summary>Makes every warning an error.</summary>
    [Parameter]
    public SwitchParameter Strict { get; set; }

    /// <summary>Ids of rules to turn off, as listed in docs/rules.md; wildcards are allowed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RuleIdCompleter))]
    public string[] ExcludeRule { get; set; } = [];

    /// <summary>Takes one part of the input, as New-SsmAssociationBatch does. Refused with -Prune: a part is not all that is wanted.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Shard { get; set; }

    private protected override string NotDone => "Not done";

    private protected override string HowToGoOn => "Run the same input again: what was done is found there.";

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        Func<string, bool>? isExcluded = ExcludedRules.Read(this, ExcludeRule);
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
        _role = string.IsNullOrEmpty(AssociationDispatchAssumeRole) ? null : AssociationDispatchAssumeRole;
        _journal = OpenJournal(SyncJournal.Open, static journal => journal.KnownAssociations, "associations");
        List<string?> regions = Destinations.Select(static destination => destination.Region).Distinct().ToList();
        _intake = new EntryIntake(regions.Count == 1 ? regions[0] : null, Strict, isExcluded, SkipValidation, takesResultRegion: Region is null, takesResultRole: RoleArn is null, ShardParameter.Read(this, Shard));
        _warnings = new RepeatedWarnings(this);
        var update = new UpdateOptions(region => new UpdateRules(new ValidationOptions { Region = region }, SkipValidation, Strict, isExcluded))
        {
            HasDispatchRole = hasRole,
            DispatchRole = _role,
        };
        var report = new RunReport<AssociationResult>(this, StopsOnFailure, s_words);
        RunOptions options = Options(BatchSize, dispatchRole: _role);
        _run = Begin(report, control =>
        {
            _syncControl = control;
            return new SyncRun(GatewayOf, options, update, control, _clock, _random, report);
        });
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
        foreach (SyncPlace place in _places)
        {
            Plan(place);
        }

        foreach (SyncItem item in _items)
        {
            Do(item);
        }

        if (!IsPlan)
        {
            CompleteRun();
            Remember();
        }

        if (Prune)
        {
            PruneExtra();
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
        WorkItem read = _intake!.Take(input);
        if (read.IsOfOtherShard)
        {
            _ofOtherShards++;
            return;
        }

        _inputs++;
        if (read.Facts is { Kind: InputKind.Comparison } facts && StatusText.TryRead(facts.StatusText, out ComparisonStatus status) && status == ComparisonStatus.Extra)
        {
            // What nobody wants is found anew, and removed with -Prune only.
            Settle(new SyncItem(read), _run!.Creations.NotAttempted(read, ErrorCodes.AssociationNotWanted, "The comparison says Extra: no entry wants it. -Prune with -Scope removes what is extra."));
            return;
        }

        string? errors = EntryIntake.Errors(read);
        if (errors is not null)
        {
            _isIncomplete = true;
            _tally.Invalid++;
        }
        else
        {
            foreach (EntryIssue issue in read.Issues)
            {
                _warnings!.Add(issue.Kind, $"{read.Index}{ErrorRecords.Place(read.Entry)}", $"Entry {read.Index}{ErrorRecords.Place(read.Entry)} ({read.Entry}): {issue.Line}");
            }
        }

        foreach (Destination destination in DestinationsOf(read.Destination))
        {
            var item = new SyncItem(read.To(destination)) { Facts = read.Facts };
            if (errors is not null)
            {
                Settle(item, _run!.Creations.Invalid(item.Creation, errors));
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

    /// <summary>Where an entry belongs: what it names for itself stands in place of what the command names.</summary>
    private IEnumerable<Destination> DestinationsOf(Destination own) =>
        own.Equals(Destination.Unknown)
            ? Destinations
            : Destinations.Select(common => new Destination(own.Region ?? common.Region, own.RoleArn ?? common.RoleArn)).Distinct();

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
            IAssociationGateway gateway = GatewayOf(place.Destination);
            place.Account = gateway.AccountId ?? place.Destination.AccountId;
            using var reader = new SyncReader(gateway, Options(), _clock, new Backoff(_random), static _ => { }, static () => { }, _syncControl!.StopToken);
            bool hasRole = MyInvocation.BoundParameters.ContainsKey(nameof(AssociationDispatchAssumeRole));
            reader.Read(place.Plan, (existing, wanted) =>
                _journal?.Knows(place.Destination.Place, existing.AssociationId, existing.Line.AssociationVersion, wanted.Content, hasRole ? _role ?? string.Empty : null) == true);
            place.IsRead = true;
            foreach (SyncItem item in place.Items)
            {
                Decide(item, place, reader);
            }
        }
        catch (GatewayException error)
        {
            foreach (SyncItem item in place.Items)
            {
                item.Known = _run!.Creations.NotAttempted(item.Creation, error.ErrorCode, $"Not done: the associations of {place.Destination} cannot be read. {error.Message}");
            }
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }

    private void Decide(SyncItem item, SyncPlace place, SyncReader reader)
    {
        SyncWanted wanted = item.Planned!;
        if (MovedOn(item, wanted) is { } moved)
        {
            item.Known = _run!.Creations.Failed(item.Creation, ErrorCodes.AssociationChanged, moved, "Client");
            return;
        }

        switch (wanted.Action)
        {
            case SyncAction.Nothing when wanted.Partner!.Whole is null || IsRoleWanted(wanted.Partner):
                item.Known = _run!.Creations.Existing(item.Creation, wanted.Partner!.Whole ?? wanted.Partner.Line);
                item.Known.Message = null;
                break;

            case SyncAction.Unclear:
                item.Known = _run!.Creations.NotAttempted(item.Creation, ErrorCodes.AssociationNotUnique, wanted.Doubt!);
                item.Known.IsRetryable = false;
                break;

            case SyncAction.Update or SyncAction.Nothing:
                DecideChange(item, place, reader);
                break;
        }
    }

    /// <summary>A plan that was approved is carried out as it was, or refused row by row.</summary>
    private static string? MovedOn(SyncItem item, SyncWanted wanted)
    {
        if (item.Facts is not { Kind: InputKind.Comparison } facts || !StatusText.TryRead(facts.StatusText, out ComparisonStatus status))
        {
            return null;
        }

        string? now = wanted.Partner?.Line.AssociationVersion;
        bool isSamePartner = string.Equals(facts.AssociationId, wanted.Partner?.AssociationId, StringComparison.OrdinalIgnoreCase);
        return status switch
        {
            _ when wanted.Action == SyncAction.Nothing => null,
            ComparisonStatus.Missing when wanted.Action != SyncAction.Create => "The plan says Missing, and an association of this name is there by now. Compare again.",
            ComparisonStatus.Changed or ComparisonStatus.Same when !isSamePartner => "The association that the plan names is not there any more. Compare again.",
            ComparisonStatus.Changed or ComparisonStatus.Same when facts.AssociationVersion is { } then && now is not null && then != now
                => $"Somebody changed the association since the plan was made: it has version {now} now, and had {then}. Compare again.",
            _ => null,
        };
    }

    private bool IsRoleWanted(SyncExisting existing) =>
        !MyInvocation.BoundParameters.ContainsKey(nameof(AssociationDispatchAssumeRole))
        || (existing.Whole?.AssociationDispatchAssumeRole ?? string.Empty) == (AssociationDispatchAssumeRole ?? string.Empty);

    private void DecideChange(SyncItem item, SyncPlace place, SyncReader reader)
    {
        SyncExisting existing = item.Planned!.Partner!;
        if (IfChanged != ChangedAssociationAction.Update)
        {
            string differences = existing.Whole is null
                ? "members of its list line"
                : string.Join(", ", EntryDifferences.Between(item.Planned.Content, existing.Content).Select(static difference => difference.Path));
            string message = $"The association differs in: {differences}. It was left as it is.";
            item.Known = IfChanged == ChangedAssociationAction.Skip
                ? _run!.Creations.Existing(item.Creation, existing.Line)
                : _run!.Creations.Failed(item.Creation, ErrorCodes.AssociationDiffers, message, "Client");
            item.Known.AssociationId = existing.AssociationId;
            item.Known.Message = message;
            return;
        }

        item.Change = new UpdateItem(item.Index, item.InputObject)
        {
            Id = Guid.Parse(existing.AssociationId),
            Whole = item.Creation.Entry,
            ExpectedVersion = existing.Whole?.AssociationVersion ?? existing.Line.AssociationVersion,
            Found = existing.Whole,
            Issues = item.Creation.Issues,
            Destination = place.Destination,
            AccountId = place.Account,
        };
        if (existing.Whole is not null && reader.IsStuck(existing, older => place.Plan.KeyOf(older).Equals(existing.Key)))
        {
            string left = string.Join(", ", EntryDifferences.Between(item.Planned.Content, existing.Content).Select(static difference => difference.Path));
            WriteWarning($"{existing.AssociationId} ({item.Creation.Entry}): the last update could not remove a difference in {left}, so it is not updated again. Update-SsmAssociationBatch tries it all the same.");
            item.Change = null;
            item.Known = _run!.Creations.Existing(item.Creation, existing.Line);
            item.Known.Message = $"It still differs in {left}, which the last update could not change; it was not updated again.";
        }
    }

    private void Do(SyncItem item)
    {
        if (item.Known is not null)
        {
            if (item.Known.Status == AssociationStatus.Existing)
            {
                _tally.Unchanged++;
            }

            _run!.Settle(item, item.Known);
            return;
        }

        _tally.Count(item);
        Add(_run!, item, () => Describe(item), message => item.Change is null
            ? _run!.Creations.NotAttempted(item.Creation, ErrorCodes.NotConfirmed, message)
            : _run!.Changes.NotAttempted(item.Change, ErrorCodes.NotConfirmed, message));
    }

    /// <summary>A line of the plan, in the signs that people know from other tools.</summary>
    private static string Describe(SyncItem item)
    {
        AssociationEntry entry = item.Creation.Entry!;
        string what = $"{entry} on {TargetText.Of(entry)} in {item.Destination}";
        string runs = FirstRun.Describe(entry, SystemTime.UtcNow);
        if (item.Change is null)
        {
            return $"+ create {what}; {runs}";
        }

        IEnumerable<string> differences = item.Planned!.Partner!.Whole is null
            ? []
            : EntryDifferences.Between(item.Planned.Content, item.Planned.Partner.Content)
                .Select(static difference => $"; {difference.Path}: {difference.Existing ?? "nothing"} -> {difference.Wanted ?? "nothing"}");
        return $"~ change {what}{string.Concat(differences)}; {runs}";
    }

    /// <summary>Notes which versions have the wanted content now, so that the next run need not read them whole.</summary>
    private void Remember()
    {
        if (_journal is null)
        {
            return;
        }

        bool hasRole = MyInvocation.BoundParameters.ContainsKey(nameof(AssociationDispatchAssumeRole));
        var lines = new StringBuilder();
        foreach (SyncItem item in _items)
        {
            // A result that was left as it is (-IfChanged Skip) is Existing too, and has another content.
            bool isSame = item.Result is { Status: AssociationStatus.Created or AssociationStatus.Updated }
                || (item.Result?.Status == AssociationStatus.Existing && item.Planned?.Action == SyncAction.Nothing);
            if (isSame && item.Result is { AssociationId: { } id, AssociationVersion: { } version })
            {
                _journal.Note(lines, item.Destination.Place, id, version, item.Planned!.Content, hasRole ? _role ?? string.Empty : null, _clock.UtcNow);
            }
        }

        try
        {
            _journal.Write(lines);
        }
        catch (JournalException error)
        {
            WriteError(ErrorRecords.Journal(error, JournalPath!));
        }
    }

    /// <summary>Removes what nobody wants, only where nothing stands against it.</summary>
    private void PruneExtra()
    {
        if (_isIncomplete || _inputs == 0)
        {
            WriteWarning(_inputs == 0
                ? "Nothing is removed: no wanted entry arrived."
                : "Nothing is removed: an input could not be read or is invalid, so it cannot be told what is extra.");
            return;
        }

        var scope = new PruneScope(Scope!);
        var extra = new List<(SyncPlace Place, SyncExisting Association)>();
        foreach (SyncPlace place in _places)
        {
            SyncExisting[] found = !place.IsRead ? [] : place.Plan.Extra().Where(one => scope.Has(one.Content)).ToArray();
            if (found.Length > 0 && !IsPlan && !place.Items.TrueForAll(static item => item.Verdict == RunVerdict.Succeeded))
            {
                WriteWarning($"{place.Destination}: {found.Length} associations that no entry wants are not removed, because not every wanted entry is there as it should be.");
                continue;
            }

            extra.AddRange(found.Select(one => (place, one)));
        }

        Remove(extra);
    }

    private void Remove(List<(SyncPlace Place, SyncExisting Association)> extra)
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
                string line = $"- remove {one.Content} {one.AssociationId} in {place.Destination}";
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

        var report = new RunReport<AssociationRemoval>(this, StopsOnFailure, s_removalWords);
        RemovalRun run = Begin(report, control => new RemovalRun(GatewayOf, Options(), skipsCheck: false, control, journal: null, _clock, _random, report));
        long index = _items.Count;
        foreach ((SyncPlace place, SyncExisting one) in extra)
        {
            run.Add(new RemovalItem(index++, null)
            {
                Id = Guid.Parse(one.AssociationId),
                AssociationVersion = one.Line.AssociationVersion,
                IsBoundToVersion = true,
                Name = one.Content.Name,
                AssociationName = one.Content.AssociationName,
                Destination = place.Destination,
                Region = place.Destination.Region,
                RoleArn = place.Destination.RoleArn,
            });
        }
    }

    /// <summary>One Region and account with what is wanted there.</summary>
    private sealed class SyncPlace(Destination destination) : IDisposable
    {
        public Destination Destination { get; } = destination;

        public SyncPlan Plan { get; } = new();

        public List<SyncItem> Items { get; } = [];

        public string? Account { get; set; }

        /// <summary>True once its list was read to the end.</summary>
        public bool IsRead { get; set; }

        public void Dispose() => Plan.Dispose();
    }
}
