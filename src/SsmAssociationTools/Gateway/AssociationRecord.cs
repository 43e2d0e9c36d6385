using System;

namespace SsmAssociationTools.Gateway;

/// <summary>An association that exists, as the service describes it.</summary>
internal sealed class AssociationRecord
{
    /// <summary>Id of the association.</summary>
    public string? AssociationId { get; init; }

    /// <summary>Version of the association.</summary>
    public string? AssociationVersion { get; init; }

    /// <summary>When it was created, in UTC.</summary>
    public DateTime? Date { get; init; }

    /// <summary>
    /// Its content under the entry's members. From a list only Name, InstanceId, DocumentVersion, Targets,
    /// ScheduleExpression, AssociationName, ScheduleOffset, Duration and TargetMaps are there.
    /// </summary>
    public AssociationEntry Content { get; init; } = new();
}
