using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using SsmAssociationTools.Content;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs.Create;
using SsmAssociationTools.Runs.Update;

namespace SsmAssociationTools.Runs.Sync;

/// <summary>
/// Reads what exists in a place and decides for each wanted entry there what is to be done: nothing, and then its result is
/// known, or a creation, or a change. Driven by one thread.
/// </summary>
internal sealed class SyncPlanner
{
    private readonly SyncOptions _options;
    private readonly Outcome _outcome;
    private readonly SyncJournal? _journal;
    private readonly Action<string> _warn;

    public SyncPlanner(SyncOptions options, Outcome outcome, SyncJournal? journal, Action<string> warn)
    {
        _options = options;
        _outcome = outcome;
        _journal = journal;
        _warn = warn;
    }

    /// <summary>Plans a place. Where it cannot be read, nothing is done there.</summary>
    /// <exception cref="OperationCanceledException">The reading was ended.</exception>
    public void Plan(SyncPlace place, IAssociationGateway gateway, RunOptions run, IClock clock, Backoff backoff, CancellationToken stop)
    {
        try
        {
            place.Account = gateway.AccountId ?? place.Destination.AccountId;
            using var reader = new SyncReader(gateway, run, clock, backoff, static _ => { }, static () => { }, stop);
            reader.Read(place.Plan, (existing, wanted) =>
                _journal?.Knows(place.Destination.Place, existing.AssociationId, existing.Line.AssociationVersion, wanted.Content, _options.JournalRole) == true);
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
                item.Creation.FailedOperation = error.Operation;
                item.Known = _outcome.NotAttempted(item.Creation, error.ErrorCode, $"Not done: the associations of {place.Destination} cannot be read. {error.Message}");
            }
        }
    }

    private void Decide(SyncItem item, SyncPlace place, SyncReader reader)
    {
        SyncWanted wanted = item.Planned!;
        if (ApprovedPlan.MovedOn(item.Facts, wanted) is { } moved)
        {
            item.Known = _outcome.Failed(item.Creation, ErrorCodes.AssociationChanged, moved, "Client");
            item.Known.AssociationId = wanted.Partner?.AssociationId;
            return;
        }

        switch (wanted.Action)
        {
            case SyncAction.Unclear:
                item.Known = _outcome.NotAttempted(item.Creation, ErrorCodes.AssociationNotUnique, wanted.Doubt!);
                item.Known.IsRetryable = false;
                break;

            case SyncAction.Update or SyncAction.Nothing:
                item.Differences = DifferencesOf(wanted, wanted.Partner!);
                if (item.Differences.Count == 0)
                {
                    item.Known = _outcome.Existing(item.Creation, wanted.Partner!.Whole ?? wanted.Partner.Line);
                    item.Known.Message = null;
                }
                else
                {
                    DecideChange(item, wanted.Partner!, place, reader);
                }

                break;
        }
    }

    /// <summary>What differs between an entry and its association, the dispatch role with it where the command names one.</summary>
    private IReadOnlyList<MemberDifference> DifferencesOf(SyncWanted wanted, SyncExisting existing)
    {
        if (wanted.Action == SyncAction.Nothing && existing.Whole is null)
        {
            // An earlier run of the journal knows it, role and all.
            return [];
        }

        IReadOnlyList<MemberDifference> members = wanted.Action == SyncAction.Nothing ? [] : ComparedContent.Differences(wanted.Content, existing.Content);
        string? role = existing.Whole?.AssociationDispatchAssumeRole;
        return _options.HasDispatchRole && (role ?? string.Empty) != (_options.DispatchRole ?? string.Empty)
            ? [.. members, new MemberDifference(nameof(AssociationRecord.AssociationDispatchAssumeRole), _options.DispatchRole, string.IsNullOrEmpty(role) ? null : role)]
            : members;
    }

    /// <summary>
    /// Whether the service may have made the differences of what was sent: by filling a member in, keeping it, hiding it or
    /// respelling it. That the last versions are alike does not tell who made them, for somebody may have saved the association
    /// as it was. So what has another value than the wanted one is sent all the same.
    /// </summary>
    private static bool IsOfTheService(SyncWanted wanted, SyncExisting existing)
    {
        var there = new ContentProfile(ComparedContent.Of(existing.Content), existing.AssociationId);
        return new ContentProfile(ComparedContent.Of(wanted.Content)).Members.All(member => there.Find(member.Key) is not { } shown || shown == member.Value);
    }

    private void DecideChange(SyncItem item, SyncExisting existing, SyncPlace place, SyncReader reader)
    {
        string differing = string.Join(", ", item.Differences.Select(static difference => difference.Path));
        if (_options.IfChanged != ChangedAssociationAction.Update)
        {
            string message = $"The association differs in: {differing}. It was left as it is.";
            item.Known = _options.IfChanged == ChangedAssociationAction.Skip
                ? _outcome.Existing(item.Creation, existing.Line)
                : _outcome.Failed(item.Creation, ErrorCodes.AssociationDiffers, message, "Client");
            item.Known.AssociationId = existing.AssociationId;
            item.Known.Message = message;
            return;
        }

        bool isOfRole = item.Differences[item.Differences.Count - 1].Path == nameof(AssociationRecord.AssociationDispatchAssumeRole);
        if (!isOfRole && IsOfTheService(item.Planned!, existing) && reader.IsStuck(existing, older => place.Plan.KeyOf(older).Equals(existing.Key)))
        {
            _warn($"{existing.AssociationId} ({item.Creation.Entry}): the last two updates did not remove a difference in {differing}, so it is not updated again. Update-SsmAssociationBatch tries it all the same.");
            item.Known = _outcome.Existing(item.Creation, existing.Line);
            item.Known.Message = $"It still differs in {differing}, which the last two updates did not change; it was not updated again.";
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
    }
}
