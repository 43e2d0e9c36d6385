namespace SsmAssociationTools;

/// <summary>What became of one input.</summary>
public enum AssociationStatus
{
    /// <summary>The association was created by this run; its id is known.</summary>
    Created,

    /// <summary>An association with the same content was there already; its id is known, and nothing was done.</summary>
    Existing,

    /// <summary>The service refused the entry; nothing was created.</summary>
    Failed,

    /// <summary>The entry breaks a rule and was not sent.</summary>
    Invalid,

    /// <summary>The entry was sent and it is not known whether the service acted. Look before sending it again.</summary>
    Unknown,

    /// <summary>The entry was not sent, and nothing was created.</summary>
    NotAttempted,

    /// <summary>The association was changed by this run; it has a new version.</summary>
    Updated,
}
