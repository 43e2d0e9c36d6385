namespace SsmAssociationTools.Runs.Journal;

/// <summary>Where what a journal speaks of was done.</summary>
/// <param name="Endpoint">The endpoint that was called: scheme, host and port; for those of AWS the standard one of the Region.</param>
/// <param name="Region">Code of the Region.</param>
/// <param name="AccountId">The account, 12 digits; null where it could not be learned.</param>
/// <param name="AccessKey">A hash of the access key's id, which belongs to one account for ever; null where a role was assumed.</param>
internal sealed record JournalPlace(string Endpoint, string Region, string? AccountId, string? AccessKey)
{
    /// <summary>True for the same account, as far as is known.</summary>
    public bool IsOfAccount(JournalPlace other) =>
        AccountId is not null && other.AccountId is not null ? AccountId == other.AccountId : AccessKey is not null && AccessKey == other.AccessKey;

    /// <summary>True for the same endpoint, or that of another Region of the same AWS partition.</summary>
    public bool IsOfService(JournalPlace other) => Region == other.Region
        ? Endpoint == other.Endpoint
        : Endpoint.Replace(Region, "*") == other.Endpoint.Replace(other.Region, "*");

    /// <summary>The place in words.</summary>
    public override string ToString() => $"{Region} of {(AccountId is null ? "an account that is not known" : "the account " + AccountId)} at {Endpoint}";
}
