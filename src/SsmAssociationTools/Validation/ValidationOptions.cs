namespace SsmAssociationTools.Validation;

/// <summary>What the rules may know beside the entry itself.</summary>
internal sealed class ValidationOptions
{
    /// <summary>Region code that the entries are meant for, such as us-east-1; null when it is not known.</summary>
    public string? Region { get; init; }
}
