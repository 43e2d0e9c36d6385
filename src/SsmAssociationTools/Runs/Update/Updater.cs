using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Content;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs.Journal;
using SsmAssociationTools.Runs.Read;
using SsmAssociationTools.Validation;

namespace SsmAssociationTools.Runs.Update;

/// <summary>
/// Changes one association after another in one account and Region. Each is read just before, every member is sent, and the
/// version that was read goes along, so that the service refuses the change where somebody else was faster. The same version
/// makes a second call harmless: after an answer that was lost, reading tells what became of the first. Safe for concurrent use.
/// </summary>
internal sealed class Updater
{
    private readonly Place _place;
    private readonly IFleetGateway _gateway;
    private readonly RunOptions _options;
    private readonly UpdateOptions _update;
    private readonly IClock _clock;
    private readonly Retry _retry;
    private readonly UpdateJournal? _journal;
    private readonly RunLog _log;
    private readonly AssociationReader _reader;
    private readonly UpdateOutcome _outcome;
    private readonly UpdateRules _rules;

    /// <summary>Versions that this run made, by the association and the version before: a later input may name the older one.</summary>
    private readonly ConcurrentDictionary<(Guid Id, string Before), string> _own = new();

    public Updater(Place place, RunOptions options, UpdateOptions update, IClock clock, Backoff backoff, UpdateJournal? journal, RunLog log)
    {
        _place = place;
        _gateway = (IFleetGateway)place.Gateway;
        _options = options;
        _update = update;
        _clock = clock;
        _retry = new Retry(place.Pace, backoff, clock, options);
        _journal = journal;
        _log = log;
        _reader = new AssociationReader(place.Gateway, options, clock, backoff);
        _outcome = new UpdateOutcome(clock);
        _rules = update.Rules(place.Destination.Region);
    }

    /// <summary>The reason of a run that a failure stops under -ErrorAction Stop.</summary>
    public static StopReason StopOnFailure(AssociationResult result) =>
        new(ErrorCodes.EntryNotAttempted, "Not updated", $"input {result.Index} has the status {result.Status}, and the error action is Stop.");

    /// <summary>Changes an association and gives the input its result.</summary>
    public async Task UpdateAsync(UpdateItem item)
    {
        try
        {
            await TryAsync(item).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The error is in the result; what was called may have acted, and the journal is to say so.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _place.Control.StopRun(new StopReason(ErrorCodes.InternalError, "Not updated", $"an unexpected error ({error.GetType().Name}) stopped the run."));
            _outcome.Unknown(item, ErrorCodes.InternalError, error.Message);
        }

        if (item.Result is { State: AssociationStatus.Updated, AssociationVersion: { } after } && item.VersionBefore is { } before)
        {
            _own[(item.Id!.Value, before)] = after;
        }

        Record(item);
    }

    private async Task TryAsync(UpdateItem item)
    {
        GatewayException? last = null;
        string operation = "DescribeAssociation";
        try
        {
            await _retry.CallAsync(
                () => SendAsync(item),
                (error, _) =>
                {
                    last = error;
                    bool isSettledByReading = IsVersionRefusal(error) && !item.IsRefused;
                    item.IsRefused |= isSettledByReading;
                    return (isSettledByReading || error.Kind is GatewayErrorKind.Throttled or GatewayErrorKind.NotSent or GatewayErrorKind.Ambiguous)
                        && item.Attempts < _options.MaxAttempt;
                },
                (error, _, wait) => Log(item, $"{error.ErrorCode}; try {item.Attempts + 1} of at most {_options.MaxAttempt} in {wait.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s."),
                _place.Control.StopToken,
                before: async () =>
                {
                    operation = "DescribeAssociation";
                    bool isOpen = await PrepareAsync(item, _place.Control.StopToken).ConfigureAwait(false);
                    operation = "UpdateAssociation";
                    return isOpen;
                }).ConfigureAwait(false);
        }
        catch (GatewayException error)
        {
            await GiveUpAsync(item, error, operation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await TakeStopAsync(item, last).ConfigureAwait(false);
        }
        catch (JournalException error)
        {
            _place.Control.StopRun(JournalFailure(error));
            await TakeStopAsync(item, last).ConfigureAwait(false);
        }
    }

    /// <summary>Reads the association and settles the input, unless there is a change to send.</summary>
    /// <returns>True where the change is to be sent.</returns>
    private async Task<bool> PrepareAsync(UpdateItem item, CancellationToken stop)
    {
        AssociationRecord? found = item.Found ?? await _reader.DescribeAsync(item.AssociationId!, stop).ConfigureAwait(false);
        item.Found = null;
        if (found is null)
        {
            _outcome.Failed(item, ErrorCodes.AssociationDoesNotExist, $"There is no association with this id in {_place.Destination}.");
            return false;
        }

        if (item.SentVersion is not null && found.AssociationVersion != item.SentVersion)
        {
            if (item.Meant is null && await _reader.DescribeAsync(item.AssociationId!, item.SentVersion, stop).ConfigureAwait(false) is { } sent)
            {
                // An earlier run made the call: what it meant follows from the version that it began with.
                await MeanAsync(item, sent, stop).ConfigureAwait(false);
            }

            if (await SettleSentAsync(item, found, stop).ConfigureAwait(false))
            {
                return false;
            }
        }
        else if (item.IsRefused)
        {
            // The version is still the one that was sent: the refusal has another cause, or reading lags behind.
            return SettleRefused(item);
        }

        return await MeanAsync(item, found, stop).ConfigureAwait(false) && IsToBeSent(item, found) && Check(item);
    }

    /// <summary>Works out what the association is to have, from the version that was read.</summary>
    /// <returns>False where the version to go back to cannot be read; the input is settled.</returns>
    private async Task<bool> MeanAsync(UpdateItem item, AssociationRecord found, CancellationToken stop)
    {
        AssociationEntry current = ReadBackContent.Of(found.Content, item.AssociationId);
        item.Before = current;
        item.RoleBefore = found.AssociationDispatchAssumeRole;
        item.VersionBefore = found.AssociationVersion;
        item.MeantRole = _update.HasDispatchRole ? _update.DispatchRole : found.AssociationDispatchAssumeRole;
        if (item.RestoredVersion is not { } version)
        {
            item.Meant = item.Whole ?? EntryOverlay.Apply(current, item.Changes!, item.Cleared, _update.MergesParameters);
            return true;
        }

        if (await _reader.DescribeAsync(item.AssociationId!, version, stop).ConfigureAwait(false) is not { } old)
        {
            _outcome.Failed(item, ErrorCodes.AssociationDoesNotExist, $"The association has no version {version} to go back to.");
            return false;
        }

        item.Meant = ReadBackContent.Of(old.Content, item.AssociationId);
        item.MeantRole = old.AssociationDispatchAssumeRole;
        return true;
    }

    /// <summary>Settles the input where nothing is to be sent.</summary>
    private bool IsToBeSent(UpdateItem item, AssociationRecord found)
    {
        if (!string.IsNullOrEmpty(found.Content.InstanceId))
        {
            _outcome.NotAttempted(item, ErrorCodes.NotToBeUpdated, "It runs on a legacy InstanceId, which UpdateAssociation does not know. Create an association with Targets InstanceIds=<id> in its place and remove this one.");
            return false;
        }

        if (IsMeant(item, found))
        {
            if (item.KnownVersions.After is not null && item.KnownVersions.After == found.AssociationVersion)
            {
                item.VersionBefore = item.KnownVersions.Before;
                _outcome.Updated(item, found, "Known from the journal of an earlier run; not changed again.").FromJournal = true;
            }
            else
            {
                _outcome.Existing(item, found);
            }

            return false;
        }

        if (Expected(item) is { } expected && expected != found.AssociationVersion && !_update.Overwrites)
        {
            _outcome.Changed(item, $"Somebody changed the association since: it has version {found.AssociationVersion} now, and had {expected}. Nothing was overwritten.");
            return false;
        }

        return true;
    }

    /// <summary>The version that the input goes by, moved on by what this run itself made of it.</summary>
    private string? Expected(UpdateItem item)
    {
        string? expected = item.ExpectedVersion;
        while (expected is not null && _own.TryGetValue((item.Id!.Value, expected), out string? after))
        {
            expected = after;
        }

        return expected;
    }

    /// <summary>Checks the rules on what will exist.</summary>
    private bool Check(UpdateItem item)
    {
        IReadOnlyList<MemberDifference> differences = EntryDifferences.Between(item.Meant!, item.Before!);
        lock (_rules)
        {
            item.Issues = _rules.Check(item.Meant!, item.Before!, differences.Select(static difference => difference.Path), _place.Destination.Region);
        }

        EntryIssue[] errors = item.Issues.Where(static issue => issue.Level == IssueSeverity.Error).ToArray();
        if (errors.Length == 0)
        {
            return true;
        }

        _outcome.Invalid(item, string.Join(" ", errors.Select(static error => error.Line)));
        return false;
    }

    /// <summary>Makes one call.</summary>
    private async Task<bool> SendAsync(UpdateItem item)
    {
        if (!item.IsAnnounced)
        {
            _journal?.WriteIntent(item, _clock.UtcNow);
            item.IsAnnounced = true;
        }

        item.Attempts++;
        item.SentVersion = item.VersionBefore;
        try
        {
            var request = new UpdateRequest(item.AssociationId!, EntryOverlay.Emptying(item.Meant!, item.Before!))
            {
                AssociationVersion = item.VersionBefore,
                AssociationDispatchAssumeRole = item.MeantRole,
            };
            UpdateAnswer answer = await _gateway.UpdateAssociationAsync(request, _place.Control.AbandonToken).ConfigureAwait(false);
            item.RequestId = answer.RequestId ?? item.RequestId;
            item.ServiceTime = answer.ServiceTime;
            Settle(item, answer.Association, null);
            Log(item, $"UpdateAssociation: {item.Result!.Status}.");
            return true;
        }
        catch (OperationCanceledException)
        {
            item.IsUnclear = true;
            throw new GatewayException(GatewayErrorKind.Ambiguous, ErrorCodes.RequestTimeout, "The run was stopped before the service answered; it may have acted.");
        }
        catch (GatewayException error)
        {
            item.RequestId = error.RequestId ?? item.RequestId;
            item.IsUnclear |= error.Kind == GatewayErrorKind.Ambiguous;
            if (!item.IsUnclear && !IsVersionRefusal(error))
            {
                item.SentVersion = null;
            }

            throw;
        }
    }

    /// <summary>Finds out what became of a change that was sent, where the association has another version by now.</summary>
    /// <returns>False where the change is to be made anew, on top of somebody else's.</returns>
    private async Task<bool> SettleSentAsync(UpdateItem item, AssociationRecord found, CancellationToken stop)
    {
        item.IsRefused = false;
        if (!item.IsUnclear)
        {
            // The call is known to have done nothing: whatever the association is now, somebody else made it.
            if (IsMeant(item, found))
            {
                _outcome.Existing(item, found, "Somebody gave the association this content in the meantime; nothing was changed.");
                return true;
            }

            return SettleOvertaken(item, found);
        }

        // Versions count up by one: the one after that which was sent is ours, or nothing is.
        string? next = long.TryParse(item.SentVersion, NumberStyles.None, CultureInfo.InvariantCulture, out long sent) ? (sent + 1).ToString(CultureInfo.InvariantCulture) : null;
        AssociationRecord? first = next is null || found.AssociationVersion == next
            ? found
            : await _reader.DescribeAsync(item.AssociationId!, next, stop).ConfigureAwait(false);
        if (first is null)
        {
            _outcome.Unknown(item, ErrorCodes.RequestTimeout, $"The answer was lost. The association has version {found.AssociationVersion} now, and version {next} cannot be read, which would tell whose change it was.");
            return true;
        }

        if (!IsMeant(item, first) && !IsMeantAndKept(item, first))
        {
            return SettleOvertaken(item, found);
        }

        Settle(item, first, "An answer was lost; reading shows that the change was made.");
        if (found.AssociationVersion != first.AssociationVersion)
        {
            item.Result!.Message += $" Somebody changed the association since: it has version {found.AssociationVersion} now.";
            _log.Warning($"{item.AssociationId}: updated to version {first.AssociationVersion}, and changed by somebody else since; it has version {found.AssociationVersion} now.");
        }

        return true;
    }

    private bool SettleOvertaken(UpdateItem item, AssociationRecord found)
    {
        if (_update.Overwrites)
        {
            item.SentVersion = null;
            item.IsUnclear = false;
            return false;
        }

        _outcome.Changed(item, $"Somebody changed the association since: it has version {found.AssociationVersion} now, and had {item.SentVersion}. Nothing was overwritten.");
        return true;
    }

    private bool SettleRefused(UpdateItem item)
    {
        if (item.IsUnclear)
        {
            _outcome.Unknown(item, ErrorCodes.InvalidAssociationVersion, "An answer was lost, the service then refused the version that it still describes. The description may lag behind.");
        }
        else
        {
            _outcome.Failed(item, ErrorCodes.InvalidAssociationVersion, $"The service refused version {item.SentVersion}, which it still describes.");
        }

        return false;
    }

    /// <summary>Compares what the service says now with what was meant.</summary>
    private void Settle(UpdateItem item, AssociationRecord after, string? message)
    {
        AssociationEntry content = ReadBackContent.Of(after.Content, item.AssociationId);
        AssociationEntry meant = ReadBackContent.Of(item.Meant!, item.AssociationId);
        var moved = new HashSet<string>(EntryDifferences.Between(content, item.Before!).Select(static difference => difference.Path), StringComparer.Ordinal);

        // A value that was neither meant nor there before is one that the service fills in.
        string[] left = ComparedContent.Differences(meant, content)
            .Where(difference => difference.Wanted is not null || !moved.Contains(difference.Path))
            .Select(static difference => difference.Path)
            .ToArray();
        if (left.Length > 0)
        {
            AssociationResult result = _outcome.Failed(item, ErrorCodes.UpdateIncomplete, $"The association was changed to version {after.AssociationVersion}, and has not what was meant in: {string.Join(", ", left)}.", "Server");
            result.AssociationVersion = after.AssociationVersion;
            return;
        }

        _outcome.Updated(item, after, message);
    }

    private static bool IsMeant(UpdateItem item, AssociationRecord record) =>
        item.Meant is not null
        && ComparedContent.Differences(ReadBackContent.Of(item.Meant, item.AssociationId), ReadBackContent.Of(record.Content, item.AssociationId)).Count == 0
        && (item.MeantRole ?? string.Empty) == (record.AssociationDispatchAssumeRole ?? string.Empty);

    /// <summary>What an update makes where the service keeps members that it leaves out, and has no word to empty them.</summary>
    private static bool IsMeantAndKept(UpdateItem item, AssociationRecord record)
    {
        if (item.Meant is null)
        {
            return false;
        }

        AssociationEntry content = ReadBackContent.Of(record.Content, item.AssociationId);
        var moved = new HashSet<string>(EntryDifferences.Between(content, item.Before!).Select(static difference => difference.Path), StringComparer.Ordinal);
        string role = record.AssociationDispatchAssumeRole ?? string.Empty;
        return ComparedContent.Differences(ReadBackContent.Of(item.Meant, item.AssociationId), content).All(difference => difference.Wanted is null && !moved.Contains(difference.Path))
            && (role == (item.MeantRole ?? string.Empty) || (string.IsNullOrEmpty(item.MeantRole) && role == (item.RoleBefore ?? string.Empty)));
    }

    private static bool IsVersionRefusal(GatewayException error) =>
        error.Kind == GatewayErrorKind.Rejected && error.ErrorCode is ErrorCodes.InvalidAssociationVersion or ErrorCodes.InvalidUpdate;

    private async Task GiveUpAsync(UpdateItem item, GatewayException error, string operation)
    {
        item.RequestId = error.RequestId ?? item.RequestId;
        item.FailedOperation = error.Operation ?? operation;
        Log(item, $"{operation}: {error.ErrorCode}; request id {error.RequestId ?? "not given"}.");
        CallFailure.StopWhereNothingCanFollow(_place.Control, error, operation, "Not updated", SensitiveText.Hide(error.Message, item.Described));
        if (item.IsUnclear)
        {
            await LookAsync(item, error.ErrorCode, error.Message).ConfigureAwait(false);
        }
        else if (error.Kind == GatewayErrorKind.NotSent)
        {
            _outcome.NotAttempted(item, error.ErrorCode, error.Message);
        }
        else
        {
            _outcome.Failed(item, error.ErrorCode, error.Message, error.Kind == GatewayErrorKind.Rejected ? "Client" : "Server");
        }
    }

    private async Task TakeStopAsync(UpdateItem item, GatewayException? last)
    {
        StopReason reason = _place.Control.Reason!;
        if (item.IsUnclear)
        {
            await LookAsync(item, last?.ErrorCode ?? reason.ErrorCode, last?.Message ?? reason.Message).ConfigureAwait(false);
        }
        else if (last is not null)
        {
            _outcome.Failed(item, last.ErrorCode, last.Message, "Server").IsRetryable = true;
        }
        else
        {
            _outcome.NotAttempted(item, ErrorCodes.EntryNotAttempted, reason.Message);
        }
    }

    /// <summary>Finds out what became of a change whose answer was lost, where nothing more is sent.</summary>
    private async Task LookAsync(UpdateItem item, string code, string? message)
    {
        string text = string.IsNullOrWhiteSpace(message) ? ErrorCatalog.Find(code).Meaning : MessageText.Sentence(message!);
        try
        {
            AssociationRecord? found = await _reader.DescribeAsync(item.AssociationId!, _place.Control.AbandonToken).ConfigureAwait(false);
            if (found is null || found.AssociationVersion == item.SentVersion)
            {
                // It may still act, or the description may lag behind; the version keeps a second try from doing harm.
                _outcome.Unknown(item, code, text + " The association was looked for afterwards and does not have the change yet.");
            }
            else if (!await SettleSentAsync(item, found, _place.Control.AbandonToken).ConfigureAwait(false))
            {
                _outcome.Changed(item, $"Somebody changed the association since: it has version {found.AssociationVersion} now, and had {item.VersionBefore}.");
            }
        }
        catch (Exception unread) when (unread is OperationCanceledException or GatewayException)
        {
            _outcome.Unknown(item, code, text + " It cannot be told whether the association was changed.");
        }
    }

    private void Record(UpdateItem item)
    {
        if (!item.IsAnnounced)
        {
            return;
        }

        try
        {
            _journal?.WriteOutcome(item);
        }
        catch (JournalException error)
        {
            // What is known is still reported; only nothing more may be changed.
            _place.Control.StopRun(JournalFailure(error));
        }
    }

    private static StopReason JournalFailure(JournalException error) => new(error.ErrorId, "Not updated", error.Message, isFatal: true);

    private void Log(UpdateItem item, string text) => _log.Verbose($"{item.AssociationId}: {text}");
}
