using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs.Journal;
using SsmAssociationTools.Runs.Read;

namespace SsmAssociationTools.Runs.Create;

/// <summary>
/// Sends one batch until each of its entries is settled: retries what is known not to have been executed, narrows a
/// refused call down to the entries it was refused for, and looks up what may have been executed before it is sent again.
/// Here stands the order of these steps; each is a class of its own. Safe for concurrent use.
/// </summary>
internal sealed class BatchSender
{
    private readonly RunOptions _options;
    private readonly RunControl _control;
    private readonly IClock _clock;
    private readonly RunLog _log;
    private readonly ChunkSize _chunk;
    private readonly EntrySettler _settler;
    private readonly IfExistsCheck _ifExists;
    private readonly CreateCall _call;
    private readonly AnswerAccount _account;
    private readonly RefusedCall _refused;
    private readonly LookUp _lookUp;

    public BatchSender(
        IAssociationGateway gateway,
        Destination destination,
        RunOptions options,
        RunControl control,
        CallPace pace,
        IClock clock,
        Backoff backoff,
        Journal? journal,
        Claims claims,
        RunLog log)
    {
        _options = options;
        _control = control;
        _clock = clock;
        _log = log;
        _chunk = new ChunkSize(options.BatchSize);
        var serviceClock = new ServiceClock(clock);
        var filledIn = new FilledInValues();
        var unsettled = new ConcurrentDictionary<WorkItem, bool>();
        var reader = new AssociationReader(gateway, options, clock, backoff, serviceClock: serviceClock);
        var reconciler = new Reconciler(reader, serviceClock, destination, claims, filledIn, unsettled, clock, journal, log);
        var existing = new ExistingList(reader, destination, claims, journal, control.StopToken);
        _settler = new EntrySettler(destination, options, control, new Outcome(clock), claims, existing, journal, unsettled);
        _ifExists = new IfExistsCheck(existing, _settler, options, control);
        _call = new CreateCall(gateway, destination, options, control, pace, clock, backoff, _chunk, serviceClock, journal);
        _account = new AnswerAccount(reconciler, _settler, filledIn, serviceClock, pace, control, log);
        _refused = new RefusedCall(_settler, control, _chunk);
        _lookUp = new LookUp(reconciler, _settler, serviceClock, control, log);
    }

    /// <summary>Sends a batch.</summary>
    public async Task SendAsync(Batch<WorkItem> batch)
    {
        _settler.Begin(batch.Items);
        try
        {
            var work = new BatchWork(batch.Number, _options, _control, _clock, _log);
            await GuardAsync(batch.Items, () => PrepareAsync(batch, work)).ConfigureAwait(false);
            while (work.Groups.Count > 0)
            {
                List<WorkItem> group = work.NextGroup(_chunk.Current);
                await GuardAsync(group, () => SendGroupAsync(work, group)).ConfigureAwait(false);
                _settler.Release(group);
                _settler.Record(group);
                if (work.Groups.Count == 0 && work.Deferred.Count > 0)
                {
                    await DecideDeferredAsync(work).ConfigureAwait(false);
                }
            }

            await GuardAsync(batch.Items, () => _lookUp.TellSecondsAsync(batch)).ConfigureAwait(false);
        }
        finally
        {
            _settler.Release(batch.Items);
        }
    }

    /// <summary>Whatever goes wrong, no entry is left without a result.</summary>
    private async Task GuardAsync(List<WorkItem> items, Func<Task> step)
    {
        try
        {
            await step().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The error is in the results; what was sent may exist.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _settler.Break(items, error);
        }
    }

    /// <summary>Settles what needs no call, and leaves the rest to be sent.</summary>
    private async Task PrepareAsync(Batch<WorkItem> batch, BatchWork work)
    {
        if (_options.IfExists != ExistingAssociationAction.Create && !await _ifExists.TakeAsync(batch).ConfigureAwait(false))
        {
            return;
        }

        // An earlier run sent these, and its journal does not say what became of them.
        List<WorkItem> doubtful = batch.Items.FindAll(static item => item.Result is null && item.FirstSent is not null);
        List<WorkItem> rest = batch.Items.FindAll(static item => item.Result is null && item.FirstSent is null);
        if (doubtful.Count > 0)
        {
            work.Log($"{doubtful.Count} entries were sent by an earlier run without a known outcome; looking for them.");
            await _lookUp.FindAsync(work, doubtful, ErrorCodes.EntryNotReported, null).ConfigureAwait(false);
            _settler.Record(doubtful);
        }

        if (rest.Count > 0)
        {
            work.Groups.Push(rest);
        }
    }

    private async Task SendGroupAsync(BatchWork work, List<WorkItem> group)
    {
        List<WorkItem> doubtful;
        var alreadyThere = new List<(WorkItem Item, FailedEntry Failure)>();
        string code;
        string? message = null;
        try
        {
            CreateBatchAnswer? answer = await _call.SendAsync(work, group).ConfigureAwait(false);
            if (answer is null)
            {
                if (_control.Reason is { } reason)
                {
                    _settler.NotAttempted(group, reason);
                }
                else
                {
                    // Its size was doubted; it is cut up before it is sent again.
                    work.Groups.Push(group);
                }

                return;
            }

            doubtful = await _account.TakeAsync(work, group, answer, alreadyThere).ConfigureAwait(false);
            code = ErrorCodes.EntryNotReported;
        }
        catch (JournalException error)
        {
            _settler.StopBy(error);
            _settler.NotAttempted(group, _control.Reason!);
            return;
        }
        catch (GatewayException error)
        {
            if (error.Kind != GatewayErrorKind.Ambiguous)
            {
                _refused.Take(work, group, error);
                return;
            }

            work.Log($"CreateAssociationBatch with {group.Count} entries: {error.ErrorCode}; request id {error.RequestId ?? "not given"}. Looking for what was created.");
            doubtful = group;
            code = error.ErrorCode;
            message = SensitiveText.Hide(error.Message, group.Select(static item => item.Entry));
        }

        if (doubtful.Count > 0)
        {
            await _lookUp.FindAsync(work, doubtful, code, message).ConfigureAwait(false);
        }

        if (alreadyThere.Count > 0)
        {
            await _lookUp.FindRefusedAsync(alreadyThere).ConfigureAwait(false);
        }
    }

    /// <summary>What was sent since may show by which clock records are dated: entries that hang on that are looked for once more.</summary>
    private async Task DecideDeferredAsync(BatchWork work)
    {
        List<(WorkItem Item, string Code, string? Message)> deferred = [.. work.Deferred];
        work.Deferred.Clear();
        work.IsDeciding = true;
        List<WorkItem> items = deferred.ConvertAll(static one => one.Item);
        await GuardAsync(items, () => _lookUp.FindDeferredAsync(work, deferred)).ConfigureAwait(false);
        _settler.Release(items);
        _settler.Record(items);
    }
}
