using System.Collections.Generic;

namespace SsmAssociationTools.Commands.Output;

/// <summary>What tells failures of one kind, and where one is.</summary>
/// <param name="Code">The error's id.</param>
/// <param name="Place">The input in short: its place in the input, and file and line where it has them.</param>
/// <param name="Issues">The problems found before sending.</param>
internal sealed record FailureFacts(string Code, string Place, IReadOnlyList<EntryIssue> Issues);
