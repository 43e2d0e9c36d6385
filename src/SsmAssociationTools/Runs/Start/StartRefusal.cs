namespace SsmAssociationTools.Runs.Start;

/// <summary>Why no run is started for an input.</summary>
internal sealed record StartRefusal(StartStatus Status, string ErrorCode, string Message);
