using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Runs.Remove;

/// <summary>
/// The associations of one Region and account: each has its own pace and its own stop, so that none holds up another. An
/// id that comes twice is worked on once at a time, in input order, and not any more once it is gone.
/// </summary>
internal sealed class RemovalLane : IDisposable
{
    private readonly object _gate = new();
    private readonly Remover _remover;
    private readonly RemovalOutcome _outcome;
    private readonly int _limit;
    private readonly Action<RemovalItem> _ended;
    private readonly LinkedList<RemovalItem> _waiting = [];
    private readonly HashSet<Guid> _inFlight = [];

    /// <summary>What this run found to be gone, with the place of the input that it was gone for.</summary>
    private readonly Dictionary<Guid, long> _gone = [];

    public RemovalLane(Destination destination, string? accountId, Remover remover, RunControl control, RemovalOutcome outcome, int limit, Action<RemovalItem> ended)
    {
        Destination = destination;
        AccountId = accountId;
        Control = control;
        _remover = remover;
        _outcome = outcome;
        _limit = limit;
        _ended = ended;
    }

    /// <summary>The Region and the role.</summary>
    public Destination Destination { get; }

    /// <summary>The account; null where it is not known.</summary>
    public string? AccountId { get; }

    /// <summary>Stops the lane.</summary>
    public RunControl Control { get; }

    /// <summary>Calls a second that are let through now; infinite while the service has not throttled.</summary>
    public double Rate => _remover.Rate;

    /// <summary>Takes an input, and starts what may start.</summary>
    public void Add(RemovalItem item)
    {
        lock (_gate)
        {
            _waiting.AddLast(item);
            Start();
        }
    }

    /// <summary>Takes note that an association is gone.</summary>
    public void NoteGone(RemovalItem item)
    {
        lock (_gate)
        {
            if (!_gone.ContainsKey(item.Id!.Value))
            {
                _gone.Add(item.Id.Value, item.Index);
            }
        }
    }

    public void Dispose()
    {
        _remover.Dispose();
        Control.Dispose();
    }

    private void Start()
    {
        HashSet<Guid>? heldUp = null;
        LinkedListNode<RemovalItem>? next = _waiting.First;
        while (next is not null && _inFlight.Count < _limit)
        {
            RemovalItem item = next.Value;
            Guid id = item.Id!.Value;
            LinkedListNode<RemovalItem>? after = next.Next;
            if (_inFlight.Contains(id) || heldUp?.Contains(id) == true)
            {
                (heldUp ??= []).Add(id);
            }
            else
            {
                _waiting.Remove(next);
                if (_gone.TryGetValue(id, out long index))
                {
                    _outcome.Absent(item, $"It is the same association as that of input {index}, and gone already.");
                    _ended(item);
                }
                else
                {
                    _inFlight.Add(id);
                    _ = Task.Run(() => RemoveAsync(item));
                }
            }

            next = after;
        }
    }

    private async Task RemoveAsync(RemovalItem item)
    {
        await _remover.RemoveAsync(item).ConfigureAwait(false);
        lock (_gate)
        {
            if (item.Result!.Status is RemovalStatus.Removed or RemovalStatus.Absent)
            {
                NoteGone(item);
            }

            _inFlight.Remove(item.Id!.Value);
            Start();
        }

        _ended(item);
    }
}
