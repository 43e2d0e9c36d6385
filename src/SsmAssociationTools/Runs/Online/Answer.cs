using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Runs.Online;

/// <summary>What the service said to a question, or why it said nothing.</summary>
/// <param name="Value">The answer; the default where there is none.</param>
/// <param name="Failure">Why there is none; null where there is one.</param>
internal sealed record Answer<T>(T? Value, GatewayException? Failure);
