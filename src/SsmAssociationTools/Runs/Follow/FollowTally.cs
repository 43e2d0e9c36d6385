using System.Globalization;
using System.Threading;

namespace SsmAssociationTools.Runs.Follow;

/// <summary>Counts for progress, over all places. Safe for concurrent use.</summary>
internal sealed class FollowTally
{
    private int _waiting;
    private int _failed;
    private int _failedNodes;

    /// <summary>Takes note of inputs that begin or end to wait.</summary>
    public void AddWaiting(int count) => Interlocked.Add(ref _waiting, count);

    /// <summary>Takes note of an association that failed.</summary>
    public void AddFailed() => Interlocked.Increment(ref _failed);

    /// <summary>Takes note of failed nodes, also of executions that go on.</summary>
    public void AddFailedNodes(int count) => Interlocked.Add(ref _failedNodes, count);

    /// <summary>The counts in words; null while there is nothing to tell.</summary>
    public string? Text
    {
        get
        {
            int waiting = Volatile.Read(ref _waiting);
            int failed = Volatile.Read(ref _failed);
            int nodes = Volatile.Read(ref _failedNodes);
            return waiting == 0 && failed == 0 && nodes == 0
                ? null
                : string.Format(CultureInfo.CurrentCulture, "{0:#,0} failed, on {1:#,0} nodes; {2:#,0} waiting", failed, nodes, waiting);
        }
    }
}
