using System;

namespace SsmAssociationTools.Runs;

/// <summary>How a run sends its entries.</summary>
internal sealed class RunOptions
{
    /// <summary>Entries in a call, at most.</summary>
    public int BatchSize { get; init; } = 20;

    /// <summary>Calls in flight, at most.</summary>
    public int ThrottleLimit { get; init; } = 4;

    /// <summary>Calls that may carry one entry, at most.</summary>
    public int MaxAttempt { get; init; } = 8;

    /// <summary>What to do with entries whose association is there already.</summary>
    public ExistingAssociationAction IfExists { get; init; }

    /// <summary>How long one batch may be tried again and again.</summary>
    public TimeSpan MaxElapsed { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long calls in flight are awaited once the run is stopped.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The request-level role, or null.</summary>
    public string? AssociationDispatchAssumeRole { get; init; }

    /// <summary>True: the first failure stops the run.</summary>
    public bool StopOnFailure { get; init; }
}
