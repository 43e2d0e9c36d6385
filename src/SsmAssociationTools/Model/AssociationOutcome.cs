using System;
using System.Collections.Generic;
using SsmAssociationTools.Model;

namespace SsmAssociationTools;

/// <summary>
/// How one association turned out: the output of Get-SsmAssociationOutcome. There is exactly one for every input, in input
/// order. It can be piped to Get-SsmAssociationOutcome again, which goes on with the same version or run, and to
/// Start-SsmAssociationBatch, which runs the association once more.
/// </summary>
public sealed class AssociationOutcome
{
    internal AssociationOutcome()
    {
    }

    /// <summary>Place in the input, from 0.</summary>
    public long Index { get; internal set; }

    /// <summary>How it turned out, or where it stands.</summary>
    public string Status => State.ToString();

    /// <summary>The same, for the module's own use.</summary>
    internal OutcomeStatus State { get; set; }

    /// <summary>Id of the association; null where the input has none.</summary>
    public string? AssociationId { get; internal set; }

    /// <summary>The document's name; null where neither the input nor the service tells.</summary>
    public string? Name { get; internal set; }

    /// <summary>The association's descriptive name; null where it has none.</summary>
    public string? AssociationName { get; internal set; }

    /// <summary>What the association runs on, in short.</summary>
    public string Target { get; internal set; } = string.Empty;

    /// <summary>File and line that the entry was read from, such as <c>fleet.csv:12</c>; null where it comes from no file.</summary>
    public string? Source { get; internal set; }

    /// <summary>The version of the association that this is about; null where it is not known.</summary>
    public string? AssociationVersion { get; internal set; }

    /// <summary>Id of the execution; null where there is none yet.</summary>
    public string? ExecutionId { get; internal set; }

    /// <summary>More on the status, in the service's words; null where it says nothing.</summary>
    public string? DetailedStatus { get; internal set; }

    /// <summary>Nodes and other resources by status, in the service's words; empty as long as nobody has picked it up.</summary>
    public IReadOnlyDictionary<string, int> StatusCounts { get; internal set; } = new Dictionary<string, int>();

    /// <summary>The same numbers in a line, such as <c>Failed=1, Success=3</c>; empty without any.</summary>
    public string Counts { get; internal set; } = string.Empty;

    /// <summary>Nodes and other resources that took it up; null where the service does not say.</summary>
    public int? NodeCount { get; internal set; }

    /// <summary>Of these, those that failed, timed out or were cancelled; null where the service does not say.</summary>
    public int? FailedNodeCount { get; internal set; }

    /// <summary>When the execution was created, in UTC by the service's clock; null without an execution.</summary>
    public DateTime? CreatedTime { get; internal set; }

    /// <summary>When it last made progress, in UTC by the service's clock; null where the service does not say.</summary>
    public DateTime? LastExecutionDate { get; internal set; }

    /// <summary>When the association runs next, in UTC; only where the status is Scheduled and the schedule tells.</summary>
    public DateTime? NextRun { get; internal set; }

    /// <summary>
    /// With -Detailed, the nodes and other resources that failed, timed out or were cancelled; with -AllNodes all of them.
    /// Empty otherwise.
    /// </summary>
    public IReadOnlyList<AssociationOutcomeNode> Nodes { get; internal set; } = [];

    /// <summary>This module's id of the error, or the service's error code; null without an error.</summary>
    public string? ErrorCode { get; internal set; }

    /// <summary>What happened, in a sentence; null where the status says it all. Holds no value of <c>Parameters</c>.</summary>
    public string? Message { get; internal set; }

    /// <summary>What to do next, in a sentence; null where nothing is to be done.</summary>
    public string? RecommendedAction { get; internal set; }

    /// <summary>The service's time after which the run was started that this is about, in UTC; null where the version tells which runs count.</summary>
    public DateTime? StartedAfter { get; internal set; }

    /// <summary>The service's time before which it was started, in UTC; null where the version tells which runs count.</summary>
    public DateTime? StartedBefore { get; internal set; }

    /// <summary>The Region of the association; null where it is not known.</summary>
    public string? Region { get; internal set; }

    /// <summary>The account of the association, 12 digits; null where the credentials do not tell.</summary>
    public string? AccountId { get; internal set; }

    /// <summary>ARN of the role through which was read; null for none.</summary>
    public string? RoleArn { get; internal set; }

    /// <summary>When this was known, in UTC.</summary>
    public DateTime Timestamp { get; internal set; }

    /// <summary>The object that came through the pipeline.</summary>
    public object? InputObject { get; internal set; }

    /// <summary>The nodes that failed, as far as they were read for the error.</summary>
    internal IReadOnlyList<AssociationOutcomeNode> FailedNodes { get; set; } = [];

    /// <summary>Place, status, association and numbers in a line.</summary>
    /// <returns>Text such as <c>#3 Failed patch-web (AWS-RunPatchBaseline) 33858bec-0c55-4547-a054-eb5fc0000000 Failed=1, Success=3</c>.</returns>
    public override string ToString()
    {
        string what = AssociationName is null ? Name ?? string.Empty : Name is null ? AssociationName : $"{AssociationName} ({Name})";
        string text = $"#{Index} {Status}";
        foreach (string? part in new[] { what, AssociationId ?? "(no id)", Counts })
        {
            text += string.IsNullOrEmpty(part) ? string.Empty : " " + part;
        }

        return VisibleText.Of(text);
    }
}
