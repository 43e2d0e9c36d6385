using System;

namespace SsmAssociationTools.Validation;

/// <summary>A document's name, taken out of its ARN where it is one.</summary>
internal readonly struct DocumentReference
{
    private DocumentReference(string name, string? region, string? account)
    {
        Name = name;
        Region = region;
        Account = account;
    }

    /// <summary>The name without ARN; empty where there is none.</summary>
    public string Name { get; }

    /// <summary>Region of the ARN; null for a plain name.</summary>
    public string? Region { get; }

    /// <summary>Account of the ARN, empty for a document of AWS; null for a plain name.</summary>
    public string? Account { get; }

    /// <summary>True for documents of AWS: no customer can give a document a name that begins like theirs.</summary>
    public bool IsAmazon => StartsWith("aws") || StartsWith("amazon") || StartsWith("amzn");

    /// <summary>Reads a name or an ARN.</summary>
    public static DocumentReference Parse(string? name)
    {
        if (name is null || !name.StartsWith("arn:", StringComparison.Ordinal))
        {
            return new DocumentReference(name ?? string.Empty, null, null);
        }

        string[] parts = name.Split([':'], 6);
        const string Kind = "document/";
        if (parts.Length < 6 || parts[2] != "ssm" || !parts[5].StartsWith(Kind, StringComparison.Ordinal))
        {
            return new DocumentReference(name, null, null);
        }

        return new DocumentReference(parts[5].Substring(Kind.Length), parts[3], parts[4]);
    }

    private bool StartsWith(string prefix) => Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);
}
