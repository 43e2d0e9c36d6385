using System;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Runs.Read;

namespace SsmAssociationTools.Runs.Create;

/// <summary>The associations of a place from before the run, read once when they are first asked for, and those that the run created. Safe for concurrent use.</summary>
internal sealed class ExistingList
{
    private readonly Lazy<Task<ExistingAssociations>> _existing;

    public ExistingList(AssociationReader reader, Destination destination, Claims claims, Journal? journal, CancellationToken stop) =>
        _existing = new Lazy<Task<ExistingAssociations>>(() =>
        {
            // What was there before belongs to no entry of the run, unless a run before it sent some without learning what became of them.
            bool mayBeOurs = journal?.HasOpen() == true;
            return ExistingAssociations.ReadAsync(reader, id => !mayBeOurs && claims.TryTake(destination.Place, id), stop);
        });

    /// <exception cref="GatewayException">The list cannot be read.</exception>
    public Task<ExistingAssociations> ReadAsync() => _existing.Value;

    /// <summary>Takes note of what the run created, where the list was read.</summary>
    public void Add(WorkItem item, AssociationRecord record)
    {
        if (_existing.IsValueCreated && _existing.Value.Status == TaskStatus.RanToCompletion)
        {
            _existing.Value.Result.Add(item, record);
        }
    }
}
