using System;

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

    /// <summary>The reason as a sentence.</summary>
    public string Message { get; }

    /// <summary>The reason without the words for what was not done because of it, with which every message begins.</summary>
    public string Cause => Message.IndexOf(": ", StringComparison.Ordinal) is > 0 and int end ? Message.Substring(end + 2) : Message;

    /// <summary>True where nothing can succeed.</summary>
    public bool IsFatal { get; }
}
