using System;
using System.Collections.Generic;
using SsmAssociationTools.Input;
using System.Linq;

namespace SsmAssociationTools.Commands.Output;

/// <summary>What tells failures of one kind, and where one is.</summary>
/// <param name="Code">The error's id.</param>
/// <param name="Place">The input in short: its place in the input, and file and line where it has them.</param>
/// <param name="Issues">The problems found before sending.</param>
/// <param name="IsOfFile">True where the input came from a file, or its cause is that of many.</param>
/// <param name="IsTold">True where the command that read the file has told why.</param>
internal sealed record FailureFacts(string Code, string Place, IReadOnlyList<EntryIssue> Issues, bool IsOfFile = false, bool IsTold = false)
{
    /// <summary>What all that could not be read of files is counted as.</summary>
    public const string Unreadable = "not read from the file";

    /// <summary>What went wrong with an entry, before anything was sent or afterwards.</summary>
    public static FailureFacts Of(AssociationResult result) => new(
        result.ErrorCode!,
        result.Source is { } source ? source : $"{result.Index}",
        result.Issues,
        result.Source is not null || result.Issues.Any(static issue => issue.Message.StartsWith(EntryObjectReader.HeadingInOne, StringComparison.Ordinal)),
        result is { Entry: null, Source: not null });
}
