using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Runs.Read;

/// <summary>
/// Reads what exists. Reading changes nothing, so whatever may pass is tried again. Safe for concurrent use.
/// </summary>
internal sealed class AssociationReader
{
    private readonly IAssociationGateway _gateway;
    private readonly RunOptions _options;
    private readonly IClock _clock;
    private readonly Retry _retry;
    private readonly Action<string>? _log;
    private readonly ServiceClock? _serviceClock;

    public AssociationReader(IAssociationGateway gateway, RunOptions options, IClock clock, Backoff backoff, Action<string>? log = null, ServiceClock? serviceClock = null)
    {
        _log = log;
        _serviceClock = serviceClock;
        _gateway = gateway;
        _clock = clock;
        _options = options;
        _retry = new Retry(new CallPace(clock), backoff, clock, options);
    }

    /// <summary>Lists associations, page after page, each once.</summary>
    /// <param name="pageRead">Told of each page.</param>
    /// <exception cref="GatewayException">The list cannot be read, or has no end.</exception>
    public async Task<List<AssociationRecord>> ListAsync(string? name, string? associationName, CancellationToken cancellationToken, Action? pageRead = null)
    {
        var all = new List<AssociationRecord>();
        var guard = new PageGuard();
        string? mark = null;
        for (bool isRead = false; !isRead;)
        {
            var request = new ListRequest { Name = name, AssociationName = associationName, NextToken = mark };
            try
            {
                ListAnswer page = await ListPageAsync(request, cancellationToken).ConfigureAwait(false);
                pageRead?.Invoke();
                all.AddRange(guard.Take(page));
                mark = page.NextToken;
                isRead = mark is null && !guard.ReadsAgain();
            }
            catch (GatewayException error) when (guard.ReadsAgain(error))
            {
                mark = null;
            }
        }

        return all;
    }

    /// <summary>Reads one page of a list.</summary>
    /// <exception cref="GatewayException">It cannot be read.</exception>
    public Task<ListAnswer> ListPageAsync(ListRequest request, CancellationToken cancellationToken) =>
        TryAsync("ListAssociations", token => ListOnceAsync(request, token), cancellationToken);

    /// <summary>Reads one association whole.</summary>
    /// <exception cref="GatewayException">It cannot be read.</exception>
    public Task<AssociationRecord?> DescribeAsync(string associationId, CancellationToken cancellationToken) =>
        TryAsync("DescribeAssociation", token => _gateway.DescribeAssociationAsync(associationId, token), cancellationToken);

    /// <summary>Reads an earlier version of an association whole; null where there is no such association or version.</summary>
    /// <exception cref="GatewayException">It cannot be read.</exception>
    public async Task<AssociationRecord?> DescribeAsync(string associationId, string version, CancellationToken cancellationToken)
    {
        try
        {
            return await TryAsync("DescribeAssociation", token => ((IFleetGateway)_gateway).DescribeAssociationVersionAsync(associationId, version, token), cancellationToken).ConfigureAwait(false);
        }
        catch (GatewayException error) when (error.ErrorCode == ErrorCodes.InvalidAssociationVersion)
        {
            return null;
        }
    }

    private async Task<ListAnswer> ListOnceAsync(ListRequest request, CancellationToken cancellationToken)
    {
        TimeSpan started = _clock.Uptime;
        try
        {
            ListAnswer page = await _gateway.ListAssociationsAsync(request, cancellationToken).ConfigureAwait(false);
            _serviceClock?.Observe(page.ServiceTime, started);
            return page;
        }
        catch (GatewayException error)
        {
            _serviceClock?.Observe(error.ServiceTime, started);
            throw;
        }
    }

    private async Task<T> TryAsync<T>(string operation, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        (await _retry.CallAsync(
            () => call(cancellationToken),
            (error, failedTries) => error.Kind is GatewayErrorKind.Throttled or GatewayErrorKind.NotSent or GatewayErrorKind.Ambiguous && failedTries < _options.MaxAttempt,
            (error, _, wait) => _log?.Invoke(string.Format(CultureInfo.InvariantCulture, "{0}: {1}; trying again in {2:0.0} s.", operation, error.ErrorCode, wait.TotalSeconds)),
            cancellationToken).ConfigureAwait(false))!;
}
