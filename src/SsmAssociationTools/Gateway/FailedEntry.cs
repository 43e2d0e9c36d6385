namespace SsmAssociationTools.Gateway;

/// <summary>One refused entry of an answer. The service gives neither code nor place.</summary>
internal sealed class FailedEntry
{
    /// <summary>The entry as the service echoes it: members may be missing, filled in or in another order; null where it is missing.</summary>
    public AssociationEntry? Entry { get; init; }

    /// <summary>The reason; null or empty where the service gives none.</summary>
    public string? Message { get; init; }

    /// <summary>Client, Server or Unknown; null where the service gives none.</summary>
    public string? Fault { get; init; }
}
