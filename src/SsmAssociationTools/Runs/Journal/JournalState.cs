using System;

namespace SsmAssociationTools.Runs.Journal;

/// <summary>What a journal knows of one entry from earlier runs.</summary>
internal sealed class JournalState
{
    /// <summary>When the entry was first sent; null when it never was.</summary>
    public SentTime? FirstSent { get; set; }

    /// <summary>What became of it; null when it was sent and nothing is known since.</summary>
    public AssociationStatus? Status { get; set; }

    /// <summary>Id of the association.</summary>
    public string? AssociationId { get; set; }

    /// <summary>Version of the association.</summary>
    public string? AssociationVersion { get; set; }

    /// <summary>When the service created the association.</summary>
    public DateTime? Date { get; set; }

    /// <summary>The error code of a failure.</summary>
    public string? ErrorCode { get; set; }

    /// <summary>The text of a failure, without parameter values.</summary>
    public string? Message { get; set; }

    /// <summary>Whose fault a failure is.</summary>
    public string? Fault { get; set; }

    /// <summary>Whether a failure may pass.</summary>
    public bool IsRetryable { get; set; }
}
