namespace SsmAssociationTools.Tests.Reliability;

/// <summary>What a run says of one input.</summary>
internal sealed record ReportedResult(long Index, AssociationStatus Status, string? AssociationId, string Text);
