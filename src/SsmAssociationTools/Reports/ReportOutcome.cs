using System;
using System.Collections.Generic;

namespace SsmAssociationTools.Reports;

/// <summary>How the association of a row turned out on its nodes.</summary>
internal sealed class ReportOutcome
{
    /// <summary>True where every node that was reached is done and none failed.</summary>
    public bool IsApplied { get; init; }

    /// <summary>True where it ended otherwise, or reached nobody.</summary>
    public bool IsFailed { get; init; }

    /// <summary>True where it is not decided yet.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Nodes by status in a line; empty for none.</summary>
    public string Counts { get; init; } = string.Empty;

    /// <summary>Nodes that took it up.</summary>
    public int Nodes { get; init; }

    /// <summary>Of these, those that succeeded.</summary>
    public int AppliedNodes { get; init; }

    /// <summary>Nodes that failed, timed out or were cancelled.</summary>
    public int FailedNodes { get; init; }

    /// <summary>Version of the association.</summary>
    public string? Version { get; init; }

    /// <summary>Id of the execution.</summary>
    public string? ExecutionId { get; init; }

    /// <summary>When the execution was created, in UTC.</summary>
    public DateTime? Created { get; init; }

    /// <summary>When it last made progress, in UTC.</summary>
    public DateTime? Last { get; init; }

    /// <summary>The nodes, as far as the outcome has them.</summary>
    public IReadOnlyList<AssociationOutcomeNode> NodeList { get; init; } = [];
}
