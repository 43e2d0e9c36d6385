using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using SsmAssociationTools.Rehearsal;

namespace SsmAssociationTools.LocalEndpoint.Data;

/// <summary>What exists around the associations: documents, managed nodes and buckets.</summary>
internal sealed class Inventory
{
    /// <summary>As a document name: every customer document exists, of whatever type an entry needs it to be.</summary>
    private const string AnyDocument = "*";

    private static readonly string[] s_amazonPrefixes = ["aws", "amazon", "amzn"];
    private static readonly string[] s_types = ["Command", "Automation", "Policy", "Session", "Package", "ChangeCalendar"];

    private readonly Dictionary<string, DocumentInfo> _documents = new(StringComparer.Ordinal);
    private readonly NodeHolder _nodes;
    private readonly HashSet<string> _buckets = new(StringComparer.Ordinal);
    private readonly Regex _ownArn;
    private bool _anyCustomerDocument;
    private bool _bucketsGiven;

    private Inventory(string region, string account)
    {
        _ownArn = OwnArn(region, account);
        Account = account;
        _nodes = new NodeHolder();
    }

    private Inventory(Inventory other, string region, string account)
    {
        _documents = other._documents;
        _nodes = other._nodes;
        _buckets = other._buckets;
        _anyCustomerDocument = other._anyCustomerDocument;
        _bucketsGiven = other._bucketsGiven;
        _ownArn = OwnArn(region, account);
        Account = account;
    }

    /// <summary>Account, 12 digits.</summary>
    public string Account { get; }

    /// <summary>The managed nodes as they are now.</summary>
    public NodeDirectory Nodes => _nodes.Current;

    /// <summary>The documents that are known by more than their name.</summary>
    public IEnumerable<DocumentInfo> Documents => _documents.Values;

    /// <summary>Reads the built-in documents and what the options add.</summary>
    /// <param name="options">The endpoint's options.</param>
    /// <param name="nodes">Reads nodes.</param>
    /// <returns>The inventory.</returns>
    /// <exception cref="LocalEndpointException">The inventory file cannot be read or has a mistake.</exception>
    public static Inventory Load(LocalEndpointOptions options, NodeReader nodes)
    {
        var inventory = new Inventory(options.Region, options.AccountId);
        List<ManagedNode> known = [];
        inventory.AddResource("documents.json", nodes, known);

        bool nodesGiven = options.Nodes.Count > 0;
        foreach (string name in options.Documents)
        {
            inventory._anyCustomerDocument |= name == AnyDocument;
            inventory._documents[name] = new DocumentInfo(name, isAmazon: false);
        }

        if (options.InventoryPath is string path)
        {
            nodesGiven |= inventory.AddFile(path, nodes, known);
        }

        for (int i = 0; i < options.Nodes.Count; i++)
        {
            known.Add(nodes.Read(options.Nodes[i], $"Node {i + 1}"));
        }

        if (!nodesGiven)
        {
            inventory.AddResource("nodes.json", nodes, known);
        }

        inventory._nodes.Current = new NodeDirectory(known, nodesGiven);
        return inventory;
    }

    /// <summary>The same documents, nodes and buckets in another account and Region.</summary>
    /// <param name="region">Region code.</param>
    /// <param name="account">Account, 12 digits.</param>
    /// <returns>The inventory.</returns>
    public Inventory In(string region, string account) => new(this, region, account);

    /// <summary>Finds a document.</summary>
    /// <param name="name">Name or ARN as a request gives it.</param>
    /// <returns>The document, or null when it does not exist in this account and Region.</returns>
    public DocumentInfo? FindDocument(string name)
    {
        if (_documents.TryGetValue(name, out DocumentInfo? document))
        {
            return document;
        }

        string plain = PlainName(name);
        if (_documents.TryGetValue(plain, out document))
        {
            return document;
        }

        bool mayBeOurs = _anyCustomerDocument && !IsAmazonName(plain) && !plain.StartsWith("arn:", StringComparison.Ordinal);
        return mayBeOurs ? new DocumentInfo(plain, isAmazon: false) { Versions = [], IsOfAnyType = true } : null;
    }

    /// <summary>What a document is called within its account.</summary>
    /// <param name="name">Name or ARN as a request gives it.</param>
    /// <returns>The name without the ARN of this account and Region; the ARN of a document of another account as it is.</returns>
    public string PlainName(string name)
    {
        Match match = name.StartsWith("arn:", StringComparison.Ordinal) ? _ownArn.Match(name) : Match.Empty;
        return match.Success ? match.Groups[1].Value : name;
    }

    /// <summary>A change calendar.</summary>
    /// <param name="name">Name or ARN as a request gives it.</param>
    /// <returns>The calendar; null where no document of the name has one.</returns>
    public ChangeCalendar? Calendar(string name) => FindDocument(name)?.Calendar;

    /// <summary>Replaces the nodes, in every account and Region.</summary>
    public void ChangeNodes(Func<NodeDirectory, NodeDirectory> change) => _nodes.Current = change(_nodes.Current);

    /// <summary>Finds a managed node.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="node">The node; a running one of any platform when the inventory lists no nodes.</param>
    /// <returns>Whether it exists.</returns>
    public bool TryFindNode(string id, out ManagedNode node)
    {
        node = _nodes.Current.Find(id)!;
        return node is not null;
    }

    /// <summary>Tells whether a bucket exists. Every bucket does when the inventory lists none.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Whether it exists.</returns>
    public bool HasBucket(string name) => !_bucketsGiven || _buckets.Contains(name);

    /// <summary>Partitions other than aws have names such as aws-cn; documents of Amazon's have no account in their ARN.</summary>
    private static Regex OwnArn(string region, string account) => new(
        $@"\Aarn:aws[a-z-]*:ssm:{Regex.Escape(region)}:(?:{Regex.Escape(account)})?:document/(.+)\z",
        RegexOptions.CultureInvariant);

    private static bool IsAmazonName(string name) =>
        s_amazonPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    private static DocumentInfo ReadDocument(JsonElement value, string place, bool builtIn)
    {
        JsonMember.Require(value, place, "name", "type", "schemaVersion", "platformTypes", "versions", "defaultVersion", "parameters", "moreParameters", "description", "content", "calendar");
        var document = new DocumentInfo(JsonMember.RequiredText(value, "name", place), builtIn)
        {
            Type = JsonMember.Text(value, "type", place, s_types) ?? "Command",
        };
        document.SchemaText = JsonMember.Text(value, "schemaVersion", place) ?? (document.IsAutomation ? "0.3" : "2.2");
        document.SchemaVersion = Version.TryParse(document.SchemaText, out Version? version)
            ? version
            : throw JsonMember.Mistake(place + ".schemaVersion", $"'{document.SchemaText}' is not a version such as 2.2.");
        document.Platforms = new HashSet<string>(JsonMember.Texts(value, "platformTypes", place), StringComparer.OrdinalIgnoreCase);
        List<string> versions = [.. JsonMember.Texts(value, "versions", place)];
        if (versions.Count > 0)
        {
            document.Versions = versions;
            document.DefaultVersion = versions[versions.Count - 1];
        }

        if (JsonMember.Text(value, "defaultVersion", place) is string defaultVersion && !document.Versions.Contains(defaultVersion))
        {
            throw JsonMember.Mistake(place + ".defaultVersion", $"'{defaultVersion}' is not one of the document's versions.");
        }

        document.DefaultVersion = JsonMember.Text(value, "defaultVersion", place) ?? document.DefaultVersion;

        if (value.TryGetProperty("parameters", out JsonElement parameters))
        {
            document.Parameters = ParameterReader.Read(parameters, place + ".parameters", fromContent: false);
        }

        document.TakesMoreParameters = JsonMember.Flag(value, "moreParameters", place);
        document.Description = JsonMember.Text(value, "description", place);
        if (value.TryGetProperty("content", out JsonElement content))
        {
            JsonMember.Require(content, place + ".content", [.. content.ValueKind == JsonValueKind.Object ? content.EnumerateObject().Select(static member => member.Name) : []]);
            document.Content = content.GetRawText();
            document.Parameters = content.TryGetProperty("parameters", out JsonElement inside)
                ? ParameterReader.Read(inside, place + ".content.parameters", fromContent: true)
                : [];
        }

        if (value.TryGetProperty("calendar", out JsonElement calendar))
        {
            JsonMember.Require(calendar, place + ".calendar", "default", "windows");
            bool open = JsonMember.Text(calendar, "default", place + ".calendar", ["OPEN", "CLOSED"]) != "CLOSED";
            document.Calendar = new ChangeCalendar(open, JsonMember.Windows(calendar, "windows", place + ".calendar"));
        }

        return document;
    }

    private void AddResource(string name, NodeReader nodes, List<ManagedNode> known)
    {
        using Stream builtIn = typeof(Inventory).Assembly.GetManifestResourceStream(name)!;
        using JsonDocument document = JsonDocument.Parse(builtIn);
        Add(document.RootElement, builtIn: true, nodes, known);
    }

    private bool AddFile(string path, NodeReader nodes, List<ManagedNode> known)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(
                File.ReadAllBytes(path),
                new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return Add(document.RootElement, builtIn: false, nodes, known);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new LocalEndpointException("InventoryNotRead", $"The inventory file '{path}' cannot be read: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw new LocalEndpointException("InventoryInvalid", $"The inventory file '{path}' has a mistake. {exception.Message}", exception);
        }
    }

    /// <returns>Whether it says which nodes there are.</returns>
    private bool Add(JsonElement root, bool builtIn, NodeReader nodes, List<ManagedNode> known)
    {
        JsonMember.Require(root, "the file", "documents", "managedNodes", "buckets");
        int place = 0;
        foreach (JsonElement item in JsonMember.Items(root, "documents", string.Empty))
        {
            DocumentInfo document = ReadDocument(item, $"documents[{place++}]", builtIn);
            _documents[document.Name] = document;
        }

        place = 0;
        foreach (JsonElement item in JsonMember.Items(root, "managedNodes", string.Empty))
        {
            known.Add(nodes.Read(item, $"managedNodes[{place++}]"));
        }

        _bucketsGiven |= root.TryGetProperty("buckets", out _);
        _buckets.UnionWith(JsonMember.Texts(root, "buckets", "the file"));
        return root.TryGetProperty("managedNodes", out _);
    }
}
