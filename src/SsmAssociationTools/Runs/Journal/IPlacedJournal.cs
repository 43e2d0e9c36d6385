using System;

namespace SsmAssociationTools.Runs.Journal;

/// <summary>A journal that belongs to the places in which its runs worked.</summary>
internal interface IPlacedJournal : IDisposable
{
    /// <summary>The places.</summary>
    JournalPlaces Places { get; }

    /// <summary>Takes a line of an earlier run, with where it begins; false where it is none of this journal.</summary>
    bool TakeLine(JournalLine line, long at);
}
