using System.Collections.Generic;
using SsmAssociationTools.Content;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Input;
using SsmAssociationTools.Runs.Create;

namespace SsmAssociationTools.Commands;

/// <summary>An input that was read and checked, before anything is done with it.</summary>
/// <param name="Index">Place in the input, from 0.</param>
/// <param name="Facts">What it says.</param>
/// <param name="Key">Key of the entry's canonical content.</param>
/// <param name="Destination">The destination that it names for itself.</param>
/// <param name="Issues">What is wrong with it.</param>
internal readonly record struct CheckedInput(long Index, InputFacts Facts, ContentKey Key, Destination Destination, IReadOnlyList<EntryIssue> Issues)
{
    /// <summary>The entry as far as it can be read; null where the input is none.</summary>
    public AssociationEntry? Entry => Facts.Entry;

    /// <summary>Why nothing is sent for it; null where it is to be sent.</summary>
    public Standing? Standing { get; init; }

    /// <summary>True for an entry that another run takes.</summary>
    public bool IsOfOtherShard { get; init; }

    /// <summary>The work that it is in the place that it names.</summary>
    public WorkItem ToItem() => ToItem(Destination);

    /// <summary>The work that it is in one of its places.</summary>
    public WorkItem ToItem(Destination destination) => new(Index, Facts.Input, Facts.Entry, Key, Issues) { Destination = destination, Facts = Facts, Standing = Standing };
}
