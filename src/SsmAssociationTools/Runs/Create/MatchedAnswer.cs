using System.Collections.Generic;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Runs.Create;

/// <summary>What an answer says of each entry of its call.</summary>
internal sealed class MatchedAnswer
{
    /// <summary>Entries whose associations the answer names. A record may lack its id.</summary>
    public List<(WorkItem Item, AssociationRecord Record)> Created { get; } = [];

    /// <summary>Entries that the answer says were refused.</summary>
    public List<(WorkItem Item, FailedEntry Failure)> Failed { get; } = [];

    /// <summary>
    /// Entries that failed as far as can be told: the answer has as many failures without an entry as there are entries that
    /// it does not mention.
    /// </summary>
    public List<(WorkItem Item, FailedEntry Failure)> ProbablyFailed { get; } = [];

    /// <summary>Entries that the answer does not mention, or not so that it can be told.</summary>
    public List<WorkItem> NotReported { get; } = [];

    /// <summary>
    /// Associations that the answer says were created, and that are no entry's for sure. Each belongs to an entry that is not
    /// reported, so none of these may be sent again while there is one.
    /// </summary>
    public List<AssociationRecord> Unclaimed { get; } = [];

    /// <summary>Failures that fit no entry.</summary>
    public int UnmatchedFailures { get; set; }
}
