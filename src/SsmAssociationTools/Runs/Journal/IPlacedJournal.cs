using System;

namespace SsmAssociationTools.Runs.Journal;

/// <summary>A journal that belongs to the places in which its runs worked.</summary>
internal interface IPlacedJournal : IDisposable
{
    /// <summary>The places.</summary>
    JournalPlaces Places { get; }
}
