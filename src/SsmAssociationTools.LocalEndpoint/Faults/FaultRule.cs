using System;

namespace SsmAssociationTools.LocalEndpoint.Faults;

/// <summary>One fault as its notation describes it.</summary>
internal sealed class FaultRule
{
    /// <summary>Makes a rule.</summary>
    /// <param name="operation">Operation it is for; null for all.</param>
    /// <param name="trigger">Which calls.</param>
    /// <param name="effect">What happens.</param>
    public FaultRule(string? operation, FaultTrigger trigger, FaultEffect effect)
    {
        Operation = operation;
        Trigger = trigger;
        Effect = effect;
    }

    /// <summary>Operation it is for; null for all.</summary>
    public string? Operation { get; }

    /// <summary>Which calls.</summary>
    public FaultTrigger Trigger { get; }

    /// <summary>What happens.</summary>
    public FaultEffect Effect { get; }

    /// <summary>Whether the call is carried out all the same; null where the notation leaves it to the effect's default.</summary>
    public bool? Acted { get; set; }

    /// <summary>HTTP status code; null for the error's own.</summary>
    public int? Status { get; set; }

    /// <summary>Value of Retry-After in seconds; null leaves the header out.</summary>
    public int? RetryAfter { get; set; }

    /// <summary>Error code; null for the effect's own.</summary>
    public string? Code { get; set; }

    /// <summary>Error text; null for the error's own.</summary>
    public string? Message { get; set; }

    /// <summary>Fault of a failed entry: Client, Server or Unknown; null for the error's own.</summary>
    public string? Fault { get; set; }

    /// <summary>Share of a list's items, from 0 to 1.</summary>
    public double Share { get; set; } = 1;

    /// <summary>How long.</summary>
    public TimeSpan Duration { get; set; }

    /// <summary>How many list calls.</summary>
    public long ListCalls { get; set; }

    /// <summary>Calls a second that pass a rate limit.</summary>
    public double PerSecond { get; set; }

    /// <summary>Calls that pass a rate limit at once.</summary>
    public double Burst { get; set; }

    /// <summary>Whether null replaces only lists that are empty.</summary>
    public bool EmptyListsOnly { get; set; }

    /// <summary>Whether a missing text is an empty one instead of none.</summary>
    public bool EmptyText { get; set; }

    /// <summary>Whether it changes an answer and can be combined, instead of taking its place.</summary>
    public bool IsModifier => Effect is FaultEffect.Reorder or FaultEffect.Omit or FaultEffect.NullLists
        or FaultEffect.NoMessage or FaultEffect.Lag or FaultEffect.FailEntries;
}
