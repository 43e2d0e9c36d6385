using System.Collections.Generic;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Runs.Create;

/// <summary>What an answer says of which entry.</summary>
internal sealed class MatchedAnswer
{
    /// <summary>Entries that were created.</summary>
    public List<(WorkItem Item, AssociationRecord Record)> Created { get; } = [];

    /// <summary>Entries that were refused.</summary>
    public List<(WorkItem Item, FailedEntry Failure)> Failed { get; } = [];

    /// <summary>Entries that the answer does not mention.</summary>
    public List<WorkItem> NotReported { get; } = [];

    /// <summary>Parts of the answer that speak of no entry of the call.</summary>
    public int UnmatchedParts { get; set; }
}
