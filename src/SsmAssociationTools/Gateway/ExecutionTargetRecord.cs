using System;

namespace SsmAssociationTools.Gateway;

/// <summary>What an execution did on one node or other resource, as the service describes it.</summary>
internal sealed class ExecutionTargetRecord
{
    /// <summary>Id of the association.</summary>
    public string? AssociationId { get; init; }

    /// <summary>The version of the association that ran.</summary>
    public string? AssociationVersion { get; init; }

    /// <summary>Id of the execution.</summary>
    public string? ExecutionId { get; init; }

    /// <summary>Id of the node or other resource.</summary>
    public string? ResourceId { get; init; }

    /// <summary>Type of the resource, such as ManagedInstance.</summary>
    public string? ResourceType { get; init; }

    /// <summary>Status in the service's words; there may be new ones.</summary>
    public string? Status { get; init; }

    /// <summary>More on the status.</summary>
    public string? DetailedStatus { get; init; }

    /// <summary>When it last ran there, in UTC.</summary>
    public DateTime? LastExecutionDate { get; init; }

    /// <summary>Id of the command or automation that has the output; null where there is none.</summary>
    public string? OutputSourceId { get; init; }

    /// <summary>What has the output, such as RunCommand or Automation.</summary>
    public string? OutputSourceType { get; init; }
}
