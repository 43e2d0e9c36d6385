using System.Collections.Generic;
using SsmAssociationTools.Model;

namespace SsmAssociationTools;

/// <summary>
/// How one wanted entry, or one association that nobody wants, stands to what exists: the output of
/// Compare-SsmAssociationEntry. Piped to New-SsmAssociationBatch, what is missing is created and nothing else; piped to
/// Remove-SsmAssociationBatch, what is extra is removed and nothing else.
/// </summary>
public sealed class AssociationComparison
{
    internal AssociationComparison(ComparisonStatus status, AssociationEntry? entry, ExistingAssociation? existing, IReadOnlyList<MemberDifference> differences)
    {
        State = status;
        Entry = entry;
        Existing = existing;
        Differences = differences;
    }

    /// <summary>Missing, Extra, Changed or Same.</summary>
    public string Status => State.ToString();

    /// <summary>The same, for the module's own use.</summary>
    internal ComparisonStatus State { get; }

    /// <summary>The document's name.</summary>
    public string? Name => (Entry ?? Existing?.Entry)?.Name;

    /// <summary>The association's descriptive name.</summary>
    public string? AssociationName => (Entry ?? Existing?.Entry)?.AssociationName;

    /// <summary>What the association runs on, in short.</summary>
    public string Target => TargetText.Of(Entry ?? Existing?.Entry);

    /// <summary>Id of the existing association; null where it is missing.</summary>
    public string? AssociationId => Existing is { AssociationId.Length: > 0 } existing ? existing.AssociationId : null;

    /// <summary>The members that differ; empty unless the status is Changed.</summary>
    public IReadOnlyList<MemberDifference> Differences { get; }

    /// <summary>File and line that the wanted entry was read from; null where it comes from no file.</summary>
    public string? Source => Entry?.Source;

    /// <summary>The Region that was compared with.</summary>
    public string? Region { get; internal set; }

    /// <summary>The account that was compared with, 12 digits; null where the credentials do not tell.</summary>
    public string? AccountId { get; internal set; }

    /// <summary>ARN of the role through which was compared; null where no role was assumed for it.</summary>
    public string? RoleArn { get; internal set; }

    /// <summary>The wanted entry; null where the association is extra.</summary>
    public AssociationEntry? Entry { get; }

    /// <summary>
    /// The whole entry as one JSON text, with the values of Parameters: what Export-Csv and ConvertTo-Json without -Depth leave whole, so
    /// that it can be read back; null without an entry.
    /// </summary>
    public EntryText? EntryJson => EntryText.Of(Entry);

    /// <summary>The existing association; null where it is missing.</summary>
    public ExistingAssociation? Existing { get; }

    /// <summary>The input that the wanted entry was read from; null where the association is extra.</summary>
    public object? InputObject { get; internal set; }

    /// <summary>Status, content and what differs in a line.</summary>
    /// <returns>Text such as <c>Changed patch-web (AWS-RunPatchBaseline): MaxErrors</c>.</returns>
    public override string ToString()
    {
        var paths = new List<string>();
        foreach (MemberDifference difference in Differences)
        {
            paths.Add(difference.Path);
        }

        return VisibleText.Of($"{Status} {Entry ?? Existing?.Entry}{(paths.Count == 0 ? string.Empty : ": " + string.Join(", ", paths))}");
    }
}
