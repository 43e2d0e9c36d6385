namespace SsmAssociationTools.Runs.Update;

/// <summary>Why an input is not changed.</summary>
internal sealed record UpdateRefusal(AssociationStatus Status, string ErrorCode, string Message);
