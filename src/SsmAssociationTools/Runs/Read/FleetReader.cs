using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Runs.Read;

/// <summary>
/// Reads the associations of one account and Region whole, in the order of the list or of the ids, while the list is read
/// page by page. One thread drives it; calls run beside that thread, and no more associations are held than are being read.
/// </summary>
internal sealed class FleetReader : IDisposable
{
    /// <summary>For each call in flight, associations that may wait for an earlier one: the output is in order.</summary>
    private const int WindowPerCall = 4;

    private static readonly TimeSpan s_idleInterval = TimeSpan.FromMilliseconds(250);

    private readonly AssociationReader _reader;
    private readonly SemaphoreSlim _calls;
    private readonly int _window;
    private readonly Action _idle;
    private readonly CancellationTokenSource _stop;
    private readonly Queue<(string Id, Task<AssociationRecord?> Whole)> _order = new();
    private Task<ListAnswer>? _page;

    public FleetReader(AssociationReader reader, int throttleLimit, Action idle, CancellationToken cancellationToken)
    {
        _reader = reader;
        _calls = new SemaphoreSlim(throttleLimit);
        _window = throttleLimit * WindowPerCall;
        _idle = idle;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    /// <summary>Lines of the list that were read so far.</summary>
    public long Listed { get; private set; }

    /// <summary>Pages of the list that were read so far.</summary>
    public int Pages { get; private set; }

    /// <summary>Associations that were handed back so far.</summary>
    public long Given { get; private set; }

    /// <summary>Reads a list and the whole of each association in it.</summary>
    /// <exception cref="GatewayException">The list or an association cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The reading was ended.</exception>
    public IEnumerable<AssociationRecord> ReadList(ListRequest filter, Func<AssociationRecord, bool> isWanted, Action<string> vanished)
    {
        var guard = new PageGuard();
        _page = PageAsync(filter, null);
        while (_page is not null)
        {
            Wait(_page);
            if (NextPage(filter, guard) is not { } lines)
            {
                continue;
            }

            foreach (AssociationRecord line in lines)
            {
                if (isWanted(line))
                {
                    Add(line.AssociationId!);
                    while (_order.Count >= _window)
                    {
                        if (Take(vanished) is { } whole)
                        {
                            yield return whole;
                        }
                    }
                }
            }
        }

        while (_order.Count > 0)
        {
            if (Take(vanished) is { } whole)
            {
                yield return whole;
            }
        }
    }

    /// <summary>Begins to read an association.</summary>
    /// <param name="version">The version to read; null for the latest one.</param>
    public void Add(string id, string? version = null) =>
        _order.Enqueue((id, CallAsync(token => version is null ? _reader.DescribeAsync(id, token) : _reader.DescribeAsync(id, version, token))));

    /// <summary>Whether an association that was asked for by id can be taken without letting calls idle.</summary>
    /// <returns>False where it is better to ask for more first, or nothing was asked for.</returns>
    public bool IsReady(bool isLast) => _order.Count > 0 && (isLast || _order.Count >= _window || _order.Peek().Whole.IsCompleted);

    /// <summary>Takes the next association that was asked for by id.</summary>
    /// <exception cref="GatewayException">It cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The reading was ended.</exception>
    public AssociationRecord? Take(out string id)
    {
        (id, Task<AssociationRecord?> task) = _order.Peek();
        Wait(task);

        // Not before: what is awaited when the pipeline is stopped is awaited again on disposal.
        _order.Dequeue();
        AssociationRecord? whole = task.GetAwaiter().GetResult();
        Given += whole is null ? 0 : 1;
        return whole;
    }

    /// <summary>Gives up what is being read and waits until it has ended.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        try
        {
            Task.WaitAll(_order.Select(static item => (Task)item.Whole).Concat(_page is null ? [] : [_page]).ToArray());
        }
        catch (AggregateException)
        {
            // Nobody waits for what it would have said.
        }

        _stop.Dispose();
        _calls.Dispose();
    }

    /// <summary>Takes the page that was read, and begins to read the one that follows.</summary>
    /// <returns>The lines that were on no page before; null where the list is read from the beginning.</returns>
    private List<AssociationRecord>? NextPage(ListRequest filter, PageGuard guard)
    {
        try
        {
            ListAnswer page = _page!.GetAwaiter().GetResult();
            Pages++;
            List<AssociationRecord> fresh = guard.Take(page);
            Listed += fresh.Count;
            _page = page.NextToken is not null ? PageAsync(filter, page.NextToken) : guard.ReadsAgain() ? PageAsync(filter, null) : null;
            return fresh;
        }
        catch (GatewayException error) when (guard.ReadsAgain(error))
        {
            _page = PageAsync(filter, null);
            return null;
        }
    }

    private AssociationRecord? Take(Action<string> vanished)
    {
        AssociationRecord? whole = Take(out string id);
        if (whole is null)
        {
            vanished(id);
        }

        return whole;
    }

    private void Wait(Task task)
    {
        while (Task.WaitAny([task], s_idleInterval) < 0)
        {
            _idle();
        }

        _idle();
    }

    private Task<ListAnswer> PageAsync(ListRequest filter, string? mark) => CallAsync(token => _reader.ListPageAsync(
        new ListRequest { Name = filter.Name, AssociationName = filter.AssociationName, Status = filter.Status, NextToken = mark },
        token));

    /// <summary>Begins on another thread: the driving one has objects to write.</summary>
    private Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call)
    {
        CancellationToken token = _stop.Token;
        return Task.Run(
            async () =>
            {
                await _calls.WaitAsync(token).ConfigureAwait(false);
                try
                {
                    return await call(token).ConfigureAwait(false);
                }
                finally
                {
                    _calls.Release();
                }
            },
            token);
    }
}
