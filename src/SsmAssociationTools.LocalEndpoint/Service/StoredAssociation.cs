using System;
using System.Collections.Generic;

namespace SsmAssociationTools.LocalEndpoint.Service;

/// <summary>An association that exists.</summary>
internal sealed class StoredAssociation
{
    /// <summary>Makes an association.</summary>
    /// <param name="id">Association id.</param>
    /// <param name="name">Document as the request named it.</param>
    /// <param name="description">Its AssociationDescription as JSON, UTF-8.</param>
    public StoredAssociation(string id, string name, byte[] description)
    {
        Id = id;
        Name = name;
        Description = description;
    }

    /// <summary>Association id.</summary>
    public string Id { get; }

    /// <summary>Document as the request named it.</summary>
    public string Name { get; private set; }

    /// <summary>Its AssociationDescription as JSON, UTF-8.</summary>
    public byte[] Description { get; private set; }

    /// <summary>AssociationVersion.</summary>
    public int Version { get; set; } = 1;

    /// <summary>All versions that are known, the current one last.</summary>
    public List<StoredVersion> Versions { get; } = [];

    /// <summary>Managed node of an association made with InstanceId; null otherwise.</summary>
    public string? InstanceId { get; set; }

    /// <summary>AssociationName; null for none.</summary>
    public string? AssociationName { get; set; }

    /// <summary>Overview.Status: Pending, unless a state file says something else.</summary>
    public string? Status { get; set; }

    /// <summary>When it last ran, UTC; null unless a state file says so, because nothing runs here.</summary>
    public DateTime? LastExecution { get; set; }

    /// <summary>Managed nodes that it names, by InstanceId or in its targets; "*" is not one.</summary>
    public IReadOnlyList<string> Nodes { get; set; } = [];

    /// <summary>Resource groups that its targets name.</summary>
    public IReadOnlyList<string> ResourceGroups { get; set; } = [];

    /// <summary>What only one association may have, such as a document on one managed node; null when it may be repeated.</summary>
    public string? UniqueKey { get; set; }

    /// <summary>Place in the order of creation.</summary>
    public long Sequence { get; set; }

    /// <summary>When it was created, UTC.</summary>
    public DateTime Created { get; set; }

    /// <summary>When it was changed last, UTC; null where the description does not say.</summary>
    public DateTime? Updated { get; set; }

    /// <summary>Whether it has been deleted.</summary>
    public bool IsDeleted { get; set; }

    /// <summary>Its tags.</summary>
    public SortedDictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    /// <summary>Notes the current state as a version.</summary>
    /// <param name="listCalls">How many list calls had been answered when it was made.</param>
    public void NoteVersion(long listCalls) => Versions.Add(new StoredVersion(Version, Description, Updated ?? Created, listCalls));

    /// <summary>Becomes another version of itself.</summary>
    /// <param name="next">The version, as an association of its own.</param>
    public void TakeOver(StoredAssociation next)
    {
        Name = next.Name;
        Description = next.Description;
        Version = next.Version;
        AssociationName = next.AssociationName;
        Status = next.Status;
        LastExecution = next.LastExecution;
        Nodes = next.Nodes;
        ResourceGroups = next.ResourceGroups;
        UniqueKey = next.UniqueKey;
        Updated = next.Updated;
    }
}
