namespace SsmAssociationTools.Runs;

/// <summary>Why a run sends nothing more.</summary>
internal sealed class StopReason
{
    /// <summary>Makes a reason.</summary>
    /// <param name="errorCode">Code of the error that stopped the run, or EntryNotAttempted when the user stopped it.</param>
    /// <param name="message">The reason as a sentence for the entries that were not attempted.</param>
    /// <param name="isFatal">True where nothing can succeed, so that the command ends with a terminating error.</param>
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

    /// <summary>True where nothing can succeed.</summary>
    public bool IsFatal { get; }
}
