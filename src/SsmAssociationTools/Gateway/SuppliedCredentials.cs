using System;

namespace SsmAssociationTools.Gateway;

/// <summary>Credentials that an object of the user's session gives: that of -Credential, or of $StoredAWSCredentials.</summary>
internal sealed class SuppliedCredentials
{
    /// <summary>Makes supplied credentials.</summary>
    /// <param name="read">Reads the keys; may be called from any thread, and throws what the object throws.</param>
    /// <param name="canChange">True where the object may give other keys later, as one that renews itself does.</param>
    public SuppliedCredentials(string description, Func<AccessKeys> read, bool canChange)
    {
        Description = description;
        Read = read;
        CanChange = canChange;
    }

    /// <summary>Where they come from, for verbose text; holds no secret.</summary>
    public string Description { get; }

    /// <summary>Reads the keys; may be called from any thread, and throws what the object throws.</summary>
    public Func<AccessKeys> Read { get; }

    /// <summary>True where the object may give other keys later, as one that renews itself does.</summary>
    public bool CanChange { get; }
}
