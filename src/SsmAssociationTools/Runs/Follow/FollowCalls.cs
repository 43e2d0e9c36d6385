using System;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Runs.Follow;

/// <summary>
/// Makes the calls of those who follow: few at a time, at the pace of the place, again while that may help, and not any more
/// once the time to wait is over. All of them throw what the gateway throws. Safe for concurrent use.
/// </summary>
internal sealed class FollowCalls : IDisposable
{
    /// <summary>Pages of executions, or of versions, that are read of one association, at most.</summary>
    public const int MaxPages = 20;

    /// <summary>How long calls are tried again once the time to wait is over.</summary>
    private static readonly TimeSpan s_lastTry = TimeSpan.FromSeconds(5);

    /// <summary>How long calls are begun once the time to wait is over.</summary>
    private static readonly TimeSpan s_lastCall = TimeSpan.FromSeconds(30);

    private readonly IFleetGateway _gateway;
    private readonly RunControl _control;
    private readonly RunOptions _options;
    private readonly FollowOptions _follow;
    private readonly FollowTime _time;
    private readonly Retry _retry;
    private readonly SemaphoreSlim _calls;
    private readonly RunLog _log;

    public FollowCalls(Place place, RunOptions options, FollowOptions follow, FollowTime time, Retry retry, RunLog log)
    {
        _gateway = (IFleetGateway)place.Gateway;
        _control = place.Control;
        _options = options;
        _follow = follow;
        _time = time;
        _retry = retry;
        _calls = new SemaphoreSlim(options.ThrottleLimit);
        _log = log;
    }

    private CancellationToken Stop => _control.StopToken;

    public Task<ListAnswer> ListAsync(ListRequest request) =>
        CallAsync(() => _gateway.ListAssociationsAsync(request, Stop), "ListAssociations", static answer => answer.ServiceTime);

    /// <summary>Describes the association of an input; null where there is none.</summary>
    public Task<AssociationRecord?> DescribeAsync(FollowItem item) =>
        CallAsync(() => _gateway.DescribeAssociationAsync(item.AssociationId!, Stop), "DescribeAssociation");

    public Task<VersionsAnswer> VersionsAsync(VersionsRequest request) =>
        CallAsync(() => _gateway.ListAssociationVersionsAsync(request, Stop), "ListAssociationVersions");

    public Task<ExecutionsAnswer> ExecutionsAsync(ExecutionsRequest request) =>
        CallAsync(() => _gateway.DescribeAssociationExecutionsAsync(request, Stop), "DescribeAssociationExecutions", static answer => answer.ServiceTime);

    public Task<ExecutionTargetsAnswer> TargetsAsync(ExecutionTargetsRequest request) =>
        CallAsync(() => _gateway.DescribeAssociationExecutionTargetsAsync(request, Stop), "DescribeAssociationExecutionTargets");

    public void Dispose() => _calls.Dispose();

    private async Task<T> CallAsync<T>(Func<Task<T>> call, string operation, Func<T, DateTime?>? timeOf = null)
    {
        await _calls.WaitAsync(Stop).ConfigureAwait(false);
        try
        {
            if (_follow.Waits && _time.Uptime > _time.Deadline + s_lastCall)
            {
                throw new GatewayException(GatewayErrorKind.Throttled, ErrorCodes.OutcomeUndecided, "There was no time left for the call.");
            }

            return (await _retry.CallAsync(
                () => TimedAsync(call, timeOf),
                (error, failedTries) =>
                    error.Kind is GatewayErrorKind.Throttled or GatewayErrorKind.NotSent or GatewayErrorKind.Ambiguous && failedTries < _options.MaxAttempt,
                (error, _, wait) => _log.Verbose($"{operation}: {error.ErrorCode}; trying again in {wait.TotalSeconds:0.0} s."),
                Stop,
                until: _follow.Waits ? _time.Deadline + s_lastTry : null).ConfigureAwait(false))!;
        }
        finally
        {
            _calls.Release();
        }
    }

    private async Task<T> TimedAsync<T>(Func<Task<T>> call, Func<T, DateTime?>? timeOf)
    {
        TimeSpan begun = _time.Uptime;
        try
        {
            T answer = await call().ConfigureAwait(false);
            _time.Observe(timeOf?.Invoke(answer), begun);
            return answer;
        }
        catch (GatewayException error)
        {
            _time.Observe(error.ServiceTime, begun);
            throw;
        }
    }
}
