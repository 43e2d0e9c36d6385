namespace SsmAssociationTools.Runs.Follow;

/// <summary>What is to be done next of an input.</summary>
internal enum FollowStep
{
    /// <summary>Look again later.</summary>
    LookAgain,

    /// <summary>Read when the next version was made, and decide again.</summary>
    ReadTakeover,

    /// <summary>Read the description, and decide again.</summary>
    ReadDescription,

    /// <summary>Read the nodes that are asked for, and settle it.</summary>
    End,

    /// <summary>Settle it.</summary>
    Settle,
}
