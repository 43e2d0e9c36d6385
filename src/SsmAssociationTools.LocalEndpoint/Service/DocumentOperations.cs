using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using SsmAssociationTools.LocalEndpoint.Data;
using SsmAssociationTools.LocalEndpoint.Faults;

namespace SsmAssociationTools.LocalEndpoint.Service;

/// <summary>Documents and change calendars.</summary>
internal sealed class DocumentOperations
{
    private const int LargestPage = 50;

    /// <summary>Documents are older than every association.</summary>
    private static readonly DateTime s_created = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly string[] s_filters = ["Name", "Owner", "PlatformTypes", "DocumentType", "TargetType", "SearchKeyword"];

    private readonly Inventory _inventory;
    private readonly ServiceClock _clock;

    public DocumentOperations(Inventory inventory, ServiceClock clock)
    {
        _inventory = inventory;
        _clock = clock;
    }

    /// <summary>GetDocument.</summary>
    public byte[] Get(JsonElement request)
    {
        (DocumentInfo document, string version) = Find(request);
        string format = Entry.Text(request, "DocumentFormat") ?? "JSON";
        return JsonBytes.Make(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("Content", format == "YAML" ? DocumentContent.Yaml(document) : DocumentContent.Json(document));
            writer.WriteNumber("CreatedDate", DescriptionWriter.Seconds(s_created));
            writer.WriteString("DocumentFormat", format);
            writer.WriteString("DocumentType", document.Type);
            writer.WriteString("DocumentVersion", version);
            writer.WriteString("Name", document.Name);
            writer.WriteString("Status", "Active");
            writer.WriteEndObject();
        });
    }

    /// <summary>DescribeDocument.</summary>
    public byte[] Describe(JsonElement request)
    {
        (DocumentInfo document, string version) = Find(request);
        return JsonBytes.Make(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartObject("Document");
            writer.WriteNumber("CreatedDate", DescriptionWriter.Seconds(s_created));
            writer.WriteString("DefaultVersion", document.DefaultVersion);
            writer.WriteString("Description", document.Description ?? document.Name);
            writer.WriteString("Hash", DocumentContent.Hash(DocumentContent.Json(document)));
            writer.WriteString("HashType", "Sha256");
            writer.WriteString("LatestVersion", Latest(document));
            writer.WriteStartArray("Parameters");
            foreach (ParameterInfo parameter in document.Parameters?.Values ?? Enumerable.Empty<ParameterInfo>())
            {
                Write(writer, parameter);
            }

            writer.WriteEndArray();
            WriteIdentity(writer, document, version);
            writer.WriteString("Status", "Active");
            writer.WriteEndObject();
            writer.WriteEndObject();
        });
    }

    /// <summary>ListDocuments.</summary>
    public byte[] List(JsonElement request, CallFaults faults)
    {
        List<(string Key, string[] Values)> filters =
        [
            .. Entry.Items(request, "Filters").Select(static filter => (Entry.Text(filter, "Key") ?? string.Empty, Entry.Texts(filter, "Values").ToArray())),
            .. Entry.Items(request, "DocumentFilterList").Select(static filter => (Entry.Text(filter, "key")!, new[] { Entry.Text(filter, "value")! })),
        ];
        if (filters.Exists(static filter => !s_filters.Contains(filter.Key) && !filter.Key.StartsWith("tag:", StringComparison.Ordinal)))
        {
            throw new ServiceException("InvalidFilterKey", null);
        }

        DocumentInfo[] documents =
        [
            .. _inventory.Documents.Where(document => filters.TrueForAll(filter => Matches(document, filter.Key, filter.Values)))
                .OrderBy(static document => document.Name, StringComparer.Ordinal),
        ];
        string what = string.Join("\n", filters.Select(static filter => filter.Key + "=" + string.Join(",", filter.Values)));
        return PageAnswer.Slice(request, LargestPage, "DocumentIdentifiers", documents, what, faults, (writer, document) =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("CreatedDate", DescriptionWriter.Seconds(s_created));
            WriteIdentity(writer, document, document.DefaultVersion);
            writer.WriteEndObject();
        });
    }

    /// <summary>GetCalendarState: open where all calendars are.</summary>
    public byte[] GetCalendarState(JsonElement request)
    {
        DateTime time = _clock.Now;
        if (Entry.Text(request, "AtTime") is string at
            && !DateTime.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time))
        {
            throw new ServiceException("ValidationException", "AtTime is not a time in the form of ISO 8601.");
        }

        ChangeCalendar[] calendars = [.. Entry.Texts(request, "CalendarNames").Select(name => _inventory.FindDocument(name) switch
        {
            null => throw new ServiceException("InvalidDocument", "Document does not exist: " + name),
            { Type: not "ChangeCalendar" } => throw new ServiceException("InvalidDocumentType", $"InvalidDocumentType: {name} is not a change calendar."),
            { Calendar: ChangeCalendar calendar } => calendar,
            _ => new ChangeCalendar(true, []),
        })];
        bool IsOpen(DateTime when) => Array.TrueForAll(calendars, calendar => calendar.IsOpen(when));
        DateTime? change = time;
        do
        {
            DateTime from = change.Value;
            change = calendars.Select(calendar => calendar.NextChange(from)).Min();
        }
        while (change is DateTime next && IsOpen(next) == IsOpen(time));

        return JsonBytes.Make(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("AtTime", Iso(time));
            if (change is DateTime transition)
            {
                writer.WriteString("NextTransitionTime", Iso(transition));
            }

            writer.WriteString("State", IsOpen(time) ? "OPEN" : "CLOSED");
            writer.WriteEndObject();
        });
    }

    private static string Iso(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Latest(DocumentInfo document) => document.Versions.Count == 0 ? document.DefaultVersion : document.Versions[document.Versions.Count - 1];

    /// <summary>DescribeDocument knows two types of parameters only, and no allowed values.</summary>
    private static void Write(Utf8JsonWriter writer, ParameterInfo parameter)
    {
        writer.WriteStartObject();
        if (parameter.Default is string given)
        {
            using JsonDocument value = JsonDocument.Parse(given);
            writer.WriteString("DefaultValue", value.RootElement.ValueKind == JsonValueKind.String ? value.RootElement.GetString() : given);
        }

        if (parameter.Description is string description)
        {
            writer.WriteString("Description", description);
        }

        writer.WriteString("Name", parameter.Name);
        writer.WriteString("Type", parameter.IsList ? "StringList" : "String");
        writer.WriteEndObject();
    }

    private (DocumentInfo Document, string Version) Find(JsonElement request)
    {
        string name = Entry.Text(request, "Name")!;
        DocumentInfo document = _inventory.FindDocument(name) ?? throw new ServiceException("InvalidDocument", "Document does not exist: " + name);
        string? wanted = Entry.Text(request, "DocumentVersion");
        string version = wanted switch
        {
            null or "$DEFAULT" => document.DefaultVersion,
            "$LATEST" => Latest(document),
            _ => wanted,
        };
        bool exists = document.Versions.Count == 0 || document.Versions.Contains(version);
        return exists && Entry.Text(request, "VersionName") is null
            ? (document, version)
            : throw new ServiceException("InvalidDocumentVersion", $"InvalidDocumentVersion: {name} has no such version.");
    }

    private void WriteIdentity(Utf8JsonWriter writer, DocumentInfo document, string version)
    {
        writer.WriteString("DocumentFormat", "JSON");
        writer.WriteString("DocumentType", document.Type);
        writer.WriteString("DocumentVersion", version);
        writer.WriteString("Name", document.Name);
        writer.WriteString("Owner", OwnerOf(document));
        writer.WriteStartArray("PlatformTypes");
        foreach (string platform in document.Platforms.Count == 0 ? ["Windows", "Linux", "MacOS"] : document.Platforms.AsEnumerable())
        {
            writer.WriteStringValue(platform);
        }

        writer.WriteEndArray();
        writer.WriteString("SchemaVersion", document.SchemaText);
        writer.WriteStartArray("Tags");
        writer.WriteEndArray();
    }

    /// <summary>Another account's document has its ARN as its name.</summary>
    private string OwnerOf(DocumentInfo document)
    {
        string[] parts = document.Name.Split(':');
        return document.IsAmazon ? "Amazon" : parts.Length > 4 ? parts[4] : _inventory.Account;
    }

    private bool Matches(DocumentInfo document, string key, string[] values) => key switch
    {
        "Name" => values.Any(value => document.Name.StartsWith(value, StringComparison.Ordinal)),
        "SearchKeyword" => values.All(value => document.Name.IndexOf(value, StringComparison.OrdinalIgnoreCase) >= 0),
        "Owner" => values.Any(value => value switch
        {
            "All" => true,
            "Amazon" => document.IsAmazon,
            "Self" or "Private" => OwnerOf(document) == _inventory.Account,
            "Public" => document.IsAmazon,
            "ThirdParty" => false,
            _ => OwnerOf(document) == value,
        }),
        "PlatformTypes" => document.Platforms.Count == 0 || values.Any(document.Platforms.Contains),
        "DocumentType" => values.Contains(document.Type),
        _ => false,
    };
}
