namespace SsmAssociationTools.Gateway;

/// <summary>Where the calls of a connection end up.</summary>
/// <param name="Endpoint">Scheme, host and port; for the endpoints of AWS itself the standard one of the Region, whichever is called.</param>
/// <param name="AccountId">The account, 12 digits; null where it is not known.</param>
/// <param name="AccessKey">A hash of the access key's id, which belongs to one account for ever; null where a role was assumed.</param>
internal sealed record ConnectionPlace(string Endpoint, string? AccountId, string? AccessKey);
