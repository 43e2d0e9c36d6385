namespace SsmAssociationTools.Runs.Follow;

/// <summary>Which executions of an association an input is about.</summary>
internal enum FollowKind
{
    /// <summary>Those of the version that the input names: it was created or changed to it.</summary>
    Version,

    /// <summary>The one that StartAssociationsOnce began.</summary>
    Start,

    /// <summary>The latest of the current version.</summary>
    Current,
}
