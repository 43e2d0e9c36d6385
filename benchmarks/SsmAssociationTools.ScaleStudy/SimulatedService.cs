using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs;

namespace SsmAssociationTools.ScaleStudy;

/// <summary>
/// One account-Region: takes so many calls a second, as a token bucket does, answers after a time, and has room for so
/// many associations. Its counts are what the study reads.
/// </summary>
internal sealed class SimulatedService : IAssociationGateway
{
    private const int Quota = 2000;

    private readonly IClock _clock;
    private readonly double _callsPerSecond;
    private readonly TimeSpan _latency;
    private double _tokens;
    private DateTime _filled;

    /// <summary>Makes an account-Region.</summary>
    /// <param name="clock">The time.</param>
    /// <param name="callsPerSecond">Calls that it takes a second; infinite for one that never throttles.</param>
    /// <param name="latency">How long it takes to answer.</param>
    public SimulatedService(IClock clock, double callsPerSecond, TimeSpan latency)
    {
        _clock = clock;
        _callsPerSecond = callsPerSecond;
        _latency = latency;
        _tokens = Math.Max(1, callsPerSecond);
        _filled = clock.UtcNow;
    }

    /// <summary>Calls, throttled ones too.</summary>
    public int Calls { get; private set; }

    /// <summary>Calls that were throttled.</summary>
    public int Throttled { get; private set; }

    /// <summary>Associations that exist.</summary>
    public int Created { get; private set; }

    /// <inheritdoc/>
    public string Region => "us-east-1";

    /// <inheritdoc/>
    public string CredentialSource => "the study";

    /// <inheritdoc/>
    public string? AccountId => null;

    /// <inheritdoc/>
    /// <inheritdoc/>
    public async Task<CreateBatchAnswer> CreateAssociationBatchAsync(CreateBatchRequest request, CancellationToken cancellationToken)
    {
        bool isTaken = Take();
        if (_latency > TimeSpan.Zero)
        {
            await _clock.DelayAsync(_latency, cancellationToken).ConfigureAwait(false);
        }

        if (!isTaken)
        {
            throw new GatewayException(GatewayErrorKind.Throttled, "ThrottlingException", "Rate exceeded");
        }

        int first;
        lock (this)
        {
            first = Created;
            Created += request.Entries.Count;
        }

        return first + request.Entries.Count > Quota
            ? throw new GatewayException(GatewayErrorKind.Rejected, ErrorCodes.AssociationLimitExceeded, string.Empty)
            : new CreateBatchAnswer
            {
                Successful = [.. request.Entries.Select((entry, i) => new AssociationRecord { AssociationId = Guid.NewGuid().ToString(), AssociationVersion = "1", Date = _clock.UtcNow, Content = entry })],
            };
    }

    /// <inheritdoc/>
    public Task<ListAnswer> ListAssociationsAsync(ListRequest request, CancellationToken cancellationToken) => throw NothingToLookFor();

    /// <inheritdoc/>
    public Task<AssociationRecord?> DescribeAssociationAsync(string associationId, CancellationToken cancellationToken) => throw NothingToLookFor();

    /// <inheritdoc/>
    public Task<bool> DeleteAssociationAsync(string associationId, CancellationToken cancellationToken) => throw NothingToLookFor();

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private static InvalidOperationException NothingToLookFor() => new("The simulated service answers every call clearly.");

    private bool Take()
    {
        lock (this)
        {
            Calls++;
            if (double.IsInfinity(_callsPerSecond))
            {
                return true;
            }

            DateTime now = _clock.UtcNow;
            _tokens = Math.Min(Math.Max(1, _callsPerSecond), _tokens + ((now - _filled).TotalSeconds * _callsPerSecond));
            _filled = now;
            if (_tokens < 1)
            {
                Throttled++;
                return false;
            }

            _tokens--;
            return true;
        }
    }
}
