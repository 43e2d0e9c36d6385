using System;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Runs.Create;

/// <summary>Looks before anything is sent whether the association of an entry is there already, as -IfExists asks. Safe for concurrent use.</summary>
internal sealed class IfExistsCheck
{
    private readonly ExistingList _existing;
    private readonly EntrySettler _settler;
    private readonly RunOptions _options;
    private readonly RunControl _control;

    public IfExistsCheck(ExistingList existing, EntrySettler settler, RunOptions options, RunControl control)
    {
        _existing = existing;
        _settler = settler;
        _options = options;
        _control = control;
    }

    /// <summary>Settles the entries whose association is there already.</summary>
    /// <returns>False where that cannot be found out: nothing is sent, and the run settles what is left without a result.</returns>
    public async Task<bool> TakeAsync(Batch<WorkItem> batch)
    {
        try
        {
            ExistingAssociations existing = await _existing.ReadAsync().ConfigureAwait(false);
            foreach (WorkItem item in batch.Items)
            {
                if (await existing.FindAsync(item, _control.StopToken).ConfigureAwait(false) is not { } record)
                {
                    // What an earlier run sent is looked for by content that only agrees, further on.
                    if (item.FirstSent is null && existing.OfSameName(item) is { Count: > 0 } others)
                    {
                        _settler.Differs(item, others);
                    }

                    continue;
                }

                // It is this entry's, so a look-up for another one does not take it.
                _settler.Claim(record.AssociationId);
                if (_options.IfExists == ExistingAssociationAction.Skip || item.FirstSent is not null)
                {
                    // What an earlier run sent may well be what is there: that is no refusal.
                    _settler.Existing(item, record);
                }
                else
                {
                    _settler.Refused(item, record);
                }
            }

            return true;
        }
        catch (GatewayException error)
        {
            _control.Stop(new StopReason(error.ErrorCode, "Not sent", $"-IfExists needs the list of associations, and ListAssociations failed with {error.ErrorCode}. {error.Message}".TrimEnd(), isFatal: true) { Operation = error.Operation ?? "ListAssociations" });
        }
        catch (OperationCanceledException)
        {
            // The run was stopped; its reason stands.
        }

        return false;
    }
}
