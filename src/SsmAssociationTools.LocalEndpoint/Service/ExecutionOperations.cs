using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using SsmAssociationTools.LocalEndpoint.Data;
using SsmAssociationTools.LocalEndpoint.Faults;
using SsmAssociationTools.LocalEndpoint.Simulation;

namespace SsmAssociationTools.LocalEndpoint.Service;

/// <summary>What ran, where and how it went, and the start of runs.</summary>
internal sealed class ExecutionOperations
{
    private const int LargestPage = 50;

    private readonly AssociationStore _store;
    private readonly Simulator _simulator;
    private readonly Inventory _inventory;
    private readonly ServiceClock _clock;

    public ExecutionOperations(AssociationStore store, Simulator simulator, Inventory inventory, ServiceClock clock)
    {
        _store = store;
        _simulator = simulator;
        _inventory = inventory;
        _clock = clock;
    }

    /// <summary>DescribeAssociationExecutions, the latest first.</summary>
    public byte[] List(JsonElement request, CallFaults faults)
    {
        string id = Entry.Text(request, "AssociationId")!;
        var filters = Entry.Items(request, "Filters").Select(static filter => (Key: Entry.Text(filter, "Key")!, Value: Entry.Text(filter, "Value")!, Type: Entry.Text(filter, "Type")!)).ToList();
        foreach ((string key, string value, string type) in filters)
        {
            if (key == "CreatedTime" ? !IsTime(value, out _) : type != "EQUAL")
            {
                throw new ServiceException("ValidationException", $"The filter {key} {type} {value} is not valid.");
            }
        }

        lock (_store.Gate)
        {
            SimulatedAssociation association = Find(id);
            FaultRule? lag = faults.Find(FaultEffect.Lag);
            string what = id + string.Join("\n", filters);
            long before = Entry.Text(request, "NextToken") is string token ? NextToken.Read(token, what) : long.MaxValue;
            int size = Entry.TryGet(request, "MaxResults", out JsonElement most) ? most.GetInt32() : LargestPage;
            List<Execution> page =
            [
                .. association.Backwards()
                    .Where(execution => execution.Number < before && !(lag is not null && _clock.Now - execution.Created < lag.Duration)
                        && filters.TrueForAll(filter => Matches(association, execution, filter.Key, filter.Value, filter.Type)))
                    .Take(size + 1),
            ];
            string? next = null;
            if (page.Count > size)
            {
                page.RemoveAt(size);
                next = NextToken.Make(page[size - 1].Number, what);
            }

            return PageAnswer.Make("AssociationExecutions", page, next, faults, (writer, execution) => Write(writer, association, execution));
        }
    }

    /// <summary>DescribeAssociationExecutionTargets.</summary>
    public byte[] ListTargets(JsonElement request, CallFaults faults)
    {
        string id = Entry.Text(request, "AssociationId")!;
        string wanted = Entry.Text(request, "ExecutionId")!;
        var filters = Entry.Items(request, "Filters").Select(static filter => (Key: Entry.Text(filter, "Key")!, Value: Entry.Text(filter, "Value")!)).ToList();
        lock (_store.Gate)
        {
            SimulatedAssociation association = Find(id);
            Execution execution = association.Backwards().FirstOrDefault(one => string.Equals(IdOf(association, one), wanted, StringComparison.OrdinalIgnoreCase))
                ?? throw new ServiceException("AssociationExecutionDoesNotExist", "AssociationExecutionDoesNotExist: there is no such execution of the association.");
            bool begun = _simulator.State(association, execution) is { Counts.Count: > 0 };
            NodeState[] states =
            [
                .. (begun ? _simulator.Nodes(association, execution) : []).Where(state => filters.TrueForAll(filter => filter.Key switch
                {
                    "Status" => state.Status.ToString() == filter.Value,
                    "ResourceId" => state.Node.Id == filter.Value,
                    _ => ResourceType(execution, state.Node) == filter.Value,
                })),
            ];
            return PageAnswer.Slice(
                request, LargestPage, "AssociationExecutionTargets", states, id + wanted + string.Join("\n", filters), faults, (writer, state) => WriteTarget(writer, association, execution, state));
        }
    }

    /// <summary>StartAssociationsOnce: all of them or, where one is not there, none.</summary>
    public byte[] Start(JsonElement request)
    {
        lock (_store.Gate)
        {
            List<StoredAssociation> associations = [.. Entry.Texts(request, "AssociationIds").Distinct(StringComparer.OrdinalIgnoreCase).Select(id => Find(id).Association)];
            associations.ForEach(_simulator.Start);
            return PageAnswer.Empty();
        }
    }

    /// <summary>DescribeInstanceAssociationsStatus.</summary>
    public byte[] ListOfNode(JsonElement request, CallFaults faults)
    {
        string id = Entry.Text(request, "InstanceId")!;
        ManagedNode node = _inventory.Nodes.Find(id)
            ?? throw new ServiceException("InvalidInstanceId", $"InvalidInstanceId: {id} is not a managed node of this account and Region.");
        lock (_store.Gate)
        {
            _simulator.CatchUp();
            (SimulatedAssociation, Execution, NodeState)[] runs =
            [
                .. _simulator.On(node)
                    .Select(association => (association, last: _simulator.LastOn(association, node)))
                    .Where(static run => run.last is not null)
                    .Select(static run => (run.association, run.last!.Value.Execution, run.last.Value.State)),
            ];
            return PageAnswer.Slice(
                request, LargestPage, "InstanceAssociationStatusInfos", runs, id, faults, static (writer, run) => WriteOfNode(writer, run.Item1, run.Item2, run.Item3));
        }
    }

    private static bool IsTime(string value, out DateTime time)
    {
        if (double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) && seconds < 1e11)
        {
            time = new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(seconds);
            return true;
        }

        return DateTime.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
    }

    private static string IdOf(SimulatedAssociation association, Execution execution) => Draw.Id(Draw.Mix(association.Hash, (ulong)execution.Number));

    private static string ResourceType(Execution execution, ManagedNode node) =>
        execution.Settings.Conditions.Count > 0 ? "ManagedInstance"
        : node.Id == TargetKeys.NoOperationValue ? "AutomationExecution"
        : "ParameterValue";

    /// <summary>Times of runs have milliseconds, as all times of the service.</summary>
    private static void WriteTime(Utf8JsonWriter writer, string member, DateTime time) => writer.WriteNumber(member, DescriptionWriter.Seconds(time));

    private static void WriteOfNode(Utf8JsonWriter writer, SimulatedAssociation association, Execution execution, NodeState state)
    {
        using JsonDocument description = JsonDocument.Parse(association.Association.Description);
        writer.WriteStartObject();
        writer.WriteString("AssociationId", association.Association.Id);
        if (association.Association.AssociationName is string name)
        {
            writer.WriteString("AssociationName", name);
        }

        writer.WriteString("AssociationVersion", execution.Settings.Version);
        writer.WriteString("DetailedStatus", state.Status.ToString());
        writer.WriteString("DocumentVersion", Entry.Text(description.RootElement, "DocumentVersion") ?? "$DEFAULT");
        if (state.Status is RunStatus.Failed or RunStatus.TimedOut)
        {
            writer.WriteString("ErrorCode", state.Status == RunStatus.Failed ? "failed" : "timeout");
        }

        WriteTime(writer, "ExecutionDate", state.Since);
        if (state.Status is RunStatus.Success or RunStatus.Failed or RunStatus.TimedOut or RunStatus.Skipped)
        {
            string Count(RunStatus status) => (state.Status == status ? 1 : 0).ToString(CultureInfo.InvariantCulture);
            writer.WriteString(
                "ExecutionSummary",
                $"1 out of 1 plugin processed, {Count(RunStatus.Success)} success, {Count(RunStatus.Failed)} failed, {Count(RunStatus.TimedOut)} timedout, {Count(RunStatus.Skipped)} skipped. ");
        }

        writer.WriteString("InstanceId", state.Node.Id);
        writer.WriteString("Name", association.Association.Name);
        writer.WriteString("Status", state.Status.ToString());
        writer.WriteEndObject();
    }

    private static void WriteTarget(Utf8JsonWriter writer, SimulatedAssociation association, Execution execution, NodeState state)
    {
        writer.WriteStartObject();
        writer.WriteString("AssociationId", association.Association.Id);
        writer.WriteString("AssociationVersion", execution.Settings.Version);
        writer.WriteString("DetailedStatus", execution.Settings.HasWrongParameters ? RunPlanner.WrongParameters : state.Status.ToString());
        writer.WriteString("ExecutionId", IdOf(association, execution));
        WriteTime(writer, "LastExecutionDate", state.Since);
        if (state.WasPickedUp)
        {
            writer.WriteStartObject("OutputSource");
            writer.WriteString("OutputSourceId", Draw.Id(Draw.Mix(association.Hash ^ state.Node.Hash, (ulong)execution.Number)));
            writer.WriteString("OutputSourceType", execution.Settings.IsRunbook ? "Automation" : "RunCommand");
            writer.WriteEndObject();
        }

        writer.WriteString("ResourceId", state.Node.Id);
        writer.WriteString("ResourceType", ResourceType(execution, state.Node));
        writer.WriteString("Status", state.Status.ToString());
        writer.WriteEndObject();
    }

    private void Write(Utf8JsonWriter writer, SimulatedAssociation association, Execution execution)
    {
        ExecutionState? state = _simulator.State(association, execution);
        writer.WriteStartObject();
        writer.WriteString("AssociationId", association.Association.Id);
        writer.WriteString("AssociationVersion", execution.Settings.Version);
        WriteTime(writer, "CreatedTime", execution.Created);
        writer.WriteString("DetailedStatus", state?.Detail ?? "Creating");
        writer.WriteString("ExecutionId", IdOf(association, execution));
        if (state is not null)
        {
            WriteTime(writer, "LastExecutionDate", state.Last);
        }

        writer.WriteString("ResourceCountByStatus", state?.CountText ?? "{}");
        writer.WriteString("Status", state?.Status.ToString() ?? nameof(RunStatus.Pending));
        writer.WriteEndObject();
    }

    private bool Matches(SimulatedAssociation association, Execution execution, string key, string value, string type) => key switch
    {
        "ExecutionId" => string.Equals(IdOf(association, execution), value, StringComparison.OrdinalIgnoreCase),
        "Status" => (_simulator.State(association, execution)?.Status ?? RunStatus.Pending).ToString() == value,
        _ => IsTime(value, out DateTime time) && type switch
        {
            "EQUAL" => execution.Created == time,
            "LESS_THAN" => execution.Created < time,
            _ => execution.Created > time,
        },
    };

    private SimulatedAssociation Find(string id)
    {
        _simulator.CatchUp();
        return _store.Find(id) is StoredAssociation association
            ? _simulator.Of(association)
            : throw new ServiceException("AssociationDoesNotExist", ErrorTexts.NotThere);
    }
}
