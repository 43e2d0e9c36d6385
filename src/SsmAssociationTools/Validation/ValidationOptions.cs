using System;

namespace SsmAssociationTools.Validation;

/// <summary>What the rules may know beside the entry itself.</summary>
internal sealed class ValidationOptions
{
    /// <summary>Region code that the entries are meant for, such as us-east-1; null when it is not known.</summary>
    public string? Region { get; init; }

    /// <summary>Finds documents that the user gives as files, by name; null for none.</summary>
    public Func<string, KnownDocument?>? Documents { get; init; }
}
