using System;
using SsmAssociationTools.Model;

namespace SsmAssociationTools;

/// <summary>What an execution did on one managed node, or on another resource of a runbook.</summary>
public sealed class AssociationOutcomeNode
{
    internal AssociationOutcomeNode(string resourceId) => ResourceId = resourceId;

    /// <summary>Id of the node, such as <c>i-0123456789abcdef0</c>, or of what else a runbook works on.</summary>
    public string ResourceId { get; }

    /// <summary>Type of the resource, such as ManagedInstance; null where the service does not say.</summary>
    public string? ResourceType { get; internal set; }

    /// <summary>Status there in the service's words, such as Success, Failed, TimedOut, InProgress or Pending.</summary>
    public string? Status { get; internal set; }

    /// <summary>More on the status, as the service says it.</summary>
    public string? DetailedStatus { get; internal set; }

    /// <summary>When it last ran there, in UTC.</summary>
    public DateTime? LastExecutionDate { get; internal set; }

    /// <summary>Id of the command or automation that has the output; null where there is none. With the node, it finds the output: Get-SSMCommandInvocation of AWS.Tools.</summary>
    public string? OutputSourceId { get; internal set; }

    /// <summary>What has the output: RunCommand or Automation.</summary>
    public string? OutputSourceType { get; internal set; }

    /// <summary>Node, status and output in a line.</summary>
    /// <returns>Text such as <c>i-0123456789abcdef0 Failed 1bd8b8d7-0b3f-4ad9-a1f0-3a8a3d9b1f5e</c>.</returns>
    public override string ToString() => VisibleText.Of($"{ResourceId} {Status} {OutputSourceId}".TrimEnd());
}
