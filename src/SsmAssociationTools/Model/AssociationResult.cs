using System;
using System.Collections.Generic;
using SsmAssociationTools.Model;

namespace SsmAssociationTools;

/// <summary>
/// What became of one input of New- or Update-SsmAssociationBatch. There is exactly one for every input, in input order.
/// It can be piped to New-SsmAssociationBatch again; its <see cref="Entry"/> is taken.
/// </summary>
public abstract class AssociationResult
{
    private string? _name;
    private string? _associationName;
    private string? _source;

    private protected AssociationResult()
    {
    }

    /// <summary>Place in the input, from 0.</summary>
    public long Index { get; internal set; }

    /// <summary>What became of the input.</summary>
    public string Status => State.ToString();

    /// <summary>The same, for the module's own use.</summary>
    internal AssociationStatus State { get; set; }

    /// <summary>The document's name.</summary>
    public string? Name { get => _name ?? Entry?.Name; internal set => _name = value; }

    /// <summary>The association's descriptive name.</summary>
    public string? AssociationName { get => _associationName ?? Entry?.AssociationName; internal set => _associationName = value; }

    /// <summary>What the association runs on, in short.</summary>
    public string Target => TargetText.Of(Entry);

    /// <summary>File and line that the entry was read from, such as <c>fleet.csv:12</c>; null where it comes from no file.</summary>
    public string? Source { get => _source ?? Entry?.Source; internal set => _source = value; }

    /// <summary>Id of the association, where one is known.</summary>
    public string? AssociationId { get; internal set; }

    /// <summary>Version of the association, 1 when it is new; null where none is known to exist.</summary>
    public string? AssociationVersion { get; internal set; }

    /// <summary>Version that the association had before this run changed it; null where nothing was changed or read for a change.</summary>
    public string? PreviousVersion { get; internal set; }

    /// <summary>When the service created the association, in UTC, as it says; null where none is known to exist.</summary>
    public DateTime? Date { get; internal set; }

    /// <summary>The service's error code, or this module's id of the error; null without an error.</summary>
    public string? ErrorCode { get; internal set; }

    /// <summary>What happened, in a sentence. Holds no value of <c>Parameters</c>.</summary>
    public string? Message { get; internal set; }

    /// <summary>What to do next, in a sentence; null without an error.</summary>
    public string? RecommendedAction { get; internal set; }

    /// <summary>Whose fault a failure is, as the service says: Client, Server or Unknown; null without an error.</summary>
    public string? Fault { get; internal set; }

    /// <summary>True when sending the same entry again may succeed and cannot create a second association.</summary>
    public bool IsRetryable { get; internal set; }

    /// <summary>How many calls carried the entry; 0 when it was never sent.</summary>
    public int Attempts { get; internal set; }

    /// <summary>Number of the batch that carried the entry, from 1; 0 when it was never sent.</summary>
    public int BatchNumber { get; internal set; }

    /// <summary>The service's id of the last call that carried the entry.</summary>
    public string? RequestId { get; internal set; }

    /// <summary>The Region that the entry was sent to, or was to be sent to.</summary>
    public string? Region { get; internal set; }

    /// <summary>The account that the entry was sent to, 12 digits; null where nothing was to be sent, or the credentials do not tell.</summary>
    public string? AccountId { get; internal set; }

    /// <summary>ARN of the role that was assumed to send the entry, or was to be assumed; null where none was named.</summary>
    public string? RoleArn { get; internal set; }

    /// <summary>True when an earlier run with the same journal made the result; nothing was sent for it this time.</summary>
    public bool FromJournal { get; internal set; }

    /// <summary>When the outcome was known, in UTC.</summary>
    public DateTime Timestamp { get; internal set; }

    /// <summary>The problems found before sending; empty when there are none.</summary>
    public IReadOnlyList<EntryIssue> Issues { get; internal set; } = [];

    /// <summary>The entry as it was read; null where the input could not be read as an entry.</summary>
    public AssociationEntry? Entry { get; internal set; }

    /// <summary>
    /// The whole entry as one JSON text, with the values of Parameters: what Export-Csv and ConvertTo-Json without -Depth leave whole, so
    /// that it can be read back; null without an entry.
    /// </summary>
    public EntryText? EntryJson => EntryText.Of(Entry);

    /// <summary>The object that came through the pipeline.</summary>
    public object? InputObject { get; internal set; }

    /// <summary>Place, status, entry and id or message in a line.</summary>
    /// <returns>Text such as <c>#3 Created AWS-RunPatchBaseline 33858bec-0c55-4547-a054-eb5fc0000000</c>.</returns>
    public override string ToString() =>
        VisibleText.Of($"#{Index} {Status} {Entry?.ToString() ?? "(unreadable)"} {AssociationId ?? Message}".TrimEnd());
}
