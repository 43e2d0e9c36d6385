using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using SsmAssociationTools.LocalEndpoint.Data;
using SsmAssociationTools.LocalEndpoint.Faults;
using SsmAssociationTools.LocalEndpoint.Simulation;

namespace SsmAssociationTools.LocalEndpoint.Service;

/// <summary>DescribeInstanceInformation. Tags are not in the answer, and a condition on tags stands alone, as with the service.</summary>
internal sealed class NodeOperations
{
    private const int UsualPage = 10;
    private const string AgentVersion = "3.3.3050.0";

    private static readonly string[] s_pings = ["Online", "ConnectionLost", "Inactive"];
    private static readonly string[] s_platforms = ["Windows", "Linux", "MacOS"];
    private static readonly string[] s_types = ["EC2Instance", "ManagedInstance"];

    private readonly AssociationStore _store;
    private readonly Simulator _simulator;
    private readonly Inventory _inventory;
    private readonly ServiceClock _clock;
    private readonly DateTime _registered;

    public NodeOperations(AssociationStore store, Simulator simulator, Inventory inventory, ServiceClock clock)
    {
        _store = store;
        _simulator = simulator;
        _inventory = inventory;
        _clock = clock;
        _registered = clock.Now.AddDays(-30);
    }

    /// <summary>Lists nodes.</summary>
    public byte[] List(JsonElement request, CallFaults faults)
    {
        List<(string Key, string[] Values)> filters =
        [
            .. Entry.Items(request, "Filters").Select(static filter => (Entry.Text(filter, "Key")!, Entry.Texts(filter, "Values").ToArray())),
            .. Entry.Items(request, "InstanceInformationFilterList").Select(static filter => (Entry.Text(filter, "key")!, Entry.Texts(filter, "valueSet").ToArray())),
        ];
        if (Entry.HasItems(request, "Filters") && Entry.HasItems(request, "InstanceInformationFilterList"))
        {
            throw new ServiceException("ValidationException", "Filters and InstanceInformationFilterList cannot be used in one call.");
        }

        filters.ForEach(filter => Check(filter.Key, filter.Values));
        if (filters.Count > 1 && filters.Exists(static filter => IsTag(filter.Key)))
        {
            throw new ServiceException("ValidationException", "A filter on tags cannot be combined with other filters.");
        }

        lock (_store.Gate)
        {
            _simulator.CatchUp();
            ManagedNode[] nodes = Narrow(filters);
            if (filters.Exists(static filter => filter.Key is not "InstanceIds" && !IsTag(filter.Key)))
            {
                nodes = [.. nodes.Where(node => filters.TrueForAll(filter => Matches(node, filter.Key, filter.Values)))];
            }

            string what = string.Join("\n", filters.Select(static filter => filter.Key + "=" + string.Join(",", filter.Values)));
            return PageAnswer.Slice(request, UsualPage, "InstanceInformationList", nodes, what, faults, Write);
        }
    }

    private static bool IsTag(string key) => key == "tag-key" || key.StartsWith("tag:", StringComparison.Ordinal);

    private static string TypeOf(ManagedNode node) => node.Id.StartsWith("mi-", StringComparison.Ordinal) ? "ManagedInstance" : "EC2Instance";

    private static string PingOf(ManagedNode node, DateTime now) => node.Availability.OnlineFrom(now) == now ? "Online" : "ConnectionLost";

    private static string PlatformOf(ManagedNode node) => node.Platform ?? "Linux";

    private void Check(string key, string[] values)
    {
        string[]? known = key switch
        {
            "PingStatus" => s_pings,
            "PlatformTypes" or "PlatformType" => s_platforms,
            "ResourceType" => s_types,
            _ => null,
        };
        if (known is not null && values.FirstOrDefault(value => !known.Contains(value)) is string wrong)
        {
            throw new ServiceException("InvalidInstanceInformationFilterValue", $"{wrong} is not a value of {key}.");
        }

        if (key == "InstanceIds")
        {
            if (values.FirstOrDefault(static value => !EntryChecks.IsNodeId(value)) is string malformed)
            {
                throw new ServiceException("InvalidInstanceInformationFilterValue", $"{malformed} is not an id of a managed node.");
            }

            if (values.FirstOrDefault(value => _inventory.Nodes.Find(value) is null) is string unknown)
            {
                throw new ServiceException("InvalidInstanceId", $"InvalidInstanceId: {unknown} is not a managed node of this account and Region.");
            }
        }
        else if (known is null && !IsTag(key) && key is not ("ActivationIds" or "AgentVersion" or "AssociationStatus" or "IamRole" or "SourceIds" or "SourceTypes"))
        {
            throw new ServiceException("InvalidFilterKey", null);
        }
    }

    private ManagedNode[] Narrow(List<(string Key, string[] Values)> filters)
    {
        NodeDirectory directory = _inventory.Nodes;
        NodeCondition[] conditions =
        [
            .. filters.Where(static filter => filter.Key == "InstanceIds" || IsTag(filter.Key))
                .Select(static filter => filter.Key == "InstanceIds" ? NodeCondition.Ids(filter.Values) : NodeCondition.Marks(filter.Key, filter.Values)),
        ];
        if (conditions.Length == 0)
        {
            return directory.Select("listed", [NodeCondition.Ids(["*"])], static node => node.IsListed);
        }

        string key = "listed " + string.Join("\n", conditions.Select(static condition => condition.IsForIds + string.Join("\t", condition.Values)));
        return directory.Select(key, conditions, static node => node.IsListed);
    }

    private bool Matches(ManagedNode node, string key, string[] values) => key switch
    {
        "PingStatus" => values.Contains(PingOf(node, _clock.Now)),
        "PlatformTypes" or "PlatformType" => values.Contains(PlatformOf(node)),
        "ResourceType" => values.Contains(TypeOf(node)),
        "AgentVersion" => values.Contains(node.AgentVersion ?? AgentVersion),
        "AssociationStatus" => StatusOf(node) is { } status && values.Contains(status.Status),
        "InstanceIds" => true,
        _ => IsTag(key),
    };

    private (string Status, SortedDictionary<string, int> Counts, DateTime Last, DateTime? Success)? StatusOf(ManagedNode node)
    {
        (Execution Execution, NodeState State)[] runs =
        [
            .. _simulator.On(node).Select(association => _simulator.LastOn(association, node)).Where(static last => last is not null).Select(static last => last!.Value),
        ];
        if (runs.Length == 0)
        {
            return null;
        }

        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach ((Execution _, NodeState state) in runs)
        {
            counts[state.Status.ToString()] = counts.TryGetValue(state.Status.ToString(), out int count) ? count + 1 : 1;
        }

        string status = counts.ContainsKey("Failed") || counts.ContainsKey("TimedOut") ? "Failed"
            : counts.ContainsKey("Pending") || counts.ContainsKey("InProgress") ? "Pending"
            : "Success";
        DateTime[] successes = [.. runs.Where(static run => run.State.Status == RunStatus.Success).Select(static run => run.State.Since)];
        return (status, counts, runs.Max(static run => run.State.Since), successes.Length == 0 ? null : successes.Max());
    }

    private void Write(Utf8JsonWriter writer, ManagedNode node)
    {
        string host = node.Name ?? "host-" + node.Id.Substring(node.Id.IndexOf('-') + 1);
        bool windows = PlatformOf(node) == "Windows";
        var status = StatusOf(node);
        DateTime now = _clock.Now;
        writer.WriteStartObject();
        writer.WriteString("AgentVersion", node.AgentVersion ?? AgentVersion);
        if (status is { } known)
        {
            writer.WriteStartObject("AssociationOverview");
            writer.WriteString("DetailedStatus", known.Status);
            writer.WriteStartObject("InstanceAssociationStatusAggregatedCount");
            foreach (KeyValuePair<string, int> count in known.Counts)
            {
                writer.WriteNumber(count.Key, count.Value);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteString("AssociationStatus", known.Status);
        }

        writer.WriteString("ComputerName", host);
        writer.WriteString("IPAddress", string.Format(CultureInfo.InvariantCulture, "10.0.{0}.{1}", node.Hash % 256, 1 + (node.Hash / 256 % 254)));
        writer.WriteString("InstanceId", node.Id);
        writer.WriteBoolean("IsLatestVersion", node.AgentVersion is null);
        if (status is { } ran)
        {
            writer.WriteNumber("LastAssociationExecutionDate", DescriptionWriter.Seconds(ran.Last));
        }

        writer.WriteNumber("LastPingDateTime", DescriptionWriter.Seconds(PingOf(node, now) == "Online" ? now : now.AddMinutes(-10)));
        if (status?.Success is DateTime success)
        {
            writer.WriteNumber("LastSuccessfulAssociationExecutionDate", DescriptionWriter.Seconds(success));
        }

        writer.WriteString("PingStatus", PingOf(node, now));
        writer.WriteString("PlatformName", node.PlatformName ?? (windows ? "Microsoft Windows Server 2022 Datacenter" : PlatformOf(node) == "MacOS" ? "macOS" : "Amazon Linux"));
        writer.WriteString("PlatformType", PlatformOf(node));
        writer.WriteString("PlatformVersion", node.PlatformVersion ?? (windows ? "10.0.20348" : PlatformOf(node) == "MacOS" ? "14.5" : "2023"));
        if (TypeOf(node) == "ManagedInstance")
        {
            writer.WriteString("ActivationId", Draw.Id(node.Hash));
            writer.WriteString("IamRole", "service-role/AmazonEC2RunCommandRoleForManagedInstances");
            writer.WriteString("Name", host);
            writer.WriteNumber("RegistrationDate", DescriptionWriter.Seconds(_registered));
        }

        writer.WriteString("ResourceType", TypeOf(node));
        writer.WriteString("SourceId", node.Id);
        writer.WriteString("SourceType", TypeOf(node) == "EC2Instance" ? "AWS::EC2::Instance" : "AWS::SSM::ManagedInstance");
        writer.WriteEndObject();
    }
}
