using System;
using System.Collections.Generic;
using SsmAssociationTools.Model;

namespace SsmAssociationTools;

/// <summary>
/// What became of one input of Remove-SsmAssociationBatch. There is exactly one for every input, in input order. It can be
/// piped to Remove-SsmAssociationBatch again; its <see cref="InputObject"/> is taken, in the Region and account of the result.
/// </summary>
/// <remarks>
/// Sync-SsmAssociationBatch -Prune returns removals after its results, so a removal has all properties of an
/// <see cref="AssociationResult"/>: a table, a CSV file and a script under strict mode find the same ones on every row. Those that
/// only an entry can have are null or empty.
/// </remarks>
public sealed class AssociationRemoval
{
    internal AssociationRemoval()
    {
    }

    /// <summary>Place in the input, from 0.</summary>
    public long Index { get; internal set; }

    /// <summary>What became of the input.</summary>
    public string Status => State.ToString();

    /// <summary>The same, for the module's own use.</summary>
    internal RemovalStatus State { get; set; }

    /// <summary>Id of the association; null where none can be read.</summary>
    public string? AssociationId { get; internal set; }

    /// <summary>The document's name; null where the input does not tell.</summary>
    public string? Name { get; internal set; }

    /// <summary>The association's descriptive name; null where it has none or the input does not tell.</summary>
    public string? AssociationName { get; internal set; }

    /// <summary>What the association runs on, in short; empty where the input does not tell.</summary>
    public string Target { get; internal set; } = string.Empty;

    /// <summary>Always null: what is removed comes from no file.</summary>
    public string? Source { get; }

    /// <summary>Version of the association, as the input or the list of the service has it; null where neither tells.</summary>
    public string? AssociationVersion { get; internal set; }

    /// <summary>Always null: a removal makes no new version.</summary>
    public string? PreviousVersion { get; }

    /// <summary>Always null: when the association was created is not looked up.</summary>
    public DateTime? Date { get; }

    /// <summary>The service's error code, or this module's id of the error; null without an error.</summary>
    public string? ErrorCode { get; internal set; }

    /// <summary>What happened, in a sentence; null where the status says it all. Holds no value of <c>Parameters</c>.</summary>
    public string? Message { get; internal set; }

    /// <summary>What to do next, in a sentence; null without an error.</summary>
    public string? RecommendedAction { get; internal set; }

    /// <summary>Always null: the service does not say whose fault a removal is that failed.</summary>
    public string? Fault { get; }

    /// <summary>True when the same input may succeed later. Deleting is by id, so trying again deletes nothing else.</summary>
    public bool IsRetryable { get; internal set; }

    /// <summary>How many calls to delete the association were made.</summary>
    public int Attempts { get; internal set; }

    /// <summary>Always null: associations are removed one by one. A result has a number here.</summary>
    public int? BatchNumber { get; }

    /// <summary>The service's id of the last call that failed; null where none did, or the service gave none.</summary>
    public string? RequestId { get; internal set; }

    /// <summary>The Region that the association is in, or was looked for; null where it is not known.</summary>
    public string? Region { get; internal set; }

    /// <summary>The account that was worked in, 12 digits; null where the credentials do not tell.</summary>
    public string? AccountId { get; internal set; }

    /// <summary>ARN of the role that was assumed for it; null for none.</summary>
    public string? RoleArn { get; internal set; }

    /// <summary>True when an earlier run with the same journal made the result; no call was made for it this time.</summary>
    public bool FromJournal { get; internal set; }

    /// <summary>When the outcome was known, in UTC.</summary>
    public DateTime Timestamp { get; internal set; }

    /// <summary>Always empty: no entry was checked.</summary>
    public IReadOnlyList<EntryIssue> Issues { get; } = [];

    /// <summary>Always null: no entry wants the association.</summary>
    public AssociationEntry? Entry { get; }

    /// <summary>Always null, as <see cref="Entry"/> is.</summary>
    public EntryText? EntryJson { get; }

    /// <summary>The object that came through the pipeline.</summary>
    public object? InputObject { get; internal set; }

    /// <summary>Place, status, association and message in a line.</summary>
    /// <returns>Text such as <c>#3 Removed patch-web (AWS-RunPatchBaseline) 33858bec-0c55-4547-a054-eb5fc0000000</c>.</returns>
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
