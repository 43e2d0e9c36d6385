using System;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Runs.Journal;

/// <summary>A journal that cannot be opened, read or written. The text says why and what to do.</summary>
#pragma warning disable CA1032, CA1064 // Made by the journal, turned into an error record by the cmdlet.
internal sealed class JournalException : Exception
{
    public JournalException(string errorId, string message, Exception? innerException = null)
        : base(VisibleText.Of(message), innerException) => ErrorId = errorId;

    /// <summary>Stable id, such as JournalInUse.</summary>
    public string ErrorId { get; }
}
