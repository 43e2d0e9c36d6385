using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Runs.Create;

/// <summary>
/// Decides when entries without a clear answer are looked for, and what follows from what is found: they are settled, looked
/// for once more when others were sent, or sent again. Safe for concurrent use.
/// </summary>
internal sealed class LookUp
{
    private readonly Reconciler _reconciler;
    private readonly EntrySettler _settler;
    private readonly ServiceClock _serviceClock;
    private readonly RunControl _control;
    private readonly RunLog _log;

    public LookUp(Reconciler reconciler, EntrySettler settler, ServiceClock serviceClock, RunControl control, RunLog log)
    {
        _reconciler = reconciler;
        _settler = settler;
        _serviceClock = serviceClock;
        _control = control;
        _log = log;
    }

    /// <summary>Looks for what became of entries, settles what is found, and sends again what is not there.</summary>
    public async Task FindAsync(BatchWork work, List<WorkItem> doubtful, string code, string? message)
    {
        var again = new List<WorkItem>();
        var undecided = new List<(WorkItem Item, string Reason)>();
        foreach ((WorkItem item, Finding finding) in await _reconciler.FindAsync(doubtful, _control.AbandonToken).ConfigureAwait(false))
        {
            if (finding.Record is not null)
            {
                _settler.Created(item, finding.Record);
            }
            else if (finding.Reason is not null && !_serviceClock.IsVerified && _control.Reason is null && !work.IsDeciding)
            {
                undecided.Add((item, finding.Reason));
            }
            else if (finding.Reason is not null)
            {
                SetUnknown(item, code, message, finding.Reason);
            }
            else if (work.MayTryAgain(item) || (item.Attempts == 0 && _control.Reason is null))
            {
                // What only an earlier run sent has not used up anything of this run's time, however long the looking took.
                item.WasUnclear = true;
                again.Add(item);
            }
            else if (item.Attempts == 0)
            {
                _settler.NotAttempted([item], _control.Reason!);
            }
            else
            {
                _settler.NotThere(item, code, message);
            }
        }

        if (again.Count > 0)
        {
            work.Groups.Push(again);
        }

        foreach ((WorkItem item, string reason) in undecided)
        {
            if (work.Groups.Count > 0)
            {
                // What is sent next may show by which clock records are dated.
                work.Deferred.Add((item, code, message));
            }
            else
            {
                SetUnknown(item, code, message, reason);
            }
        }
    }

    /// <summary>Looks once more for entries of which nothing could be told while the service's clock was not known for sure.</summary>
    public async Task FindDeferredAsync(BatchWork work, List<(WorkItem Item, string Code, string? Message)> deferred)
    {
        foreach (IGrouping<(string Code, string? Message), (WorkItem Item, string Code, string? Message)> same in deferred.GroupBy(static one => (one.Code, one.Message)))
        {
            await FindAsync(work, same.Select(static one => one.Item).ToList(), same.Key.Code, same.Key.Message).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// The service says that an association stands in the way of entries that an earlier call carried without a clear
    /// answer. It may be the one that this call created after it was looked for.
    /// </summary>
    public async Task FindRefusedAsync(List<(WorkItem Item, FailedEntry Failure)> refused)
    {
        List<WorkItem> items = refused.ConvertAll(static one => one.Item);
        foreach ((WorkItem item, Finding finding) in await _reconciler.FindAsync(items, _control.AbandonToken).ConfigureAwait(false))
        {
            FailedEntry failure = refused.Find(one => one.Item == item).Failure;
            if (finding.Record is not null)
            {
                _settler.Created(item, finding.Record);
            }
            else if (finding.Reason is not null)
            {
                _settler.Unknown(item, ErrorCodes.AssociationAlreadyExists, $"{failure.Message} It cannot be told whether this run created it: {finding.Reason}.".TrimStart());
            }
            else
            {
                _settler.Failed(item, ErrorCodes.AssociationAlreadyExists, failure.Message, failure.Fault ?? "Unknown");
            }
        }
    }

    /// <summary>
    /// A call that was given up may act after every look for what it did, and what is then sent again comes twice. That
    /// cannot be prevented, but it can be told when it shows.
    /// </summary>
    public async Task TellSecondsAsync(Batch<WorkItem> batch)
    {
        List<WorkItem> sentAgain = batch.Items.FindAll(static item => item.WasUnclear && item.Result?.State == AssociationStatus.Created);
        if (sentAgain.Count == 0)
        {
            return;
        }

        foreach ((WorkItem item, string id) in await _reconciler.FindSecondAsync(sentAgain, _control.AbandonToken).ConfigureAwait(false))
        {
            string text = $"Another association with the same content, {id}, appeared since the entry was first sent; an earlier call that was not answered in time has probably created it. Delete one of the two.";
            item.Result!.Message = text;
            _log.Warning($"Entry {item.Index} was created as {item.Result.AssociationId}. {text}");
        }
    }

    private void SetUnknown(WorkItem item, string code, string? message, string reason)
    {
        string text = string.IsNullOrWhiteSpace(message) ? ErrorCatalog.Find(code).Meaning : MessageText.Sentence(message!);
        _settler.Unknown(item, code, $"{text} It cannot be told whether it was created: {reason}.");
    }
}
