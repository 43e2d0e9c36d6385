using System.Collections.Generic;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Validation;

/// <summary>What only the service knows of an entry: the rules of Test-SsmAssociationEntry -Online. Its issues have the source "service".</summary>
internal static class ServiceRules
{
    /// <summary>The source of issues that rest on an answer of the service.</summary>
    public const string Source = "service";

    public static RuleDefinition DocumentNotFound { get; } = new(
        "Document.NotFound",
        IssueSeverity.Error,
        "The document exists in the account and Region.",
        "Name = Nobody-Has-This",
        "documented: API reference, DescribeDocument (InvalidDocument); checked with -Online");

    public static RuleDefinition DocumentVersionNotFound { get; } = new(
        "Document.VersionNotFound",
        IssueSeverity.Error,
        "The document has the version.",
        "DocumentVersion = 7 of a document with two versions",
        "documented: API reference, DescribeDocument (InvalidDocumentVersion); checked with -Online");

    public static RuleDefinition DocumentNotActive { get; } = new(
        "Document.NotActive",
        IssueSeverity.Warning,
        "The document is active.",
        "Name = (a document whose creation failed)",
        "documented: API model, DocumentStatus; checked with -Online");

    public static RuleDefinition DocumentNotSeen { get; } = new(
        "Document.NotLookedAt",
        IssueSeverity.Information,
        "The document and its content can be read.",
        "the caller lacks ssm:GetDocument",
        "inferred: what cannot be read is not judged; checked with -Online");

    public static RuleDefinition NoNodes { get; } = new(
        "Nodes.None",
        IssueSeverity.Warning,
        "The targets select at least one node.",
        "Targets = tag:Role=wbe",
        "documented: API reference, DescribeInstanceInformation; checked with -Online");

    public static RuleDefinition UnknownNode { get; } = new(
        "Nodes.Unknown",
        IssueSeverity.Error,
        "Every node that is named is a managed node of the account and Region.",
        "InstanceId = i-0123456789abcdef0, which is no managed node",
        "documented: API model, InvalidInstanceId; checked with -Online",
        "the node is named in Targets: it may become a managed node later");

    public static RuleDefinition NodeNotOnline { get; } = new(
        "Nodes.NotOnline",
        IssueSeverity.Warning,
        "Every node that is named is online, and of the nodes that tags select at least one.",
        "Targets = InstanceIds=i-0123456789abcdef0, which is stopped",
        "documented: API model, PingStatus; checked with -Online");

    public static RuleDefinition NodePlatform { get; } = new(
        "Nodes.Platform",
        IssueSeverity.Error,
        "The document is made for the platform of the nodes.",
        "InstanceId = (a node with Windows) with Name = AWS-RunShellScript",
        "documented: API model, UnsupportedPlatformType; checked with -Online",
        "the nodes are those of Targets: where the document does not fit it is skipped");

    public static RuleDefinition NodeAssociationLimit { get; } = new(
        "Nodes.AssociationLimit",
        IssueSeverity.Warning,
        "No node has more than 20 associations with those of the run.",
        "Targets = tag:Role=web, where a node has 20 associations",
        "documented: User Guide, quotas of State Manager (20 associations for a node); checked with -Online");

    public static RuleDefinition NodesNotSeen { get; } = new(
        "Nodes.NotLookedAt",
        IssueSeverity.Information,
        "The nodes can be looked up: by ids and by tags with values, and the caller may.",
        "Targets = resource-groups:Name=Web",
        "documented: API reference, DescribeInstanceInformation (its filters); checked with -Online");

    public static RuleDefinition RoomLimit { get; } = new(
        "Room.AssociationLimit",
        IssueSeverity.Warning,
        "The account has at most 2,000 associations in the Region with those of the run.",
        "one more entry, where 2,000 associations exist",
        "documented: API model, AssociationLimitExceeded; checked with -Online");

    public static RuleDefinition RoomNotSeen { get; } = new(
        "Room.NotLookedAt",
        IssueSeverity.Information,
        "The associations that exist can be listed.",
        "the caller lacks ssm:ListAssociations",
        "inferred: what cannot be read is not judged; checked with -Online");

    public static RuleDefinition CalendarClosed { get; } = new(
        "CalendarNames.Closed",
        IssueSeverity.Information,
        "The change calendars are open now.",
        "CalendarNames = (a calendar that is closed this week)",
        "documented: API reference, GetCalendarState; checked with -Online");

    public static RuleDefinition CalendarNotFound { get; } = new(
        "CalendarNames.NotFound",
        IssueSeverity.Error,
        "Every change calendar exists, and is one.",
        "CalendarNames = AWS-RunShellScript",
        "documented: API reference, GetCalendarState (InvalidDocument, InvalidDocumentType); checked with -Online");

    public static RuleDefinition CalendarNotSeen { get; } = new(
        "CalendarNames.NotLookedAt",
        IssueSeverity.Information,
        "The state of the change calendars can be read.",
        "the caller lacks ssm:GetCalendarState",
        "inferred: what cannot be read is not judged; checked with -Online");

    public static IReadOnlyList<RuleDefinition> All { get; } =
    [
        DocumentNotFound, DocumentVersionNotFound, DocumentNotActive, DocumentNotSeen,
        NoNodes, UnknownNode, NodeNotOnline, NodePlatform, NodeAssociationLimit, NodesNotSeen,
        RoomLimit, RoomNotSeen, CalendarClosed, CalendarNotFound, CalendarNotSeen,
    ];
}
