using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using SsmAssociationTools.LocalEndpoint.Data;

namespace SsmAssociationTools.LocalEndpoint.Service;

/// <summary>Makes an association from its description, so that one made now and one read from a file are indexed alike.</summary>
internal sealed class DescriptionReader
{
    private static readonly DateTime s_epoch = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly Inventory _inventory;

    /// <summary>Makes a reader.</summary>
    /// <param name="inventory">Knows which names mean the same document.</param>
    public DescriptionReader(Inventory inventory) => _inventory = inventory;

    /// <summary>What only one association may have: a document on one managed node.</summary>
    /// <param name="document">Document, by name or ARN.</param>
    /// <param name="node">Managed node id, or * for all.</param>
    /// <returns>The key.</returns>
    public string UniqueKey(string document, string node) => _inventory.PlainName(document) + " on " + node;

    /// <summary>Reads a description.</summary>
    /// <param name="description">AssociationDescription as JSON, UTF-8.</param>
    /// <returns>The association.</returns>
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="KeyNotFoundException">It lacks a member that every description has.</exception>
    public StoredAssociation Read(byte[] description)
    {
        using JsonDocument document = JsonDocument.Parse(description);
        JsonElement root = document.RootElement;
        var association = new StoredAssociation(
            root.GetProperty("AssociationId").GetString()!,
            root.GetProperty("Name").GetString()!,
            description)
        {
            InstanceId = Text(root, "InstanceId"),
            AssociationName = Text(root, "AssociationName"),
            Created = Time(root.GetProperty("Date")),
            Version = int.Parse(root.GetProperty("AssociationVersion").GetString()!, CultureInfo.InvariantCulture),
            Updated = root.TryGetProperty("LastUpdateAssociationDate", out JsonElement updated) ? Time(updated) : null,
            Status = root.TryGetProperty("Overview", out JsonElement overview) ? Text(overview, "Status") : null,
            LastExecution = root.TryGetProperty("LastExecutionDate", out JsonElement last) ? Time(last) : null,
        };
        List<string> nodes = [];
        List<string> groups = [];
        bool all = false;
        foreach (JsonElement target in Entry.Items(root, "Targets"))
        {
            string key = Text(target, "Key") ?? string.Empty;
            IEnumerable<string> values = Entry.Texts(target, "Values");
            if (TargetKeys.IsInstanceIds(key))
            {
                nodes.AddRange(values.Where(value => value != "*"));
                all |= values.Contains("*");
            }
            else if (TargetKeys.IsResourceGroup(key))
            {
                groups.AddRange(values);
            }
        }

        association.Nodes = nodes;
        association.ResourceGroups = groups;
        association.UniqueKey = association.InstanceId is string node ? UniqueKey(association.Name, node)
            : all && _inventory.PlainName(association.Name) == EntryChecks.SoftwareInventory ? UniqueKey(association.Name, "*")
            : null;
        return association;
    }

    /// <summary>Exact to the millisecond, which a binary fraction is not.</summary>
    private static DateTime Time(JsonElement seconds) => s_epoch.AddTicks((long)Math.Round(seconds.GetDecimal() * TimeSpan.TicksPerSecond));

    private static string? Text(JsonElement value, string member) =>
        value.TryGetProperty(member, out JsonElement found) ? found.GetString() : null;
}
