using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Runs;

/// <summary>Why a run sends nothing more.</summary>
internal sealed class StopReason
{
    /// <param name="notDone">What is not done because of it, such as <c>Not sent</c>.</param>
    /// <param name="cause">Why, as the rest of the sentence.</param>
    public StopReason(string errorCode, string notDone, string cause, bool isFatal = false)
    {
        ErrorCode = errorCode;
        Message = notDone + ": " + cause;
        Cause = cause;
        IsFatal = isFatal;
    }

    /// <summary>Code of the error that stopped the run.</summary>
    public string ErrorCode { get; }

    /// <summary>The API's name of the operation that failed; null where none did.</summary>
    public string? Operation { get; init; }

    /// <summary>The reason as a sentence.</summary>
    public string Message { get; }

    /// <summary>The reason without the words for what is not done because of it.</summary>
    public string Cause { get; }

    /// <summary>True where nothing can succeed.</summary>
    public bool IsFatal { get; }

    /// <summary>What to do about the error. What was never sent cannot exist, whatever the code means elsewhere.</summary>
    public string Advice => ErrorCatalog.IsLookFirst(ErrorCode)
        ? "Remove the cause that the message names, then run the command again. What was sent before has results of its own."
        : ErrorCatalog.Advice(ErrorCode, Message, Operation);
}
