using System;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Aws;

/// <summary>
/// Decides by which clock a call is signed. The SDK remembers for each endpoint, for the whole process, what the last answer said of its
/// clock, and would sign with that whoever was answered. So a client whose own answers agree with this computer's clock signs with it,
/// and what others left behind counts only as far as it can be the fault of a wrong clock. Safe for concurrent use.
/// </summary>
internal sealed class SigningClock : PipelineHandler
{
    /// <summary>A request that is signed this far beside the service's clock is still accepted; five minutes is the limit.</summary>
    private static readonly TimeSpan s_accepted = TimeSpan.FromMinutes(4);

    /// <summary>A clock that is set in another time zone, or to another day, is not further off than this.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(26);

    /// <summary>By how many ticks the service's clock is ahead, by this client's last answer; <see cref="long.MinValue"/> before the first.</summary>
    private long _ahead = long.MinValue;

    /// <summary>Takes note of the date of an answer.</summary>
    public void Observe(DateTime serviceTime) => Interlocked.Exchange(ref _ahead, (serviceTime - SystemTime.UtcNow).Ticks);

    /// <inheritdoc/>
    public override Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        if (executionContext.RequestContext is { ClientConfig: ClientConfig config, Request.Endpoint: { } endpoint })
        {
            config.DisableClockSkewCorrection = !IsCorrected(CorrectClockSkew.GetClockCorrectionForEndpoint(endpoint.ToString()));
        }

        return base.InvokeAsync<T>(executionContext);
    }

    /// <summary>Says whether the SDK is to sign with its correction.</summary>
    internal bool IsCorrected(TimeSpan remembered)
    {
        long ahead = Interlocked.Read(ref _ahead);
        if (ahead == long.MinValue)
        {
            return remembered.Duration() <= s_longest;
        }

        // What another session left behind is not what this client was told. Where the two agree the SDK goes on remembering.
        var own = new TimeSpan(ahead);
        return (remembered - own).Duration() <= s_accepted || (own.Duration() > s_accepted && remembered.Duration() <= s_longest);
    }
}
