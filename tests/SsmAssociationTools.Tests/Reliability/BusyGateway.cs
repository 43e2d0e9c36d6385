using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Runs;

namespace SsmAssociationTools.Tests.Reliability;

/// <summary>A service that takes so many calls a second and refuses the others, as a token bucket does.</summary>
internal sealed class BusyGateway : IAssociationGateway
{
    private static readonly TimeSpan s_latency = TimeSpan.FromMilliseconds(80);

    private readonly IClock _clock;
    private readonly double _perSecond;
    private readonly double _burst;
    private double _tokens;
    private DateTime _filled;

    public BusyGateway(IClock clock, double perSecond, double burst)
    {
        _clock = clock;
        _perSecond = perSecond;
        _burst = burst;
        _tokens = burst;
        _filled = clock.UtcNow;
    }

    public int Attempted { get; private set; }

    public int Accepted { get; private set; }

    public int Created { get; private set; }

    public string Region => "us-east-1";

    public string CredentialSource => "the test";

    public string? AccountId => null;

    public async Task<CreateBatchAnswer> CreateAssociationBatchAsync(CreateBatchRequest request, CancellationToken cancellationToken)
    {
        Attempted++;
        _tokens = Math.Min(_burst, _tokens + ((_clock.UtcNow - _filled).TotalSeconds * _perSecond));
        _filled = _clock.UtcNow;
        bool isTaken = _tokens >= 1;
        if (isTaken)
        {
            _tokens--;
            Accepted++;
        }

        await _clock.DelayAsync(s_latency, cancellationToken).ConfigureAwait(false);
        if (!isTaken)
        {
            throw new GatewayException(GatewayErrorKind.Throttled, "ThrottlingException", "Rate exceeded");
        }

        return new CreateBatchAnswer
        {
            Successful = request.Entries.Select(entry => new AssociationRecord { AssociationId = $"id-{++Created}", Content = entry, Date = _clock.UtcNow }).ToList(),
        };
    }

    public Task<ListAnswer> ListAssociationsAsync(ListRequest request, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("A throttled call was not executed; there is nothing to look for.");

    public Task<AssociationRecord?> DescribeAssociationAsync(string associationId, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("A throttled call was not executed; there is nothing to look for.");

    public Task<bool> DeleteAssociationAsync(string associationId, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("A run of this gateway deletes nothing.");

    public void Dispose()
    {
    }
}
