using System;

namespace SsmAssociationTools.Runs.Follow;

/// <summary>How associations are followed.</summary>
internal sealed class FollowOptions
{
    /// <summary>True: until each is decided. False: as they stand.</summary>
    public bool Waits { get; init; }

    /// <summary>How long it is waited, at most, from the first input on.</summary>
    public TimeSpan WaitTimeout { get; init; } = TimeSpan.FromSeconds(3600);

    /// <summary>How long an execution may be without a node before it counts as one that reached nobody.</summary>
    public TimeSpan ReachTimeout { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>Associations that are described one by one rather than found in the list, while its length is not known.</summary>
    public int MaxSingles { get; init; } = 4;

    /// <summary>True: outcomes have their nodes.</summary>
    public bool IsDetailed { get; init; }

    /// <summary>True: all nodes, not only those that failed.</summary>
    public bool HasAllNodes { get; init; }
}
