namespace SsmAssociationTools;

/// <summary>What a problem means for its entry.</summary>
public enum IssueSeverity
{
    /// <summary>The service may accept the entry: it is sent.</summary>
    Warning,

    /// <summary>The service would refuse the entry: it is not sent.</summary>
    Error,

    /// <summary>Good to know, and nothing is wrong: it is sent, under -Strict too, and no warning is written.</summary>
    Information,
}
