using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using SsmAssociationTools.LocalEndpoint.Faults;

namespace SsmAssociationTools.LocalEndpoint.Service;

/// <summary>Answers that hold a list, with what faults do to lists.</summary>
internal static class PageAnswer
{
    /// <summary>Makes a page.</summary>
    /// <typeparam name="T">What is listed.</typeparam>
    /// <param name="list">Name of the list.</param>
    /// <param name="page">Its items.</param>
    /// <param name="next">NextToken; null on the last page.</param>
    /// <param name="faults">What happens to the call.</param>
    /// <param name="write">Writes an item.</param>
    public static byte[] Make<T>(string list, List<T> page, string? next, CallFaults faults, Action<Utf8JsonWriter, T> write)
    {
        bool[] omitted = faults.Draw(faults.Find(FaultEffect.Omit), page.Count);
        page = [.. page.Where((_, i) => !omitted[i])];
        faults.Reorder(page);
        return JsonBytes.Make(writer =>
        {
            writer.WriteStartObject();
            WriteList(writer, list, page, faults, item => write(writer, item));
            if (next is not null)
            {
                writer.WriteString("NextToken", next);
            }

            writer.WriteEndObject();
        });
    }

    /// <summary>Makes the page that a call asks for from items that stay in their order.</summary>
    /// <param name="request">The call, with MaxResults and NextToken.</param>
    /// <param name="usual">Items of a page where MaxResults does not say.</param>
    /// <param name="list">Name of the list.</param>
    /// <param name="items">All items.</param>
    /// <param name="what">What a token is good for.</param>
    /// <param name="faults">What happens to the call.</param>
    /// <param name="write">Writes an item.</param>
    public static byte[] Slice<T>(JsonElement request, int usual, string list, IEnumerable<T> items, string what, CallFaults faults, Action<Utf8JsonWriter, T> write)
    {
        int size = Entry.TryGet(request, "MaxResults", out JsonElement most) ? most.GetInt32() : usual;
        int from = Entry.Text(request, "NextToken") is string token ? (int)Math.Min(int.MaxValue, NextToken.Read(token, list + what)) : 0;
        IEnumerable<T> rest = items is IReadOnlyList<T> known ? Enumerable.Range(from, Math.Max(0, Math.Min(size + 1, known.Count - from))).Select(i => known[i]) : items.Skip(from);
        List<T> page = [.. rest.Take(size + 1)];
        string? next = null;
        if (page.Count > size)
        {
            page.RemoveAt(size);
            next = NextToken.Make(from + size, list + what);
        }

        return Make(list, page, next, faults, write);
    }

    public static void WriteList<T>(Utf8JsonWriter writer, string name, List<T> items, CallFaults faults, Action<T> write)
    {
        writer.WritePropertyName(name);
        if (faults.IsNullList(items.Count))
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartArray();
        items.ForEach(write);
        writer.WriteEndArray();
    }

    /// <summary>An answer without members.</summary>
    public static byte[] Empty() => JsonBytes.Make(static writer =>
    {
        writer.WriteStartObject();
        writer.WriteEndObject();
    });
}
