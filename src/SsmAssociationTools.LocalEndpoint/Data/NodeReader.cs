using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using SsmAssociationTools.LocalEndpoint.Simulation;
using SsmAssociationTools.Rehearsal;

namespace SsmAssociationTools.LocalEndpoint.Data;

/// <summary>Reads managed nodes of an inventory file or of the options.</summary>
internal sealed class NodeReader
{
    private static readonly string[] s_platforms = ["Windows", "Linux", "MacOS"];
    private static readonly string[] s_states = ["running", "pending", "stopped", "stopping", "shutting-down", "terminated"];
    private static readonly string[] s_outcomes = ["Success", "Failed", "TimedOut", "Skipped"];
    private static readonly string[] s_members =
    [
        "id", "platform", "state", "name", "platformName", "platformVersion", "agentVersion", "tags", "groups",
        "pickUpSeconds", "runSeconds", "outcomes", "failureShare", "offline", "hoursOnline", "hoursOffline",
    ];

    private readonly DateTime _origin;
    private readonly ulong _seed;

    /// <summary>Makes a reader.</summary>
    /// <param name="origin">When chance begins, UTC.</param>
    /// <param name="seed">Seed of chance.</param>
    public NodeReader(DateTime origin, int seed)
    {
        _origin = origin;
        _seed = (ulong)seed;
    }

    /// <summary>Reads a node that was given as an object. The names of its members may begin in either case.</summary>
    /// <exception cref="LocalEndpointException">NodeInvalid: a mistake, with its place.</exception>
    public ManagedNode Read(IReadOnlyDictionary<string, object?> node, string place)
    {
        try
        {
            return Read(JsonSerializer.SerializeToElement(Plain(node)), place);
        }
        catch (FormatException exception)
        {
            throw new LocalEndpointException("NodeInvalid", $"A node has a mistake. {exception.Message}", exception);
        }
    }

    /// <summary>Reads a node.</summary>
    /// <exception cref="FormatException">A mistake, with its place.</exception>
    public ManagedNode Read(JsonElement value, string place)
    {
        JsonMember.Require(value, place, s_members);
        string id = JsonMember.RequiredText(value, "id", place);
        double share = JsonMember.Real(value, "failureShare", place) ?? 0;
        return new ManagedNode(id, JsonMember.Text(value, "platform", place, s_platforms), JsonMember.Text(value, "state", place, s_states) ?? "running")
        {
            Name = JsonMember.Text(value, "name", place),
            PlatformName = JsonMember.Text(value, "platformName", place),
            PlatformVersion = JsonMember.Text(value, "platformVersion", place),
            AgentVersion = JsonMember.Text(value, "agentVersion", place),
            Tags = ReadTags(value, place),
            Groups = [.. JsonMember.Texts(value, "groups", place)],
            PickUpSeconds = JsonMember.Real(value, "pickUpSeconds", place),
            RunSeconds = JsonMember.Real(value, "runSeconds", place),
            Outcomes = [.. JsonMember.Texts(value, "outcomes", place).Select((text, i) => ReadOutcome(text, $"{place}.outcomes[{i}]"))],
            FailureShare = share <= 1 ? share : throw JsonMember.Mistake(place + ".failureShare", "a share from 0 to 1 is expected here."),
            Availability = ReadAvailability(value, place, id),
        };
    }

    private static Dictionary<string, object?> Plain(IReadOnlyDictionary<string, object?> members, bool keepNames = false)
    {
        var plain = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (KeyValuePair<string, object?> member in members.Where(static member => member.Value is not null))
        {
            string name = keepNames || member.Key.Length == 0 ? member.Key : char.ToLowerInvariant(member.Key[0]) + member.Key.Substring(1);
            plain[name] = Plain(member.Value, name == "tags", name is "groups" or "outcomes" or "offline");
        }

        return plain;
    }

    private static object? Plain(object? value, bool keepNames, bool isList) => value switch
    {
        IReadOnlyDictionary<string, object?> members when isList => new[] { Plain(members) },
        IReadOnlyDictionary<string, object?> members => Plain(members, keepNames),
        IReadOnlyList<object?> list => list.Select(item => Plain(item, false, false)).ToArray(),
        DateTime time => time.ToString("o", CultureInfo.InvariantCulture),
        bool or double or int or long => value,
        _ when isList => new[] { value?.ToString() },
        _ => value?.ToString(),
    };

    private static Dictionary<string, string> ReadTags(JsonElement value, string place)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        if (value.TryGetProperty("tags", out JsonElement found))
        {
            JsonMember.Require(found, place + ".tags", [.. found.ValueKind == JsonValueKind.Object ? found.EnumerateObject().Select(static tag => tag.Name) : []]);
            foreach (JsonProperty tag in found.EnumerateObject())
            {
                tags[tag.Name] = tag.Value.ValueKind switch
                {
                    JsonValueKind.String => tag.Value.GetString()!,
                    JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => tag.Value.GetRawText(),
                    _ => throw JsonMember.Mistake($"{place}.tags.{tag.Name}", "a text is expected here."),
                };
            }
        }

        return tags;
    }

    private static RunStatus ReadOutcome(string text, string place) =>
        s_outcomes.FirstOrDefault(known => string.Equals(known, text, StringComparison.OrdinalIgnoreCase)) is string outcome
        && Enum.TryParse(outcome, out RunStatus status)
            ? status
            : throw JsonMember.Mistake(place, $"'{text}' is not one of {string.Join(", ", s_outcomes)}.");

    private Availability ReadAvailability(JsonElement value, string place, string id)
    {
        double? online = JsonMember.Real(value, "hoursOnline", place);
        double? offline = JsonMember.Real(value, "hoursOffline", place);
        if (online is null != offline is null || online <= 0 || offline <= 0)
        {
            throw JsonMember.Mistake(place, "hoursOnline and hoursOffline stand together, and are greater than 0.");
        }

        if (value.TryGetProperty("offline", out JsonElement always) && always.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return always.GetBoolean() ? Availability.Never : Availability.Always;
        }

        if (online is double hours)
        {
            return Availability.ByChance(hours, offline!.Value, _origin, Draw.Hash(id, _seed));
        }

        return Availability.Without(JsonMember.Windows(value, "offline", place));
    }
}
