using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Documents;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Validation;

namespace SsmAssociationTools.Runs.Online;

/// <summary>
/// What the service of one account and Region knows that entries ask about. Each question is put once, however many entries
/// share it: for each document and version two calls, for each condition on tags or list of ids one list, for each calendar one
/// call, and the list of associations. Safe for concurrent use.
/// </summary>
internal sealed class PlaceView : IDisposable
{
    private readonly ServiceReader _reader;
    private readonly Func<string, KnownDocument?>? _files;
    private readonly CancellationToken _stop;
    private readonly ConcurrentDictionary<(string Name, string? Version), Lazy<Task<SeenDocument>>> _documents = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<SeenNodes>>> _conditions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task<Answer<CalendarAnswer>>>> _calendars = new(StringComparer.Ordinal);
    private readonly Lazy<Task<Answer<ExistingTable>>> _existing;

    /// <summary>Makes a view. It makes no call before it is asked.</summary>
    /// <param name="files">Finds documents that the user gives as files, which stand in place of the service's; null for none.</param>
    public PlaceView(ServiceReader reader, Func<string, KnownDocument?>? files, CancellationToken stop)
    {
        _reader = reader;
        _files = files;
        _stop = stop;
        _existing = new Lazy<Task<Answer<ExistingTable>>>(() => AnswerAsync(async () => new ExistingTable(await _reader.ListAssociationsAsync(_stop).ConfigureAwait(false))));
    }

    /// <summary>The nodes that were seen.</summary>
    public NodeTable Nodes { get; } = new();

    /// <summary>Looks up what there is to know for an entry.</summary>
    /// <param name="id">The id of the association that the entry came with; null for none.</param>
    public async Task<Sight> LookAsync(AssociationEntry entry, string? id)
    {
        Task<Answer<ExistingTable>> existing = _existing.Value;
        SeenDocument? document = await DocumentAsync(entry).ConfigureAwait(false);
        bool isRunbook = IsRunbook(entry, document?.Known);
        SeenNodes nodes = await NodesAsync(entry, isRunbook, document?.TargetType).ConfigureAwait(false);
        var calendars = new List<(string Name, Answer<CalendarAnswer> Answer)>();
        foreach (string? name in entry.CalendarNames ?? [])
        {
            if (!string.IsNullOrEmpty(name))
            {
                calendars.Add((name!, await Shared(_calendars, name!, () => AnswerAsync(() => _reader.GetCalendarStateAsync(name!, _stop))).ConfigureAwait(false)));
            }
        }

        Answer<ExistingTable> table = await existing.ConfigureAwait(false);
        AssociationRecord? changed = table.Value?.Find(id, entry);
        return new Sight(table)
        {
            Document = document,
            Nodes = nodes,
            Changed = changed,
            NodesBefore = changed is null || nodes.Numbers is null ? null : await NodesAsync(changed.Content, isRunbook, document?.TargetType).ConfigureAwait(false),
            Calendars = calendars,
        };
    }

    public void Dispose() => _reader.Dispose();

    private static Task<TValue> Shared<TKey, TValue>(ConcurrentDictionary<TKey, Lazy<Task<TValue>>> answers, TKey key, Func<Task<TValue>> ask)
        where TKey : notnull =>
        answers.GetOrAdd(key, _ => new Lazy<Task<TValue>>(ask)).Value;

    private static async Task<Answer<T>> AnswerAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return new Answer<T>(await ask().ConfigureAwait(false), null);
        }
        catch (GatewayException error)
        {
            return new Answer<T>(default, error);
        }
    }

    /// <summary>A document that is not known may be a runbook by what the entry says.</summary>
    private static bool IsRunbook(AssociationEntry entry, KnownDocument? document)
    {
        var context = new EntryContext(new ValidationOptions(), static () => default);
        context.Begin(entry, new IssueCollector(), region: null, document);
        return context.LooksLikeAutomation;
    }

    private async Task<SeenDocument?> DocumentAsync(AssociationEntry entry)
    {
        if (entry.Name is not { } name || EntrySchema.Name.Pattern?.Matches(name) == false)
        {
            return null;
        }

        if (_files?.Invoke(DocumentReference.Parse(name).Name) is { } file)
        {
            return new SeenDocument { Known = file };
        }

        string? version = string.IsNullOrEmpty(entry.DocumentVersion) ? null : entry.DocumentVersion;
        return await Shared(_documents, (name, version), () => DocumentAsync(name, version)).ConfigureAwait(false);
    }

    private async Task<SeenDocument> DocumentAsync(string name, string? version)
    {
        var request = new DocumentRequest(name) { DocumentVersion = version };
        DocumentRecord record;
        try
        {
            record = await _reader.DescribeDocumentAsync(request, _stop).ConfigureAwait(false);
        }
        catch (GatewayException error)
        {
            return new SeenDocument { Failure = error };
        }

        DocumentSchema? schema = null;
        string? problem = null;
        try
        {
            DocumentContent content = await _reader.GetDocumentAsync(request, _stop).ConfigureAwait(false);
            schema = content.Content is { } text ? DocumentSchema.Read(text) : null;
            problem = schema is null ? "its content is in a form that is not known here" : null;
        }
        catch (GatewayException error)
        {
            problem = "GetDocument: " + error.ErrorCode + " (needs ssm:GetDocument)";
        }

        string plainName = DocumentReference.Parse(name).Name;
        schema ??= Described(record);
        return new SeenDocument
        {
            Known = schema is null && KnownDocuments.Find(plainName) is { } known
                ? known
                : KnownDocument.Of(plainName, record.DocumentType ?? string.Empty, schema, record.SchemaVersion, ServiceRules.Source),
            ContentProblem = problem,
            Status = record.Status,
            TargetType = string.IsNullOrEmpty(record.TargetType) ? null : record.TargetType,
            Platforms = record.PlatformTypes,
        };
    }

    /// <summary>What a description says of the parameters: names, whether one value or several, and which are required.</summary>
    private static DocumentSchema? Described(DocumentRecord record)
    {
        if (record.Parameters is not { } described)
        {
            return null;
        }

        var parameters = new List<DocumentParameter>();
        foreach (DocumentParameterRecord parameter in described)
        {
            if (parameter.Name is { } name)
            {
                // It calls types of runbooks texts that are none.
                parameters.Add(new DocumentParameter(name, parameter.Type == "StringList" ? parameter.Type : string.Empty) { IsRequired = parameter.DefaultValue is null });
            }
        }

        return DocumentSchema.Of(record.SchemaVersion, parameters);
    }

    private async Task<SeenNodes> NodesAsync(AssociationEntry entry, bool isRunbook, string? targetType)
    {
        if (NodeCondition.Of(entry, isRunbook, targetType, out string? reason) is not { } conditions)
        {
            return new SeenNodes { Reason = reason };
        }

        // All are begun before the first is awaited.
        var asked = new List<Task<SeenNodes>>();
        foreach (NodeCondition condition in conditions)
        {
            asked.Add(Shared(_conditions, condition.Key, () => SelectedAsync(condition)));
        }

        SeenNodes[] all = await Task.WhenAll(asked).ConfigureAwait(false);
        if (all.Length == 1)
        {
            return all[0];
        }

        var unknown = new List<string>();
        IReadOnlyList<int>? numbers = null;
        foreach (SeenNodes one in all)
        {
            if (one.Numbers is null)
            {
                return one;
            }

            unknown.AddRange(one.Unknown);
            numbers = numbers is null ? one.Numbers : Both(numbers, one.Numbers);
        }

        return new SeenNodes { Numbers = numbers, Unknown = unknown };
    }

    /// <summary>What is in both lists, in the order of the first.</summary>
    private static List<int> Both(IReadOnlyList<int> first, IReadOnlyList<int> second)
    {
        var others = new HashSet<int>(second);
        var both = new List<int>();
        for (int i = 0; i < first.Count; i++)
        {
            if (others.Contains(first[i]))
            {
                both.Add(first[i]);
            }
        }

        return both;
    }

    private async Task<SeenNodes> SelectedAsync(NodeCondition condition)
    {
        var numbers = new List<int>();
        var unknown = new List<string>();
        try
        {
            if (condition.IsForIds)
            {
                await ByIdAsync(condition.Values, numbers, unknown).ConfigureAwait(false);
            }
            else
            {
                Nodes.Add(await _reader.ListNodesAsync(condition.Filters, _stop).ConfigureAwait(false), numbers);
            }
        }
        catch (GatewayException error)
        {
            return new SeenNodes { Failure = error };
        }

        return new SeenNodes { Numbers = numbers.ToArray(), Unknown = unknown };
    }

    /// <summary>The service refuses a list with an id that it does not know, and does not say for sure which: halving finds it.</summary>
    private async Task ByIdAsync(IReadOnlyList<string> ids, List<int> numbers, List<string> unknown)
    {
        try
        {
            Nodes.Add(await _reader.ListNodesAsync(NodeCondition.Ids(ids).Filters, _stop).ConfigureAwait(false), numbers);
        }
        catch (GatewayException error) when (error.Kind == GatewayErrorKind.Rejected && error.ErrorCode is ErrorCodes.InvalidInstanceId or ErrorCodes.InvalidInstanceInformationFilterValue)
        {
            if (ids.Count == 1)
            {
                unknown.Add(ids[0]);
                return;
            }

            var left = new List<string>();
            var right = new List<string>();
            for (int i = 0; i < ids.Count; i++)
            {
                (i < ids.Count / 2 ? left : right).Add(ids[i]);
            }

            await ByIdAsync(left, numbers, unknown).ConfigureAwait(false);
            await ByIdAsync(right, numbers, unknown).ConfigureAwait(false);
        }
    }
}
