namespace SsmAssociationTools.Runs.Follow;

/// <summary>The outcome of an input that no call is made for.</summary>
internal sealed record FollowRefusal(OutcomeStatus Status, string? ErrorCode, string? Message);
