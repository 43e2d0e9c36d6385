using System;
using System.Collections.Generic;
using SsmAssociationTools.Model;

namespace SsmAssociationTools;

/// <summary>What is known of one entry, without calling the service or, with -Online, from it: the output of Test-SsmAssociationEntry.</summary>
public sealed class EntryValidation
{
    private string? _source;

    /// <summary>Makes a verdict on one input.</summary>
    /// <param name="index">Place in the input, from 0.</param>
    /// <param name="entry">What was read, or null where the input could not be read as an entry.</param>
    /// <param name="inputObject">The object that came through the pipeline.</param>
    /// <param name="issues">All problems, in the order of the members.</param>
    public EntryValidation(long index, AssociationEntry? entry, object? inputObject, IReadOnlyList<EntryIssue> issues)
    {
        if (issues is null)
        {
            throw new ArgumentNullException(nameof(issues));
        }

        Index = index;
        Entry = entry;
        InputObject = inputObject;
        Issues = issues;
        foreach (EntryIssue issue in issues)
        {
            switch (issue.Level)
            {
                case IssueSeverity.Error:
                    ErrorCount++;
                    break;
                case IssueSeverity.Warning:
                    WarningCount++;
                    break;
                default:
                    InformationCount++;
                    break;
            }
        }
    }

    /// <summary>Place in the input, from 0.</summary>
    public long Index { get; }

    /// <summary>True when the input is an entry and has no error; warnings do not count.</summary>
    public bool IsValid => ErrorCount == 0 && Entry is not null;

    /// <summary>The document's name.</summary>
    public string? Name => Entry?.Name;

    /// <summary>The association's descriptive name.</summary>
    public string? AssociationName => Entry?.AssociationName;

    /// <summary>What the association runs on, in short.</summary>
    public string Target => TargetText.Of(Entry);

    /// <summary>File and line that the entry was read from, such as <c>fleet.csv:12</c>; null where it comes from no file.</summary>
    public string? Source { get => _source ?? Entry?.Source; internal set => _source = value; }

    /// <summary>
    /// How many managed nodes the targets select now, as -Online saw it: 0 where none is selected, null where it was not looked
    /// at or cannot be. Nodes that are stopped are not counted.
    /// </summary>
    public int? NodeCount { get; internal set; }

    /// <summary>Ids of the first of these nodes, 10 at most, in the order of the service; empty where there are none.</summary>
    public IReadOnlyList<string> FirstNodeIds { get; internal set; } = [];

    /// <summary>How many issues are errors.</summary>
    public int ErrorCount { get; }

    /// <summary>How many issues are warnings.</summary>
    public int WarningCount { get; }

    /// <summary>How many issues are only good to know.</summary>
    public int InformationCount { get; }

    /// <summary>All problems, in the order of the members, and after them what -Online saw; empty when there are none.</summary>
    public IReadOnlyList<EntryIssue> Issues { get; }

    /// <summary>What was read; null where the input could not be read as an entry.</summary>
    public AssociationEntry? Entry { get; }

    /// <summary>
    /// The whole entry as one JSON text, with the values of Parameters: what Export-Csv and ConvertTo-Json without -Depth leave whole, so
    /// that it can be read back; null without an entry.
    /// </summary>
    public EntryText? EntryJson => EntryText.Of(Entry);

    /// <summary>The object that came through the pipeline.</summary>
    public object? InputObject { get; }

    /// <summary>Place, verdict and counts in a line.</summary>
    /// <returns>Text such as <c>#3 AWS-RunPatchBaseline: 1 error, 0 warnings</c>.</returns>
    public override string ToString() =>
        VisibleText.Of($"#{Index} {(Source is null ? string.Empty : Source + " ")}{Entry?.ToString() ?? "(unreadable)"}: {ErrorCount} error(s), {WarningCount} warning(s)");
}
