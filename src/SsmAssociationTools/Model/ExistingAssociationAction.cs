namespace SsmAssociationTools;

/// <summary>What to do with an entry whose association is there already, with the same content.</summary>
public enum ExistingAssociationAction
{
    /// <summary>Create another one, as the service does. Nothing is looked up.</summary>
    Create,

    /// <summary>Create nothing; the result has the status Existing and the id of the association that is there.</summary>
    Skip,

    /// <summary>Create nothing; the result has the status Failed and the id of the association that is there.</summary>
    Fail,
}
