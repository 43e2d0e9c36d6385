namespace SsmAssociationTools.Rehearsal;

/// <summary>What UpdateAssociation of an embedded endpoint does with members that a call leaves out.</summary>
public enum OmittedMember
{
    /// <summary>Name and Targets stay, all others are reset: what AWS's own samples show.</summary>
    AsSeen,

    /// <summary>All are reset, as the API reference says; a call without Name is refused.</summary>
    Reset,

    /// <summary>All stay.</summary>
    Keep,
}
