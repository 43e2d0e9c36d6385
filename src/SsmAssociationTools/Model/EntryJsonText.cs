using System;
using System.Collections;
using System.Collections.Generic;
using SsmAssociationTools.Json;

namespace SsmAssociationTools.Model;

/// <summary>Writes an entry as JSON text in one line.</summary>
internal static class EntryJsonText
{
    public static string Of(AssociationEntry entry)
    {
        JsonWriter json = new JsonWriter().Begin('{');
        Write(json, entry, EntrySchema.Members);
        Write(json, nameof(AssociationEntry.Region), entry.Region);
        Write(json, nameof(AssociationEntry.RoleArn), entry.RoleArn);
        return json.End('}').ToString();
    }

    private static void Write(JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            json.Name(name).Value(value);
        }
    }

    private static void Write(JsonWriter json, object owner, EntryMember[] members)
    {
        foreach (EntryMember member in members)
        {
            object? value = member.Get(owner);
            if (value is not null && (value is not ICollection { Count: 0 } || member.KeepsEmpty))
            {
                json.Name(member.Name);
                Write(json, member, value);
            }
        }
    }

    private static void Write(JsonWriter json, EntryMember member, object value)
    {
        switch (value)
        {
            case string text:
                json.Value(text);
                break;
            case bool flag:
                json.Value(flag);
                break;
            case int number:
                json.Value(number);
                break;
            case string?[] texts:
                json.Values(texts);
                break;
            case Dictionary<string, string?[]?> map:
                json.Begin('{');
                foreach (KeyValuePair<string, string?[]?> pair in map)
                {
                    json.Name(pair.Key).Values(pair.Value ?? []);
                }

                json.End('}');
                break;
            case Array items:
                json.Begin('[');
                foreach (object? item in items)
                {
                    if (item is Dictionary<string, string?[]?>)
                    {
                        Write(json, member, item);
                    }
                    else
                    {
                        json.Begin('{');
                        if (item is not null)
                        {
                            Write(json, item, member.Parts);
                        }

                        json.End('}');
                    }
                }

                json.End(']');
                break;
            default:
                json.Begin('{');
                Write(json, value, member.Parts);
                json.End('}');
                break;
        }
    }
}
