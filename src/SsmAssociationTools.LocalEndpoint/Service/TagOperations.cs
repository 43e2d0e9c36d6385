using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using SsmAssociationTools.LocalEndpoint.Data;

namespace SsmAssociationTools.LocalEndpoint.Service;

/// <summary>Tags of associations and, to be read only, of managed nodes. They are kept in memory alone.</summary>
internal sealed class TagOperations
{
    private const int MostTags = 50;

    private readonly AssociationStore _store;
    private readonly Inventory _inventory;

    public TagOperations(AssociationStore store, Inventory inventory)
    {
        _store = store;
        _inventory = inventory;
    }

    /// <summary>AddTagsToResource.</summary>
    public byte[] Add(JsonElement request)
    {
        lock (_store.Gate)
        {
            SortedDictionary<string, string> tags = Find(request).Tags;
            var added = new SortedDictionary<string, string>(tags, StringComparer.Ordinal);
            Put(added, request);
            if (added.Count > MostTags)
            {
                throw new ServiceException("TooManyTagsError", null);
            }

            Put(tags, request);
            return PageAnswer.Empty();
        }
    }

    /// <summary>RemoveTagsFromResource.</summary>
    public byte[] Remove(JsonElement request)
    {
        lock (_store.Gate)
        {
            SortedDictionary<string, string> tags = Find(request).Tags;
            foreach (string key in Entry.Texts(request, "TagKeys"))
            {
                tags.Remove(key);
            }

            return PageAnswer.Empty();
        }
    }

    /// <summary>ListTagsForResource.</summary>
    public byte[] List(JsonElement request)
    {
        lock (_store.Gate)
        {
            IEnumerable<KeyValuePair<string, string>> tags = Entry.Text(request, "ResourceType") == "ManagedInstance"
                ? _inventory.Nodes.Find(Entry.Text(request, "ResourceId")!)?.Tags ?? throw new ServiceException("InvalidResourceId", null)
                : Find(request).Tags;
            return JsonBytes.Make(writer =>
            {
                writer.WriteStartObject();
                writer.WriteStartArray("TagList");
                foreach (KeyValuePair<string, string> tag in tags.OrderBy(static tag => tag.Key, StringComparer.Ordinal))
                {
                    writer.WriteStartObject();
                    writer.WriteString("Key", tag.Key);
                    writer.WriteString("Value", tag.Value);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            });
        }
    }

    /// <summary>Puts the tags of a call, such as a creation, on something.</summary>
    public static void Put(SortedDictionary<string, string> tags, JsonElement request)
    {
        foreach (JsonElement tag in Entry.Items(request, "Tags"))
        {
            tags[Entry.Text(tag, "Key")!] = Entry.Text(tag, "Value")!;
        }
    }

    private StoredAssociation Find(JsonElement request) =>
        Entry.Text(request, "ResourceType") != "Association" ? throw new ServiceException("InvalidResourceType", null)
        : _store.Find(Entry.Text(request, "ResourceId")!) ?? throw new ServiceException("InvalidResourceId", null);
}
