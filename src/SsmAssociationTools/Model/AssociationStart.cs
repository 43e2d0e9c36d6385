using System;
using SsmAssociationTools.Model;

namespace SsmAssociationTools;

/// <summary>
/// What became of one input of Start-SsmAssociationBatch. There is exactly one for every input, in input order. Piped to
/// Get-SsmAssociationOutcome, it stands for the run that was started, not for an earlier or later one.
/// </summary>
public sealed class AssociationStart
{
    internal AssociationStart()
    {
    }

    /// <summary>Place in the input, from 0.</summary>
    public long Index { get; internal set; }

    /// <summary>What became of the input.</summary>
    public string Status => State.ToString();

    /// <summary>The same, for the module's own use.</summary>
    internal StartStatus State { get; set; }

    /// <summary>Id of the association; null where none can be read.</summary>
    public string? AssociationId { get; internal set; }

    /// <summary>The document's name; null where the input does not tell.</summary>
    public string? Name { get; internal set; }

    /// <summary>The association's descriptive name; null where it has none or the input does not tell.</summary>
    public string? AssociationName { get; internal set; }

    /// <summary>What the association runs on, in short; empty where the input does not tell.</summary>
    public string Target { get; internal set; } = string.Empty;

    /// <summary>
    /// The service's time after which the run was started, in UTC, as its answers tell: a lower bound to about a second. Null
    /// where nothing was started.
    /// </summary>
    public DateTime? StartedAfter { get; internal set; }

    /// <summary>The service's time before which the run was started, in UTC: an upper bound. Null where nothing was started.</summary>
    public DateTime? StartedBefore { get; internal set; }

    /// <summary>The service's error code, or this module's id of the error; null without an error.</summary>
    public string? ErrorCode { get; internal set; }

    /// <summary>What happened, in a sentence; null where the status says it all.</summary>
    public string? Message { get; internal set; }

    /// <summary>What to do next, in a sentence; null without an error.</summary>
    public string? RecommendedAction { get; internal set; }

    /// <summary>True when the same input may succeed later and nothing was started for it now.</summary>
    public bool IsRetryable { get; internal set; }

    /// <summary>How many calls carried the id; more than one only where the earlier ones are known to have started nothing.</summary>
    public int Attempts { get; internal set; }

    /// <summary>Number of the batch that carried the id, from 1; 0 when it was never sent.</summary>
    public int BatchNumber { get; internal set; }

    /// <summary>The service's id of the last call that carried the id; null where it gave none.</summary>
    public string? RequestId { get; internal set; }

    /// <summary>The Region of the association; null where it is not known.</summary>
    public string? Region { get; internal set; }

    /// <summary>The account that was worked in, 12 digits; null where the credentials do not tell.</summary>
    public string? AccountId { get; internal set; }

    /// <summary>ARN of the role that was assumed for it; null for none.</summary>
    public string? RoleArn { get; internal set; }

    /// <summary>True where an earlier run with the same journal started it; no call was made for it this time.</summary>
    public bool FromJournal { get; internal set; }

    /// <summary>When this was known, in UTC.</summary>
    public DateTime Timestamp { get; internal set; }

    /// <summary>The object that came through the pipeline.</summary>
    public object? InputObject { get; internal set; }

    /// <summary>Place, status, association and message in a line.</summary>
    /// <returns>Text such as <c>#3 Started patch-web (AWS-RunPatchBaseline) 33858bec-0c55-4547-a054-eb5fc0000000</c>.</returns>
    public override string ToString()
    {
        string what = AssociationName is null ? Name ?? string.Empty : Name is null ? AssociationName : $"{AssociationName} ({Name})";
        string text = $"#{Index} {Status}";
        foreach (string? part in new[] { what, AssociationId ?? "(no id)", Message })
        {
            text += string.IsNullOrEmpty(part) ? string.Empty : " " + part;
        }

        return VisibleText.Of(text);
    }
}
