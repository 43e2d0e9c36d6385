using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Tests.Runs.Online;

/// <summary>
/// A fleet in memory that is asked as the API reference of DescribeInstanceInformation says: pages of at most 50, filters on
/// tags alone, an id that is not known is an error, and no tags in the answer.
/// </summary>
internal sealed class MemoryFleet : IFleetGateway
{
    private readonly (string Id, Dictionary<string, string> Tags)[] _nodes;
    private readonly Dictionary<string, int> _byId;
    private readonly ILookup<(string Key, string Value), int> _byTag;
    private readonly ILookup<string, int> _byKey;
    private readonly Dictionary<string, int[]> _selections = new(StringComparer.Ordinal);
    private int _calls;

    public MemoryFleet(IEnumerable<(string Id, Dictionary<string, string> Tags)> nodes)
    {
        _nodes = [.. nodes];
        _byId = Enumerable.Range(0, _nodes.Length).ToDictionary(i => _nodes[i].Id, i => i);
        _byTag = Enumerable.Range(0, _nodes.Length).SelectMany(i => _nodes[i].Tags.Select(tag => ((tag.Key, tag.Value), i))).ToLookup(pair => pair.Item1, pair => pair.i);
        _byKey = Enumerable.Range(0, _nodes.Length).SelectMany(i => _nodes[i].Tags.Keys.Select(key => (key, i))).ToLookup(pair => pair.key, pair => pair.i);
    }

    public string Region => "us-east-1";

    public string CredentialSource => "test";

    public string? AccountId => null;

    /// <summary>Calls of DescribeInstanceInformation.</summary>
    public int Calls => _calls;

    public Task<NodesAnswer> DescribeInstanceInformationAsync(NodesRequest request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        if (request.MaxResults is < 5 or > 50 || (request.Filters.Count > 1 && request.Filters.Any(filter => filter.Key != "InstanceIds")) || request.Filters.Any(filter => filter.Values.Count is 0 or > 100))
        {
            throw new GatewayException(GatewayErrorKind.Rejected, "ValidationException", "wrong request");
        }

        string key = string.Join("\n", request.Filters.Select(filter => filter.Key + "=" + string.Join(",", filter.Values)));
        int[]? selected;
        lock (_selections)
        {
            if (!_selections.TryGetValue(key, out selected))
            {
                selected = request.Filters.Count == 0 ? [.. Enumerable.Range(0, _nodes.Length)] : Select(request.Filters[0]);
                _selections.Add(key, selected);
            }
        }

        int start = request.NextToken is null ? 0 : int.Parse(request.NextToken, CultureInfo.InvariantCulture);
        int end = Math.Min(selected.Length, start + request.MaxResults);
        return Task.FromResult(new NodesAnswer
        {
            Nodes = [.. selected.AsSpan(start, end - start).ToArray().Select(i => new NodeRecord { InstanceId = _nodes[i].Id, PingStatus = "Online", PlatformType = "Linux" })],
            NextToken = end < selected.Length ? end.ToString(CultureInfo.InvariantCulture) : null,
        });
    }

    public Task<ListAnswer> ListAssociationsAsync(ListRequest request, CancellationToken cancellationToken) => Task.FromResult(new ListAnswer());

    public Task<DocumentRecord> DescribeDocumentAsync(DocumentRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(new DocumentRecord { Name = request.Name, DocumentType = "Command", SchemaVersion = "2.2", Status = "Active" });

    public Task<DocumentContent> GetDocumentAsync(DocumentRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(new DocumentContent { Content = """{"schemaVersion":"2.2"}""" });

    public Task<CalendarAnswer> GetCalendarStateAsync(IReadOnlyList<string> calendarNames, DateTime? at, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<CreateBatchAnswer> CreateAssociationBatchAsync(CreateBatchRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<AssociationRecord?> DescribeAssociationAsync(string associationId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> DeleteAssociationAsync(string associationId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<UpdateAnswer> UpdateAssociationAsync(UpdateRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<AssociationRecord?> DescribeAssociationVersionAsync(string associationId, string associationVersion, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<VersionsAnswer> ListAssociationVersionsAsync(VersionsRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<StartAnswer> StartAssociationsOnceAsync(IReadOnlyList<string> associationIds, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ExecutionsAnswer> DescribeAssociationExecutionsAsync(ExecutionsRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ExecutionTargetsAnswer> DescribeAssociationExecutionTargetsAsync(ExecutionTargetsRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    private int[] Select(NodeFilter filter)
    {
        if (filter.Key == "InstanceIds")
        {
            return [.. filter.Values.Select(id => _byId.TryGetValue(id, out int i) ? i : throw new GatewayException(GatewayErrorKind.Rejected, "InvalidInstanceId", "unknown")).Distinct().Order()];
        }

        return filter.Key == "tag-key"
            ? [.. filter.Values.SelectMany(value => _byKey[value]).Distinct().Order()]
            : [.. filter.Values.SelectMany(value => _byTag[(filter.Key["tag:".Length..], value)]).Distinct().Order()];
    }
}
