using System;
using System.Globalization;
using System.Text.RegularExpressions;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Runs.Create;

/// <summary>
/// How many entries one call of a destination may carry. The service documents no number, and a call that carries too
/// many may be refused for its size or merely throttled; what was learned is remembered for the rest of the run.
/// Safe for concurrent use.
/// </summary>
internal sealed class ChunkSize
{
    /// <summary>Throttles in a row after which a size that was never accepted is doubted.</summary>
    private const int DoubtfulThrottles = 3;

    /// <summary>Accepted calls after which a size that was only doubted is tried again; doubled each time that fails.</summary>
    private const int FirstPatience = 8;

    /// <summary>The list of a call has fewer places than it was given entries.</summary>
    private static readonly Regex s_tooLong = new(
        @"'entries' failed to satisfy constraint: Member must have length less than or equal to ([0-9]{1,6})",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private readonly object _gate = new();
    private readonly int _wanted;

    /// <summary>No call of more entries is made: the service refused one.</summary>
    private int _refusedAbove;

    /// <summary>No call of more entries is made for now: calls of more were throttled again and again.</summary>
    private int _doubtedAbove;
    private int _largestAccepted;
    private int _acceptedSince;
    private int _patience = FirstPatience;

    public ChunkSize(int wanted)
    {
        _wanted = wanted;
        _refusedAbove = wanted;
        _doubtedAbove = wanted;
    }

    /// <summary>Entries in the next call, at most.</summary>
    public int Current
    {
        get
        {
            lock (_gate)
            {
                return Math.Min(_refusedAbove, _doubtedAbove);
            }
        }
    }

    /// <summary>Says whether an error means that the call was too large.</summary>
    public static bool IsTooLarge(GatewayException error) =>
        error.StatusCode == 413
        || error.ErrorCode is "RequestEntityTooLarge" or "RequestEntityTooLargeException" or "RequestTooLarge" or "RequestTooLargeException" or "PayloadTooLargeException" or "RequestSizeLimitExceeded"
        || s_tooLong.IsMatch(error.Message);

    /// <summary>Takes note that the service took a call.</summary>
    public void Accepted(int count)
    {
        lock (_gate)
        {
            if (count > _largestAccepted)
            {
                _largestAccepted = count;
            }

            if (_doubtedAbove < _refusedAbove && ++_acceptedSince >= _patience)
            {
                // The throttling may have been of the rate alone. One try at the double size shows.
                _acceptedSince = 0;
                _patience *= 2;
                _doubtedAbove = Math.Min(_doubtedAbove * 2, _wanted);
            }
        }
    }

    /// <summary>Takes note that the service refused a call for its size.</summary>
    public int Refused(int count, GatewayException error)
    {
        int limit = s_tooLong.Match(error.Message) is { Success: true } named
            ? int.Parse(named.Groups[1].Value, CultureInfo.InvariantCulture)
            : count / 2;
        lock (_gate)
        {
            _refusedAbove = Math.Max(1, Math.Min(_refusedAbove, Math.Min(limit, count - 1)));
            return Math.Min(_refusedAbove, _doubtedAbove);
        }
    }

    /// <summary>Takes note that a call was throttled once more.</summary>
    /// <returns>
    /// True where its size may be the cause, and it is to be halved. Where a call as large was taken before, it is not.
    /// </returns>
    public bool Throttled(int count, int times)
    {
        lock (_gate)
        {
            if (times < DoubtfulThrottles || count < 2 || count <= _largestAccepted)
            {
                return false;
            }

            _doubtedAbove = Math.Max(1, Math.Min(_doubtedAbove, count / 2));
            _acceptedSince = 0;
            return true;
        }
    }
}
