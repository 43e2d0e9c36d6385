namespace SsmAssociationTools.Runs.Remove;

/// <summary>Why no call is made for an input.</summary>
/// <param name="Status">Invalid or NotAttempted.</param>
/// <param name="ErrorCode">Id of the error.</param>
/// <param name="Message">The reason as a sentence.</param>
internal sealed record RemovalRefusal(RemovalStatus Status, string ErrorCode, string Message);
