using System;
using System.Collections.Generic;
using SsmAssociationTools.Input;
using System.Linq;

namespace SsmAssociationTools.Commands.Output;

/// <summary>What tells failures of one kind, and where one is.</summary>
/// <param name="Code">The error's id.</param>
/// <param name="Place">The input in short: its place in the input, and file and line where it has them.</param>
/// <param name="Issues">The problems found before sending.</param>
/// <param name="IsOfFile">True where the cause most likely stands in a file, and is that of many.</param>
internal sealed record FailureFacts(string Code, string Place, IReadOnlyList<EntryIssue> Issues, bool IsOfFile = false)
{
    /// <summary>What was found wrong with an entry before anything was sent.</summary>
    public static FailureFacts Of(AssociationResult result) => new(
        result.ErrorCode!,
        $"{result.Index}{ErrorRecords.Place(result.Entry)}",
        result.Issues,
        result.State == AssociationStatus.Invalid && (result.Source is not null || result.Issues.Any(static issue => issue.Message.StartsWith(EntryReader.HeadingInOne, StringComparison.Ordinal))));
}
