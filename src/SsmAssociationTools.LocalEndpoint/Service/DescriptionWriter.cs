using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using SsmAssociationTools.LocalEndpoint.Data;
using SsmAssociationTools.LocalEndpoint.Model;
using SsmAssociationTools.LocalEndpoint.Simulation;

namespace SsmAssociationTools.LocalEndpoint.Service;

/// <summary>Writes descriptions of associations as the API page's sample shows them.</summary>
internal sealed class DescriptionWriter
{
    private static readonly DateTime s_epoch = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly (string Name, Shape Shape)[] _members;
    private readonly (string Name, Shape Shape)[] _summaryMembers;
    private readonly Shape _entry;
    private readonly (string Name, Shape Shape)[] _versionMembers;

    /// <summary>Makes a writer.</summary>
    /// <param name="model">The API model.</param>
    public DescriptionWriter(ApiModel model)
    {
        Shape description = model.Output("DescribeAssociation").Members["AssociationDescription"];
        _members = Sorted(description);
        _entry = model.Input("CreateAssociationBatch").Members["Entries"].Item!;
        _versionMembers = Sorted(model.Output("ListAssociationVersions").Members["AssociationVersions"].Item!);
        _summaryMembers = Sorted(model.Output("ListAssociations").Members["Associations"].Item!);
    }

    private static (string Name, Shape Shape)[] Sorted(Shape shape) =>
        [.. shape.Members.OrderBy(static member => member.Key, StringComparer.Ordinal).Select(static member => (member.Key, member.Value))];

    /// <summary>A time as JSON of AWS writes it.</summary>
    /// <returns>Seconds since 1970, with milliseconds.</returns>
    public static decimal Seconds(DateTime time) => (time - s_epoch).Ticks / TimeSpan.TicksPerMillisecond / 1000m;

    /// <summary>Writes the description of an association.</summary>
    /// <param name="entry">The entry it is made from.</param>
    /// <param name="document">The entry's document.</param>
    /// <param name="facts">What the service adds.</param>
    /// <returns>AssociationDescription as JSON, UTF-8, on one line.</returns>
    public byte[] Describe(JsonElement entry, DocumentInfo document, DescriptionFacts facts) => JsonBytes.Make(writer =>
    {
        writer.WriteStartObject();
        foreach ((string name, Shape shape) in _members)
        {
            switch (name)
            {
                case "AssociationId":
                    writer.WriteString(name, facts.Id);
                    break;
                case "AssociationVersion":
                    writer.WriteString(name, facts.Version.ToString(CultureInfo.InvariantCulture));
                    break;
                case "Date":
                    writer.WriteNumber(name, Seconds(facts.Created));
                    break;
                case "LastUpdateAssociationDate":
                    writer.WriteNumber(name, Seconds(facts.Updated));
                    break;
                case "AssociationDispatchAssumeRole" when facts.Role is not null:
                    writer.WriteString(name, facts.Role);
                    break;
                case "Overview":
                    writer.WriteStartObject(name);
                    writer.WriteString("DetailedStatus", "Creating");
                    writer.WriteString("Status", "Pending");
                    writer.WriteEndObject();
                    break;
                case "Status":
                    writer.WriteStartObject(name);
                    writer.WriteNumber("Date", Seconds(facts.Updated));
                    writer.WriteString("Message", "Associated with " + Entry.Text(entry, "Name"));
                    writer.WriteString("Name", "Associated");
                    writer.WriteEndObject();
                    break;
                case "Targets" when !Entry.HasItems(entry, name):
                    WriteOwnTargets(writer, entry, document);
                    break;
                default:
                    if (_entry.Members.ContainsKey(name) && Entry.TryGet(entry, name, out JsonElement value))
                    {
                        writer.WritePropertyName(name);
                        ShapeWriter.Write(writer, shape, value);
                    }
                    else
                    {
                        WriteDefault(writer, name);
                    }

                    break;
            }
        }

        writer.WriteEndObject();
    });

    /// <summary>Writes what a listing shows of an association.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="association">The association's description.</param>
    /// <param name="state">What its runs say.</param>
    public void Summarize(Utf8JsonWriter writer, byte[] association, AssociationState state) => Write(writer, _summaryMembers, association, state);

    /// <summary>Writes a description as it reads with what the runs say.</summary>
    public void Describe(Utf8JsonWriter writer, byte[] association, AssociationState state) => Write(writer, _members, association, state);

    private static void Write(Utf8JsonWriter writer, (string Name, Shape Shape)[] members, byte[] association, AssociationState state)
    {
        using JsonDocument description = JsonDocument.Parse(association);
        writer.WriteStartObject();
        foreach ((string name, Shape shape) in members)
        {
            switch (name)
            {
                case "LastExecutionDate" when state.LastExecution is DateTime last:
                    writer.WriteNumber(name, Seconds(last));
                    break;
                case "LastSuccessfulExecutionDate" when state.LastSuccess is DateTime success:
                    writer.WriteNumber(name, Seconds(success));
                    break;
                case "Overview" when state.Overview is ExecutionState overview:
                    WriteOverview(writer, overview);
                    break;
                default:
                    if (description.RootElement.TryGetProperty(name, out JsonElement value))
                    {
                        writer.WritePropertyName(name);
                        ShapeWriter.Write(writer, shape, value);
                    }

                    break;
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteOverview(Utf8JsonWriter writer, ExecutionState state)
    {
        writer.WriteStartObject("Overview");
        writer.WriteStartObject("AssociationStatusAggregatedCount");
        foreach (KeyValuePair<string, int> count in state.Counts)
        {
            writer.WriteNumber(count.Key, count.Value);
        }

        writer.WriteEndObject();
        writer.WriteString("DetailedStatus", state.Detail);
        writer.WriteString("Status", state.Overview);
        writer.WriteEndObject();
    }

    /// <summary>Writes what a list of versions shows of one: not everything, two members are left out.</summary>
    public void WriteVersion(Utf8JsonWriter writer, byte[] version)
    {
        using JsonDocument description = JsonDocument.Parse(version);
        writer.WriteStartObject();
        foreach ((string name, Shape shape) in _versionMembers)
        {
            if (description.RootElement.TryGetProperty(name == "CreatedDate" ? "LastUpdateAssociationDate" : name, out JsonElement value))
            {
                writer.WritePropertyName(name);
                ShapeWriter.Write(writer, shape, value);
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteDefault(Utf8JsonWriter writer, string member)
    {
        if (member == "ApplyOnlyAtCronInterval")
        {
            writer.WriteBoolean(member, false);
        }
        else if (member == "DocumentVersion")
        {
            writer.WriteString(member, "$DEFAULT");
        }
    }

    /// <summary>Targets that the service fills in: the managed node, or for a runbook without any the key that stands for nothing.</summary>
    private static void WriteOwnTargets(Utf8JsonWriter writer, JsonElement entry, DocumentInfo document)
    {
        string? node = Entry.Text(entry, "InstanceId");
        bool runsAlone = document.IsAutomation && !Entry.HasItems(entry, "TargetMaps") && !Entry.HasItems(entry, "TargetLocations");
        if (node is null && !runsAlone)
        {
            return;
        }

        writer.WriteStartArray("Targets");
        writer.WriteStartObject();
        writer.WriteString("Key", node is null ? TargetKeys.NoOperation : "InstanceIds");
        writer.WriteStartArray("Values");
        writer.WriteStringValue(node ?? TargetKeys.NoOperationValue);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
    }
}
