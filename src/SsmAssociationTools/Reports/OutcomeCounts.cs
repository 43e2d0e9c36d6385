using System;

namespace SsmAssociationTools.Reports;

/// <summary>Outcomes added up: of a document, or of all.</summary>
internal sealed class OutcomeCounts
{
    /// <summary>Associations.</summary>
    public long Associations { get; private set; }

    /// <summary>Of these, those that applied.</summary>
    public long Applied { get; private set; }

    /// <summary>Those that failed or reached nobody.</summary>
    public long Failed { get; private set; }

    /// <summary>Those that are not decided.</summary>
    public long Open { get; private set; }

    /// <summary>The rest: scheduled, superseded, deleted, not created, skipped, unknown.</summary>
    public long Others => Associations - Applied - Failed - Open;

    /// <summary>Runs on nodes: a node counts once for each association.</summary>
    public long Nodes { get; private set; }

    /// <summary>Of these, those that succeeded.</summary>
    public long AppliedNodes { get; private set; }

    /// <summary>Of these, those that failed, timed out or were cancelled.</summary>
    public long FailedNodes { get; private set; }

    /// <summary>When the first execution was created, in UTC; null without any.</summary>
    public DateTime? First { get; private set; }

    /// <summary>When the last one made progress, in UTC.</summary>
    public DateTime? Last { get; private set; }

    public void Add(ReportOutcome outcome)
    {
        Associations++;
        Applied += outcome.IsApplied ? 1 : 0;
        Failed += outcome.IsFailed ? 1 : 0;
        Open += outcome.IsOpen ? 1 : 0;
        Nodes += outcome.Nodes;
        AppliedNodes += outcome.AppliedNodes;
        FailedNodes += outcome.FailedNodes;
        First = First is null || outcome.Created < First ? outcome.Created ?? First : First;
        DateTime? last = outcome.Last ?? outcome.Created;
        Last = Last is null || last > Last ? last ?? Last : Last;
    }
}
