using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Runs.Follow;

/// <summary>What follows from what was read of an association.</summary>
internal readonly record struct FollowVerdict
{
    private FollowVerdict(FollowStep step, OutcomeStatus status = default, string? code = null, string? message = null)
    {
        Step = step;
        Status = status;
        Code = code;
        Message = message;
    }

    /// <summary>What is to be done next.</summary>
    public FollowStep Step { get; }

    /// <summary>The outcome, where it is settled.</summary>
    public OutcomeStatus Status { get; }

    /// <summary>The error; null for the one that belongs to the status, or none.</summary>
    public string? Code { get; }

    /// <summary>The message; null for the one that belongs to the status, or none.</summary>
    public string? Message { get; }

    /// <summary>Nothing is decided: it is looked at again.</summary>
    public static FollowVerdict Open => default;

    /// <summary>It hangs on when the next version was made.</summary>
    public static FollowVerdict NeedsTakeover => new(FollowStep.ReadTakeover);

    /// <summary>It hangs on what the description says.</summary>
    public static FollowVerdict NeedsDescription => new(FollowStep.ReadDescription);

    /// <summary>The execution that counts has ended.</summary>
    public static FollowVerdict Ended(OutcomeStatus status) => new(FollowStep.End, status);

    /// <summary>It is decided without the end of an execution, or stands so.</summary>
    public static FollowVerdict Settled(OutcomeStatus status, string? code = null, string? message = null) => new(FollowStep.Settle, status, code, message);

    /// <summary>It cannot be told.</summary>
    public static FollowVerdict Unknown(string message) => Settled(OutcomeStatus.Unknown, ErrorCodes.OutcomeUnknown, message);
}
