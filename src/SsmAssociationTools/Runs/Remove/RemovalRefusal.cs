namespace SsmAssociationTools.Runs.Remove;

/// <summary>Why no call is made for an input.</summary>
internal sealed record RemovalRefusal(RemovalStatus Status, string ErrorCode, string Message);
