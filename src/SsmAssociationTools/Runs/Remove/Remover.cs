using System;
using System.Globalization;
using System.Threading.Tasks;
using SsmAssociationTools.Content;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs.Journal;
using SsmAssociationTools.Runs.Read;

namespace SsmAssociationTools.Runs.Remove;

/// <summary>
/// Removes one association after another from one account and Region. Deleting is by id and can be repeated, so what is not
/// known to have been carried out is done again, and a "does not exist" after an unclear answer means that it was carried
/// out. Before each call to delete, the association is read and its content compared. Safe for concurrent use.
/// </summary>
internal sealed class Remover : IDisposable
{
    private readonly IAssociationGateway _gateway;
    private readonly RunOptions _options;
    private readonly GoneAssociations _gone;
    private readonly bool _skipsCheck;
    private readonly RunControl _control;
    private readonly IClock _clock;
    private readonly Retry _retry;
    private readonly RemovalJournal? _journal;
    private readonly RunLog _log;
    private readonly AssociationReader _reader;
    private readonly RemovalOutcome _outcome;
    private readonly ContentAgreement _agreement = new();

    public Remover(
        Place place,
        RunOptions options,
        bool skipsCheck,
        IClock clock,
        Backoff backoff,
        RemovalJournal? journal,
        GoneAssociations gone,
        RunLog log)
    {
        _gateway = place.Gateway;
        _options = options;
        _skipsCheck = skipsCheck;
        _control = place.Control;
        _clock = clock;
        _retry = new Retry(place.Pace, backoff, clock, options);
        _journal = journal;
        _gone = gone;
        _log = log;
        _reader = new AssociationReader(place.Gateway, options, clock, backoff);
        _outcome = new RemovalOutcome(clock);
    }

    /// <summary>The reason of a run that a failure stops under -ErrorAction Stop.</summary>
    public static StopReason StopOnFailure(AssociationRemoval result) =>
        new(ErrorCodes.EntryNotAttempted, "Not removed", $"input {result.Index} has the status {result.Status}, and the error action is Stop.");

    /// <summary>Removes an association.</summary>
    public async Task RemoveAsync(RemovalItem item)
    {
        if (_gone.TryFind(item, out long index))
        {
            _outcome.Absent(item, $"It is the same association as that of input {index}, and gone already.");
            return;
        }

        try
        {
            await TryAsync(item).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The error is in the result; what was called may have acted, and the journal is to say so.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _control.StopRun(new StopReason(ErrorCodes.InternalError, "Not removed", $"an unexpected error ({error.GetType().Name}) stopped the run."));
            _outcome.Unknown(item, ErrorCodes.InternalError, error.Message);
        }

        if (item.Result!.State is RemovalStatus.Removed or RemovalStatus.Absent)
        {
            _gone.Add(item);
        }

        Record(item);
    }

    public void Dispose() => _agreement.Dispose();

    private async Task TryAsync(RemovalItem item)
    {
        GatewayException? last = null;
        string operation = "DescribeAssociation";
        try
        {
            await _retry.CallAsync(
                () => DeleteAsync(item),
                (error, _) =>
                {
                    last = error;
                    return error.Kind is GatewayErrorKind.Throttled or GatewayErrorKind.NotSent or GatewayErrorKind.Ambiguous
                        && item.Attempts < _options.MaxAttempt;
                },
                (error, _, wait) => Log(item, $"{error.ErrorCode}; try {item.Attempts + 1} of at most {_options.MaxAttempt} in {wait.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s."),
                _control.StopToken,
                before: async () =>
                {
                    operation = "DescribeAssociation";
                    bool isChanged = await IsChangedAsync(item).ConfigureAwait(false);
                    operation = "DeleteAssociation";
                    return !isChanged;
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
            _control.StopRun(JournalFailure(error));
            await TakeStopAsync(item, last).ConfigureAwait(false);
        }
    }

    /// <summary>Reads the association, where there is something to compare it with, and settles the input where it differs.</summary>
    private async Task<bool> IsChangedAsync(RemovalItem item)
    {
        if (_skipsCheck || (item.Content is null && !item.IsBoundToVersion))
        {
            return false;
        }

        AssociationRecord? record = await _reader.DescribeAsync(item.AssociationId!, _control.StopToken).ConfigureAwait(false);
        if (record is null)
        {
            // A description may lag behind the creation. What DeleteAssociation says of the id is what counts.
            return false;
        }

        item.WasSeen = true;
        bool isOtherVersion = item.AssociationVersion is not null && record.AssociationVersion is not null && item.AssociationVersion != record.AssociationVersion;
        if (item.IsBoundToVersion && isOtherVersion)
        {
            _outcome.Changed(item, $"Somebody changed the association since it was listed; it was not deleted. It has version {record.AssociationVersion} now, and had {item.AssociationVersion}.");
            return true;
        }

        if (item.Content is null)
        {
            return false;
        }

        bool agrees;
        lock (_agreement)
        {
            // In a version that somebody made later, a member more is not one that the service filled in.
            agrees = isOtherVersion ? _agreement.IsSame(item.Content, record.Content) : _agreement.Covers(item.Content, record.Content);
        }

        if (!agrees)
        {
            string versions = isOtherVersion ? $" It has version {record.AssociationVersion} now, and had {item.AssociationVersion}." : string.Empty;
            _outcome.Changed(item, $"The association has another content than the input says; it was not deleted.{versions}");
        }

        return !agrees;
    }

    /// <summary>Makes one call to delete the association.</summary>
    private async Task<bool> DeleteAsync(RemovalItem item)
    {
        if (!item.IsAnnounced)
        {
            _journal?.WriteIntent(item, _clock.UtcNow);
            item.IsAnnounced = true;
        }

        item.Attempts++;
        try
        {
            bool existed = await _gateway.DeleteAssociationAsync(item.AssociationId!, _control.AbandonToken).ConfigureAwait(false);
            if (existed)
            {
                _outcome.Removed(item);
            }
            else if (item.IsUnclear)
            {
                _outcome.Removed(item, "It is gone: an earlier call, whose answer was missed, deleted it.");
            }
            else
            {
                _outcome.Absent(item, $"There is no association with this id in {_gateway.Region}.");
            }

            Log(item, $"DeleteAssociation: {item.Result!.Status}.");
            return existed;
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
            throw;
        }
    }

    private async Task GiveUpAsync(RemovalItem item, GatewayException error, string operation)
    {
        item.RequestId = error.RequestId ?? item.RequestId;
        item.FailedOperation = error.Operation ?? operation;
        string? message = SensitiveText.Hide(error.Message, item.Content);
        Log(item, $"{operation}: {error.ErrorCode}; request id {error.RequestId ?? "not given"}.");
        CallFailure.StopWhereNothingCanFollow(_control, error, operation, "Not removed", message);
        if (item.IsUnclear)
        {
            await LookAsync(item, error.ErrorCode, message).ConfigureAwait(false);
        }
        else if (error.Kind == GatewayErrorKind.NotSent)
        {
            _outcome.NotAttempted(item, error.ErrorCode, message);
        }
        else
        {
            _outcome.Failed(item, error.ErrorCode, message, mayPass: error.Kind is GatewayErrorKind.Throttled or GatewayErrorKind.Ambiguous);
        }
    }

    private async Task TakeStopAsync(RemovalItem item, GatewayException? last)
    {
        StopReason reason = _control.Reason!;
        string? message = SensitiveText.Hide(last?.Message, item.Content);
        if (item.IsUnclear)
        {
            await LookAsync(item, last?.ErrorCode ?? reason.ErrorCode, message ?? reason.Message).ConfigureAwait(false);
        }
        else if (last is not null)
        {
            _outcome.Failed(item, last.ErrorCode, message, mayPass: true);
        }
        else
        {
            _outcome.NotAttempted(item, ErrorCodes.EntryNotAttempted, reason.Message);
        }
    }

    /// <summary>Finds out what became of an association that a call may have deleted, where nothing more is deleted.</summary>
    private async Task LookAsync(RemovalItem item, string code, string? message)
    {
        string text = string.IsNullOrWhiteSpace(message) ? ErrorCatalog.Find(code).Meaning : MessageText.Sentence(message!);
        try
        {
            if (await _reader.DescribeAsync(item.AssociationId!, _control.AbandonToken).ConfigureAwait(false) is not null)
            {
                _outcome.Failed(item, code, text + " The association was looked for afterwards and is still there.", mayPass: true);
            }
            else if (item.WasSeen)
            {
                _outcome.Removed(item, "It is gone: a call whose answer was missed deleted it.");
            }
            else
            {
                _outcome.Unknown(item, code, text + " The association was looked for afterwards and is not described, which may also be because it is young.");
            }
        }
        catch (Exception unread) when (unread is OperationCanceledException or GatewayException)
        {
            _outcome.Unknown(item, code, text + " It cannot be told whether the association is still there.");
        }
    }

    private void Record(RemovalItem item)
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
            // What is known is still reported; only nothing more may be deleted.
            _control.StopRun(JournalFailure(error));
        }
    }

    private static StopReason JournalFailure(JournalException error) => new(error.ErrorId, "Not removed", error.Message, isFatal: true);

    private void Log(RemovalItem item, string text) => _log.Verbose($"{item.AssociationId}: {text}");
}
