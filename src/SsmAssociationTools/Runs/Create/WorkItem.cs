using System;
using System.Collections.Generic;
using SsmAssociationTools.Content;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Runs.Create;

/// <summary>One input on its way from the pipeline to its result.</summary>
internal sealed class WorkItem
{
    public WorkItem(long index, object? inputObject, AssociationEntry? entry, ContentKey key, IReadOnlyList<EntryIssue> issues)
    {
        Index = index;
        InputObject = inputObject;
        Entry = entry;
        Key = key;
        Issues = issues;
    }

    /// <summary>The same entry for a destination.</summary>
    public WorkItem To(Destination destination) => new(Index, InputObject, Entry, Key, Issues) { Destination = destination };

    /// <summary>Place in the input, from 0.</summary>
    public long Index { get; }

    /// <summary>The object that came through the pipeline.</summary>
    public object? InputObject { get; }

    /// <summary>What was read; null where the input is no entry.</summary>
    public AssociationEntry? Entry { get; }

    /// <summary>Key of the entry's canonical content.</summary>
    public ContentKey Key { get; }

    /// <summary>Problems found before sending.</summary>
    public IReadOnlyList<EntryIssue> Issues { get; }

    /// <summary>Where the entry goes; its Region and role are null while or where they are not known.</summary>
    public Destination Destination { get; init; } = Destination.Unknown;

    /// <summary>True for an entry that another run takes.</summary>
    public bool IsOfOtherShard { get; init; }

    /// <summary>The account that the entry goes to; null while or where it is not known.</summary>
    public string? AccountId { get; set; }

    /// <summary>How many calls carried the entry.</summary>
    public int Attempts { get; set; }

    /// <summary>When the entry was first sent, in UTC by this machine's clock; null while it was not.</summary>
    public DateTime? FirstSent { get; set; }

    /// <summary>The journal's name for this entry of this run; null without a journal.</summary>
    public string? JournalKey { get; set; }

    /// <summary>Number of the batch that carried the entry; 0 when it was never sent.</summary>
    public int BatchNumber { get; set; }

    /// <summary>The service's id of the last call that carried the entry.</summary>
    public string? RequestId { get; set; }

    /// <summary>The failure after which the entry is tried again; null where there was none.</summary>
    public FailedEntry? PassingFailure { get; set; }

    /// <summary>
    /// True when a call that carried the entry was not answered clearly, nothing was found of it, and the entry is sent again.
    /// </summary>
    public bool WasUnclear { get; set; }

    /// <summary>What became of the input; null while that is open.</summary>
    public AssociationResult? Result { get; set; }

    /// <summary>True when the run has the result. Set and read by the thread that drives the run.</summary>
    public bool IsSettled { get; set; }
}
