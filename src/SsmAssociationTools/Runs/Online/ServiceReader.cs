using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Runs.Read;

namespace SsmAssociationTools.Runs.Online;

/// <summary>
/// Asks the service of one place, at one pace and with few calls in flight. Reading changes nothing, so whatever may pass is
/// tried again; an operation that failed for good is not called once more: each answer would be the same. Safe for concurrent use.
/// </summary>
internal sealed class ServiceReader : IDisposable
{
    private readonly IFleetGateway _gateway;
    private readonly RunOptions _options;
    private readonly Retry _retry;
    private readonly SemaphoreSlim _calls;
    private readonly Action<string> _log;
    private readonly ConcurrentDictionary<string, GatewayException> _closed = new(StringComparer.Ordinal);

    public ServiceReader(IFleetGateway gateway, RunOptions options, IClock clock, Backoff backoff, Action<string> log)
    {
        _gateway = gateway;
        _options = options;
        _log = log;
        _retry = new Retry(new CallPace(clock), backoff, clock, options);
        _calls = new SemaphoreSlim(options.ThrottleLimit);
    }

    /// <exception cref="GatewayException">There is none, or it cannot be read.</exception>
    public Task<DocumentRecord> DescribeDocumentAsync(DocumentRequest request, CancellationToken stop) =>
        CallAsync("DescribeDocument", token => _gateway.DescribeDocumentAsync(request, token), stop);

    /// <exception cref="GatewayException">There is none, or it cannot be read.</exception>
    public Task<DocumentContent> GetDocumentAsync(DocumentRequest request, CancellationToken stop) =>
        CallAsync("GetDocument", token => _gateway.GetDocumentAsync(request, token), stop);

    /// <exception cref="GatewayException">There is no such calendar, or it cannot be read.</exception>
    public Task<CalendarAnswer> GetCalendarStateAsync(string calendar, CancellationToken stop) =>
        CallAsync("GetCalendarState", token => _gateway.GetCalendarStateAsync([calendar], at: null, token), stop);

    /// <summary>Lists the associations that exist.</summary>
    /// <exception cref="GatewayException">The list cannot be read to its end.</exception>
    public Task<List<AssociationRecord>> ListAssociationsAsync(CancellationToken stop) => PagesAsync(
        async mark =>
        {
            ListAnswer page = await CallAsync("ListAssociations", token => _gateway.ListAssociationsAsync(new ListRequest { NextToken = mark }, token), stop).ConfigureAwait(false);
            return (page.Associations, page.NextToken);
        },
        static line => line.AssociationId,
        "associations");

    /// <summary>Lists the nodes that filters leave, page after page, each once.</summary>
    /// <exception cref="GatewayException">The list cannot be read to its end.</exception>
    public Task<List<NodeRecord>> ListNodesAsync(IReadOnlyList<NodeFilter> filters, CancellationToken stop) => PagesAsync(
        async mark =>
        {
            var request = new NodesRequest { Filters = filters, NextToken = mark };
            NodesAnswer page = await CallAsync("DescribeInstanceInformation", token => _gateway.DescribeInstanceInformationAsync(request, token), stop).ConfigureAwait(false);
            return (page.Nodes, page.NextToken);
        },
        static node => node.InstanceId,
        "nodes");

    public void Dispose()
    {
        _calls.Dispose();
        _gateway.Dispose();
    }

    private static async Task<List<T>> PagesAsync<T>(Func<string?, Task<(IReadOnlyList<T> Lines, string? NextToken)>> read, Func<T, string?> idOf, string what)
    {
        var all = new List<T>();
        var guard = new PageGuard();
        string? mark = null;
        for (bool isRead = false; !isRead;)
        {
            try
            {
                (IReadOnlyList<T> lines, string? next) = await read(mark).ConfigureAwait(false);
                all.AddRange(guard.Take(lines, next, idOf, what));
                mark = next;
                isRead = mark is null && !guard.ReadsAgain();
            }
            catch (GatewayException error) when (guard.ReadsAgain(error))
            {
                mark = null;
            }
        }

        return all;
    }

    private async Task<T> CallAsync<T>(string operation, Func<CancellationToken, Task<T>> call, CancellationToken stop)
    {
        await _calls.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            if (_closed.TryGetValue(operation, out GatewayException? closed))
            {
                throw closed;
            }

            return (await _retry.CallAsync(
                () => call(stop),
                (error, failedTries) => error.Kind is GatewayErrorKind.Throttled or GatewayErrorKind.NotSent or GatewayErrorKind.Ambiguous && failedTries < _options.MaxAttempt,
                (error, _, wait) => _log(string.Format(CultureInfo.InvariantCulture, "{0}: {1}; trying again in {2:0.0} s.", operation, error.ErrorCode, wait.TotalSeconds)),
                stop).ConfigureAwait(false))!;
        }
        catch (GatewayException error) when (error.Kind != GatewayErrorKind.Rejected)
        {
            _closed.TryAdd(operation, error);
            throw;
        }
        finally
        {
            _calls.Release();
        }
    }
}
