using System;
using System.Collections.Generic;
using SsmAssociationTools.Model;

namespace SsmAssociationTools;

/// <summary>
/// Why an error record of Start-SsmAssociationBatch was written. A terminating error carries the results of the whole run,
/// the error of one association its result.
/// </summary>
#pragma warning disable CA1032 // Made by the cmdlet only; without results it would say nothing.
public sealed class AssociationStartException : Exception
{
    internal AssociationStartException(string errorCode, string message, IReadOnlyList<AssociationStart> results, Exception? innerException = null)
        : base(VisibleText.Of(message), innerException)
    {
        ErrorCode = errorCode;
        Results = results;
    }

    /// <summary>The service's error code, or this module's id of the error.</summary>
    public string ErrorCode { get; }

    /// <summary>The results that the error speaks of, in input order.</summary>
    public IReadOnlyList<AssociationStart> Results { get; }
}
