using System;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Runs;

/// <summary>Why a run sends nothing more.</summary>
internal sealed class StopReason
{
    public StopReason(string errorCode, string message, bool isFatal = false)
    {
        ErrorCode = errorCode;
        Message = message;
        IsFatal = isFatal;
    }

    /// <summary>Code of the error that stopped the run.</summary>
    public string ErrorCode { get; }

    /// <summary>The API's name of the operation that failed; null where none did.</summary>
    public string? Operation { get; init; }

    /// <summary>The reason as a sentence.</summary>
    public string Message { get; }

    /// <summary>The reason without the words for what was not done because of it, with which every message begins.</summary>
    public string Cause => Message.IndexOf(": ", StringComparison.Ordinal) is > 0 and int end ? Message.Substring(end + 2) : Message;

    /// <summary>True where nothing can succeed.</summary>
    public bool IsFatal { get; }

    /// <summary>What to do about the error. What was never sent cannot exist, whatever the code means elsewhere.</summary>
    public string Advice => ErrorCatalog.IsLookFirst(ErrorCode)
        ? "Remove the cause that the message names, then run the command again. What was sent before has results of its own."
        : ErrorCatalog.Advice(ErrorCode, Message, Operation);
}
