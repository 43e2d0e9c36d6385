using System;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Gateway;

/// <summary>A call that failed as a whole. Its text is safe to show; AWS SDK types stay inside the adapter.</summary>
#pragma warning disable CA1032, CA1064 // Made in one place by the adapter, caught in one place by Batching; never crosses the module's border.
internal sealed class GatewayException : Exception
{
    public GatewayException(GatewayErrorKind kind, string errorCode, string message, Exception? innerException = null)
        : base(VisibleText.Of(message), innerException)
    {
        Kind = kind;
        ErrorCode = errorCode;
    }

    /// <summary>What the error means for what the call carried.</summary>
    public GatewayErrorKind Kind { get; }

    /// <summary>True where the caller may not use this operation, and may well use others.</summary>
    public bool IsOperationDenied => Kind == GatewayErrorKind.Denied && ErrorCode.StartsWith("AccessDenied", StringComparison.Ordinal);

    /// <summary>The service's error code without namespace or the suffix Exception where the API has none, such as InvalidDocument.</summary>
    public string ErrorCode { get; }

    /// <summary>The API's name of the operation that failed, such as DeleteAssociation; null where it was none of Systems Manager.</summary>
    public string? Operation { get; set; }

    /// <summary>The service's id of the call, where it answered.</summary>
    public string? RequestId { get; init; }

    /// <summary>The HTTP status, where the service answered.</summary>
    public int? StatusCode { get; init; }

    /// <summary>How long the service asks to wait, where it says so; at most five minutes, whatever it says.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The service's time when it answered, in UTC and whole seconds; null where the answer does not tell.</summary>
    public DateTime? ServiceTime { get; set; }
}
