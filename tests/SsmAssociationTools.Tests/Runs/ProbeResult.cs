using SsmAssociationTools.Runs;

namespace SsmAssociationTools.Tests.Runs;

/// <summary>What became of an id.</summary>
internal sealed record ProbeResult(RunVerdict Verdict, string? Code, string? Text);
