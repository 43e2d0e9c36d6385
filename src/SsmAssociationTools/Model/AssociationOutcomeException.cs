using System;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Model;

namespace SsmAssociationTools;

/// <summary>
/// Why an error record of Get-SsmAssociationOutcome was written. A terminating error carries the outcomes of the whole run,
/// the error of one association its outcome.
/// </summary>
#pragma warning disable CA1032 // Made by the cmdlet only; without outcomes it would say nothing.
public sealed class AssociationOutcomeException : Exception
{
    internal AssociationOutcomeException(string errorCode, string message, IReadOnlyList<AssociationOutcome> outcomes, Exception? innerException = null)
        : base(VisibleText.Of(message), innerException)
    {
        ErrorCode = errorCode;
        Outcomes = outcomes;
        Nodes = outcomes.SelectMany(static outcome => outcome.FailedNodes).ToArray();
    }

    /// <summary>This module's id of the error, or the service's error code.</summary>
    public string ErrorCode { get; }

    /// <summary>The outcomes that the error speaks of, in input order.</summary>
    public IReadOnlyList<AssociationOutcome> Outcomes { get; }

    /// <summary>The nodes that failed: of each association all with -Detailed, else up to 50 of each status.</summary>
    public IReadOnlyList<AssociationOutcomeNode> Nodes { get; }
}
