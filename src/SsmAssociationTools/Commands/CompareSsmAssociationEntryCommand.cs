using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.Commands.Output;
using SsmAssociationTools.Content;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Input;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs.Create;
using SsmAssociationTools.Validation;

namespace SsmAssociationTools.Commands;

/// <summary>Compares wanted entries with the associations that exist. Creates, changes and removes nothing.</summary>
[Cmdlet(VerbsData.Compare, "SsmAssociationEntry", HelpUri = HelpUris.CompareSsmAssociationEntry)]
[OutputType(typeof(AssociationComparison), typeof(UnreadableEntry))]
public sealed class CompareSsmAssociationEntryCommand : ReadBackCommand
{
    /// <summary>Inputs that the warning names, at most.</summary>
    private const int MaxPlaces = 10;

    private readonly InputReader _reader = new();
    private readonly IssueCollector _issues = new();
    private readonly List<Comparand> _comparands = [];

    /// <summary>What entries are compared with that name no Region.</summary>
    private readonly List<Comparand> _everywhere = [];
    private RepeatedWarnings? _warnings;
    private readonly List<string> _unread = [];
    private long _count;

    /// <summary>True once an entry came of which other parts of the same files are elsewhere.</summary>
    private bool _hasPart;

    /// <summary>The wanted entries: whatever New-SsmAssociationBatch takes.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Entries", "InputObject")]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[]? Entry { get; set; }

    /// <summary>
    /// What exists: associations of Get-SsmAssociationEntry, or entries of a backup. Without it, the associations of the
    /// Regions are read; with it, nothing is called.
    /// </summary>
    [Parameter(Position = 1)]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[]? Existing { get; set; }

    /// <summary>Documents of associations that may be extra; wildcards are allowed. Others are left alone.</summary>
    [Parameter]
    [Alias("DocumentName")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    /// <summary>Descriptive names of associations that may be extra; wildcards are allowed. Others are left alone.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? AssociationName { get; set; }

    private bool IsGiven => MyInvocation.BoundParameters.ContainsKey(nameof(Existing));

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _warnings = new RepeatedWarnings(this);
        if (IsGiven)
        {
            ReadGiven();
            return;
        }

        IReadOnlyList<Destination> destinations = KnownDestinations();
        foreach (Destination destination in destinations)
        {
            OpenPlace place = Open(destination, destinations.Count == 1);
            _comparands.Add(new Comparand(place.Destination) { Place = place });
        }

        _everywhere.AddRange(_comparands);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // A null in the pipeline binds as no array at all; it is an input like any other.
        foreach (PSObject? input in Entry ?? [null])
        {
            Take(input);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        _warnings!.Finish();
        var names = new TextFilter(Name);
        var associationNames = new TextFilter(AssociationName);
        bool MayBeExtra(AssociationEntry content) => names.Fits(content.Name) && associationNames.Fits(content.AssociationName);
        string? incomplete = WhyIncomplete();
        long spared = 0;
        foreach (Comparand comparand in _comparands)
        {
            if (comparand.Place is not { } place
                || ReadList(place, new ListRequest(), line => MayBeExtra(line.Content) || comparand.Fleet.MayBelong(line.Content), comparand.Fleet.Add))
            {
                spared += Write(comparand, MayBeExtra, incomplete);
            }
        }

        if (incomplete is not null)
        {
            WriteWarning(VisibleText.Of($"Nothing is called extra ({spared} association(s) would be): {incomplete}"));
        }

        EndReading();
    }

    private void ReadGiven()
    {
        var given = new GivenAssociations();
        foreach (PSObject? input in Existing ?? [])
        {
            if (given.Read(input, out string? errors) is not { } association)
            {
                // An association that is left out would come out as missing.
                ThrowTerminatingError(ErrorRecords.InvalidParameter(nameof(Existing), null, $"An object of -Existing cannot be read, so nothing is compared: {errors}"));
                return;
            }

            Destination destination = GivenAssociations.PlaceOf(association);
            Comparand comparand = Find(destination, association.AccountId);
            comparand.AccountId ??= association.AccountId;
            comparand.Fleet.Add(association);
        }

        if (_comparands.Count == 0)
        {
            Find(new Destination(null, null), null);
        }

        _everywhere.AddRange(_comparands);
    }

    private void Take(PSObject? input)
    {
        long index = _count++;
        InputFacts facts = _reader.Read(input, _issues);
        AssociationEntry? entry = facts.Entry;
        IReadOnlyList<EntryIssue> issues = _issues.Take(facts.Source);
        var item = new WorkItem(index, input, entry, default, issues) { Facts = facts };
        string? errors = EntryIntake.Errors(item.Entry, item.Issues);
        foreach (EntryIssue issue in issues)
        {
            if (issue.Level == IssueSeverity.Warning)
            {
                _warnings!.Add(issue.Kind, entry?.Source ?? $"{index}", $"Entry {index}{ErrorRecords.Place(entry)}: {issue.Line}", entry?.Source is not null);
            }
        }

        if (errors is not null)
        {
            HandOn(facts, item, errors);
            return;
        }

        _hasPart |= entry!.IsPart;
        var own = new Destination(facts.OwnRegion ?? (Region is null ? facts.Region : null), facts.OwnRoleArn ?? (RoleArn is null ? facts.RoleArn : null));
        foreach (Comparand comparand in ComparandsOf(own))
        {
            comparand.Fleet.Want(entry, input);
        }
    }

    /// <summary>
    /// What cannot be read is compared with nothing. It is handed on, so that the next command gives it a result, and from
    /// here on nothing is extra: every association may be the one that was meant.
    /// </summary>
    private void HandOn(InputFacts facts, WorkItem item, string errors)
    {
        _unread.Add(facts.Source ?? "input " + item.Index.ToString(CultureInfo.InvariantCulture));
        if (facts.Own is UnreadableEntry marker)
        {
            // The command that made it has told of it.
            WriteObject(MarkerShape.AmongComparisons(marker));
            return;
        }

        WriteObject(MarkerShape.AmongComparisons(new UnreadableEntry(ErrorCodes.EntryInvalid, errors, item.Issues) { Source = facts.Source, InputObject = item.InputObject }));
        Errors.Add(ErrorRecords.InvalidEntry(item, errors), $"{item.Index}{ErrorRecords.Place(facts.Source)}", item.Issues);
    }

    /// <summary>Why nothing is called extra; null where the wanted entries are known to be complete.</summary>
    private string? WhyIncomplete()
    {
        if (_unread.Count > 0)
        {
            string more = _unread.Count > MaxPlaces ? ", ..." : string.Empty;
            return $"{_unread.Count} input(s) could not be read ({string.Join(", ", _unread.Take(MaxPlaces))}{more}), and each association may be one that was meant. Correct them and compare again.";
        }

        if (_count == 0)
        {
            return "no wanted entry arrived. To remove all that Get-SsmAssociationEntry finds, pipe its output to Remove-SsmAssociationBatch.";
        }

        return _hasPart ? "the wanted entries are one part of their files (-Shard). Compare all parts together." : null;
    }

    /// <summary>Where an entry is compared: what it names for itself stands in place of what the command names.</summary>
    private List<Comparand> ComparandsOf(Destination own)
    {
        if (own.Equals(Destination.Unknown))
        {
            return _everywhere;
        }

        var found = new List<Comparand>();
        foreach (Comparand one in _everywhere)
        {
            // Associations that are given without a place may be of any.
            bool isThere = (own.Region is null || one.Destination.Region == own.Region || (IsGiven && one.Destination.Region is null))
                && (own.RoleArn is null || one.Destination.RoleArn == own.RoleArn || (IsGiven && one.Destination.RoleArn is null));
            Comparand comparand = isThere ? one : Find(new Destination(own.Region ?? one.Destination.Region, own.RoleArn ?? one.Destination.RoleArn), null);
            if (!found.Contains(comparand))
            {
                found.Add(comparand);
            }
        }

        return found;
    }

    private Comparand Find(Destination destination, string? accountId)
    {
        Comparand? comparand = _comparands.Find(known => known.Destination == destination && (accountId is null || known.AccountId is null || known.AccountId == accountId));
        if (comparand is null)
        {
            comparand = new Comparand(destination) { AccountId = accountId, Place = IsGiven ? null : Open(destination, isOnly: false) };
            _comparands.Add(comparand);
        }

        return comparand;
    }

    /// <returns>How many associations are not called extra.</returns>
    private long Write(Comparand comparand, Func<AssociationEntry, bool> mayBeExtra, string? incomplete)
    {
        Destination place = comparand.Destination;
        var validator = new EntryValidator(new ValidationOptions { Region = place.Region });
        var issues = new IssueCollector();
        IReadOnlyList<AssociationComparison> comparisons = comparand.Fleet.Compare(existing => mayBeExtra(existing.Entry), incomplete is null, out long spared);
        for (int i = 0; i < comparisons.Count; i++)
        {
            AssociationComparison comparison = comparisons[i];
            comparison.Region = place.Region;
            comparison.RoleArn = place.RoleArn;
            comparison.AccountId = comparand.Place?.AccountId ?? comparand.AccountId;
            WriteObject(MarkerShape.AmongMarkers(comparison));
            if (comparison.State is not (ComparisonStatus.Missing or ComparisonStatus.Changed))
            {
                // What exists has been accepted by the service, whatever a rule says.
                continue;
            }

            validator.Validate(comparison.Entry!, issues, place.Region);
            var item = new WorkItem(i, comparison.InputObject, comparison.Entry, default, issues.Take(comparison.Entry!.Source));
            if (EntryIntake.Errors(item.Entry, item.Issues) is { } errors)
            {
                Errors.Add(ErrorRecords.InvalidEntry(item, errors), $"{comparison.Entry}{ErrorRecords.Place(comparison.Entry)}", item.Issues);
            }
        }

        return spared;
    }

    /// <summary>The two sides of one Region and account.</summary>
    private sealed class Comparand(Destination destination)
    {
        public Destination Destination { get; } = destination;

        /// <summary>Where what exists is read from; null where it was given.</summary>
        public OpenPlace? Place { get; init; }

        public string? AccountId { get; set; }

        public FleetComparison Fleet { get; } = new();
    }
}
