using System;
using System.Collections.Generic;

namespace SsmAssociationTools.Gateway;

/// <summary>A managed node, as the service describes it. Its tags are not told.</summary>
internal sealed class NodeRecord
{
    /// <summary>Id of the node.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Online, ConnectionLost or Inactive; there may be new words.</summary>
    public string? PingStatus { get; init; }

    /// <summary>When the node last reported, in UTC.</summary>
    public DateTime? LastPingDateTime { get; init; }

    /// <summary>Windows, Linux or MacOS; there may be new words.</summary>
    public string? PlatformType { get; init; }

    /// <summary>Name of the platform.</summary>
    public string? PlatformName { get; init; }

    /// <summary>Version of the platform.</summary>
    public string? PlatformVersion { get; init; }

    /// <summary>Version of SSM Agent.</summary>
    public string? AgentVersion { get; init; }

    /// <summary>Kind of node: EC2Instance or ManagedInstance.</summary>
    public string? ResourceType { get; init; }

    /// <summary>Name of the computer.</summary>
    public string? ComputerName { get; init; }

    /// <summary>Status of its associations together.</summary>
    public string? AssociationStatus { get; init; }

    /// <summary>When associations last ran there, in UTC.</summary>
    public DateTime? LastAssociationExecutionDate { get; init; }

    /// <summary>Its associations by status; null where the service does not say.</summary>
    public IReadOnlyDictionary<string, int>? AssociationCounts { get; init; }
}
