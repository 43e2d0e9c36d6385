using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Tests.Runs.Follow;

/// <summary>A service in memory whose lists, executions and nodes a test sets.</summary>
internal sealed class FollowService : IFleetGateway
{
    private readonly ConcurrentQueue<string> _calls = new();

    public string Region => "us-east-1";

    public string CredentialSource => "the test";

    public string? AccountId => "111122223333";

    public IReadOnlyList<string> Calls => [.. _calls];

    public Dictionary<string, AssociationRecord> Records { get; } = [];

    public Dictionary<string, List<ExecutionRecord>> Executions { get; } = [];

    public Dictionary<string, List<ExecutionTargetRecord>> Targets { get; } = [];

    /// <summary>Happens before each call, with its operation. What it throws is what the caller gets.</summary>
    public Action<string>? Before { get; set; }

    /// <summary>The date of answers.</summary>
    public DateTime? Date { get; set; } = new DateTime(2026, 1, 2, 0, 0, 0, DateTimeKind.Utc);

    public int PageSize { get; set; } = 50;

    /// <summary>Answers StartAssociationsOnce.</summary>
    public Func<IReadOnlyList<string>, StartAnswer> Start { get; set; } = static _ => throw new NotSupportedException();

    public int CallsOf(string operation) => _calls.Count(call => call == operation);

    public string Add(string version = "1", string status = "Success", params (string Word, int Count)[] counts)
    {
        string id = Guid.NewGuid().ToString();
        Records[id] = new AssociationRecord
        {
            AssociationId = id,
            AssociationVersion = version,
            Status = status,
            StatusCounts = counts.ToDictionary(count => count.Word, count => count.Count),
            Date = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc),
            LastUpdateAssociationDate = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc),
            LastExecutionDate = new DateTime(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc),
            Content = new AssociationEntry { Name = "AWS-UpdateSSMAgent" },
        };
        Executions[id] = [];
        return id;
    }

    public string Run(string id, string status, int hour, string? version, params (string Node, string Status)[] nodes)
    {
        string execution = Guid.NewGuid().ToString();
        Executions[id].Insert(0, new ExecutionRecord
        {
            AssociationId = id,
            AssociationVersion = version,
            ExecutionId = execution,
            Status = status,
            DetailedStatus = status,
            CreatedTime = new DateTime(2026, 1, 1, hour, 0, 0, DateTimeKind.Utc),
            StatusCounts = nodes.GroupBy(node => node.Status).ToDictionary(group => group.Key, group => group.Count()),
        });
        Targets[execution] = [.. nodes.Select(node => new ExecutionTargetRecord { ExecutionId = execution, ResourceId = node.Node, Status = node.Status, OutputSourceId = "output-" + node.Node })];
        return execution;
    }

    public async Task<ListAnswer> ListAssociationsAsync(ListRequest request, CancellationToken cancellationToken)
    {
        await CallAsync("List");
        AssociationRecord[] all = [.. Records.Values];
        int from = request.NextToken is null ? 0 : int.Parse(request.NextToken, null);
        return new ListAnswer { Associations = [.. all.Skip(from).Take(PageSize)], NextToken = from + PageSize < all.Length ? $"{from + PageSize}" : null, ServiceTime = Date };
    }

    public async Task<AssociationRecord?> DescribeAssociationAsync(string associationId, CancellationToken cancellationToken)
    {
        await CallAsync("Describe");
        return Records.GetValueOrDefault(associationId);
    }

    public async Task<ExecutionsAnswer> DescribeAssociationExecutionsAsync(ExecutionsRequest request, CancellationToken cancellationToken)
    {
        await CallAsync("Executions");
        if (!Executions.TryGetValue(request.AssociationId, out List<ExecutionRecord>? all))
        {
            throw new GatewayException(GatewayErrorKind.Rejected, "AssociationDoesNotExist", "There is none.") { ServiceTime = Date };
        }

        int from = request.NextToken is null ? 0 : int.Parse(request.NextToken, null);
        return new ExecutionsAnswer { Executions = [.. all.Skip(from).Take(PageSize)], NextToken = from + PageSize < all.Count ? $"{from + PageSize}" : null, ServiceTime = Date };
    }

    public async Task<ExecutionTargetsAnswer> DescribeAssociationExecutionTargetsAsync(ExecutionTargetsRequest request, CancellationToken cancellationToken)
    {
        await CallAsync("Targets");
        ExecutionTargetRecord[] all = [.. Targets[request.ExecutionId].Where(target => request.Status is null || target.Status == request.Status)];
        int from = request.NextToken is null ? 0 : int.Parse(request.NextToken, null);
        return new ExecutionTargetsAnswer { Targets = [.. all.Skip(from).Take(PageSize)], NextToken = from + PageSize < all.Length ? $"{from + PageSize}" : null };
    }

    public async Task<VersionsAnswer> ListAssociationVersionsAsync(VersionsRequest request, CancellationToken cancellationToken)
    {
        await CallAsync("Versions");
        return new VersionsAnswer();
    }

    public async Task<StartAnswer> StartAssociationsOnceAsync(IReadOnlyList<string> associationIds, CancellationToken cancellationToken)
    {
        await CallAsync("Start");
        return Start(associationIds);
    }

    public Task<CreateBatchAnswer> CreateAssociationBatchAsync(CreateBatchRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> DeleteAssociationAsync(string associationId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<UpdateAnswer> UpdateAssociationAsync(UpdateRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<AssociationRecord?> DescribeAssociationVersionAsync(string associationId, string associationVersion, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<NodesAnswer> DescribeInstanceInformationAsync(NodesRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<DocumentRecord> DescribeDocumentAsync(DocumentRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<DocumentContent> GetDocumentAsync(DocumentRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<CalendarAnswer> GetCalendarStateAsync(IReadOnlyList<string> calendarNames, DateTime? at, CancellationToken cancellationToken) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    private Task CallAsync(string operation)
    {
        _calls.Enqueue(operation);
        Before?.Invoke(operation);
        return Task.CompletedTask;
    }
}
