using System.Collections.Generic;
using System.Linq;

namespace SsmAssociationTools.Files;

/// <summary>What was read of one record of a file.</summary>
internal sealed class ImportedEntry(
    string source,
    long line,
    AssociationEntry? entry,
    IReadOnlyList<ImportProblem> errors,
    IReadOnlyList<EntryIssue> issues,
    IReadOnlyList<ImportProblem> warnings)
{
    /// <summary>File and line, such as <c>fleet.csv:12</c>.</summary>
    public string Source { get; } = source;

    /// <summary>Line of the file, from 1.</summary>
    public long Line { get; } = line;

    /// <summary>The entry; null where there are errors.</summary>
    public AssociationEntry? Entry { get; } = entry;

    /// <summary>Why there is no entry: member, what is wrong, what to do. Holds no value of Parameters.</summary>
    public IReadOnlyList<string> Errors { get; } = errors.Select(static error => error.Text).ToList();

    /// <summary>True where an error of another record has said all.</summary>
    public bool IsTold { get; init; }

    /// <summary>True where other records are lost in this one, so that nothing after it can be trusted.</summary>
    public bool IsRestInDoubt { get; init; }

    /// <summary>Member and rule of each error.</summary>
    public IReadOnlyList<string> ErrorKinds { get; } = errors.Select(static error => error.Kind).Distinct().ToList();

    /// <summary>The same, as issues.</summary>
    public IReadOnlyList<EntryIssue> Issues { get; } = issues;

    /// <summary>What was left out or may be meant otherwise.</summary>
    public IReadOnlyList<ImportProblem> Warnings { get; } = warnings;
}
