namespace SsmAssociationTools.HostileService;

/// <summary>What the service does with the members that an update leaves out. Nobody can see which of these is true.</summary>
public enum UpdateReading
{
    /// <summary>All are emptied, as the API page says.</summary>
    ResetsAll,

    /// <summary>Name and Targets stay, as in AWS's own samples; all others are emptied.</summary>
    AsInSamples,

    /// <summary>All stay.</summary>
    KeepsAll,
}
