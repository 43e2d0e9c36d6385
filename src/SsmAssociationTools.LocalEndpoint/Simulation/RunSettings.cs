using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using SsmAssociationTools.LocalEndpoint.Data;
using SsmAssociationTools.LocalEndpoint.Service;

namespace SsmAssociationTools.LocalEndpoint.Simulation;

/// <summary>What of one version of an association decides when and where it runs.</summary>
internal sealed class RunSettings
{
    /// <summary>ResourceId of a runbook that has no targets.</summary>
    private const string NoTarget = TargetKeys.NoOperationValue;

    private RunSettings(JsonElement root, DocumentInfo? document)
    {
        Version = root.GetProperty("AssociationVersion").GetString()!;
        Document = document;
        IsRunbook = document?.IsAutomation == true;
        Conditions = ReadConditions(root);
        SelectionKey = string.Join("\n", Conditions.Select(static condition => (condition.IsForIds ? "id " : string.Empty) + string.Join("\t", condition.Values)));
        Resources = IsRunbook && Conditions.Count == 0 ? ReadResources(root) : [];
        MaxConcurrency = Entry.Text(root, "MaxConcurrency");
        MaxErrors = Entry.Text(root, "MaxErrors");
        OnlyOnSchedule = Entry.TryGet(root, "ApplyOnlyAtCronInterval", out JsonElement flag) && flag.GetBoolean();
        Schedule = Entry.Text(root, "ScheduleExpression");
        Offset = Entry.TryGet(root, "ScheduleOffset", out JsonElement offset) ? offset.GetInt32() : 0;
        Calendars = [.. Entry.Texts(root, "CalendarNames")];
        HasWrongParameters = IsRunbook && ParameterChecks.WrongValue(root, document!) is not null;
    }

    /// <summary>AssociationVersion.</summary>
    public string Version { get; }

    /// <summary>The document; null where it does not exist any more.</summary>
    public DocumentInfo? Document { get; }

    public bool IsRunbook { get; }

    /// <summary>Conditions on nodes, all of which must hold; none where nothing selects nodes.</summary>
    public IReadOnlyList<NodeCondition> Conditions { get; }

    /// <summary>The conditions as one text.</summary>
    public string SelectionKey { get; }

    /// <summary>What a runbook works on besides nodes.</summary>
    public ManagedNode[] Resources { get; }

    public string? MaxConcurrency { get; }

    public string? MaxErrors { get; }

    /// <summary>ApplyOnlyAtCronInterval: creation and edit start no run.</summary>
    public bool OnlyOnSchedule { get; }

    public string? Schedule { get; }

    public int Offset { get; }

    public IReadOnlyList<string> Calendars { get; }

    /// <summary>Whether each run of the runbook fails for its parameters.</summary>
    public bool HasWrongParameters { get; }

    /// <summary>Reads a description.</summary>
    public static RunSettings Read(byte[] description, Inventory inventory)
    {
        using JsonDocument document = JsonDocument.Parse(description);
        return new RunSettings(document.RootElement, inventory.FindDocument(document.RootElement.GetProperty("Name").GetString()!));
    }

    private static List<NodeCondition> ReadConditions(JsonElement root)
    {
        if (Entry.Text(root, "InstanceId") is string node)
        {
            return [NodeCondition.Ids([node])];
        }

        List<NodeCondition> conditions = [];
        foreach (JsonElement target in Entry.Items(root, "Targets"))
        {
            string key = Entry.Text(target, "Key") ?? string.Empty;
            string[] values = [.. Entry.Texts(target, "Values")];
            if (TargetKeys.IsInstanceIds(key))
            {
                conditions.Add(NodeCondition.Ids(values));
            }
            else if (TargetKeys.IsResourceGroup(key))
            {
                conditions.Add(NodeCondition.Marks("group", values));
            }
            else if (key.StartsWith("tag:", StringComparison.Ordinal) || key == "tag-key")
            {
                conditions.Add(NodeCondition.Marks(key, values));
            }
            else if (string.Equals(key, "AWS::EC2::Instance", StringComparison.OrdinalIgnoreCase))
            {
                conditions.Add(NodeCondition.Ids(["*"]));
            }
        }

        return conditions;
    }

    private static ManagedNode[] ReadResources(JsonElement root)
    {
        string[] values = [.. Entry.Items(root, "Targets").Where(static target => Entry.Text(target, "Key") == "ParameterValues").SelectMany(static target => Entry.Texts(target, "Values"))];
        string[] maps = [.. Entry.Items(root, "TargetMaps").Select(static map => string.Join(",", map.EnumerateObject().Select(Show)))];
        string[] locations =
        [
            .. Entry.Items(root, "TargetLocations").SelectMany(static location => Entry.Texts(location, "Accounts").DefaultIfEmpty(string.Empty)
                .SelectMany(account => Entry.Texts(location, "Regions").Select(region => account + "/" + region))),
        ];
        string[] resources = values.Length > 0 ? values : maps.Length > 0 ? maps : locations.Length > 0 ? locations : [NoTarget];
        return [.. resources.Distinct().Select(static resource => new ManagedNode(resource))];
    }

    private static string Show(JsonProperty pair) => pair.Name + "=" + string.Join("/", pair.Value.EnumerateArray().Select(static value => value.GetString()));
}
