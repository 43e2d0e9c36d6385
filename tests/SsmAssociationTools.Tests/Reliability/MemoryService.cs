using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Tests.Reliability;

/// <summary>A service in memory whose calls a test can hold up, spoil or carry out late.</summary>
internal sealed class MemoryService : IAssociationGateway
{
    private readonly Lock _gate = new();
    private readonly List<AssociationRecord> _records = [];

    /// <summary>Stands in for CreateAssociationBatch; by default everything is created.</summary>
    public Func<int, CreateBatchRequest, CancellationToken, Task<CreateBatchAnswer>>? OnCreate { get; set; }

    /// <summary>Happens before each ListAssociations, with its number from 1.</summary>
    public Action<int>? OnList { get; set; }

    public int CreateCalls { get; private set; }

    public int ListCalls { get; private set; }

    public IReadOnlyList<AssociationRecord> Records
    {
        get
        {
            lock (_gate)
            {
                return [.. _records];
            }
        }
    }

    public string Region => "us-east-1";

    public string CredentialSource => "the test";

    public string? AccountId => null;

    public static GatewayException TimedOut() => new(GatewayErrorKind.Ambiguous, "RequestTimeout", "No answer in time.");

    public CreateBatchAnswer Act(CreateBatchRequest request)
    {
        lock (_gate)
        {
            List<AssociationRecord> created = [.. request.Entries.Select(entry => new AssociationRecord { AssociationId = Guid.NewGuid().ToString(), AssociationVersion = "1", Date = DateTime.UtcNow, Content = entry })];
            _records.AddRange(created);
            return new CreateBatchAnswer { Successful = created };
        }
    }

    public async Task<CreateBatchAnswer> CreateAssociationBatchAsync(CreateBatchRequest request, CancellationToken cancellationToken)
    {
        int call;
        lock (_gate)
        {
            call = ++CreateCalls;
        }

        await Task.Yield();
        return OnCreate is null ? Act(request) : await OnCreate(call, request, cancellationToken).ConfigureAwait(false);
    }

    public Task<ListAnswer> ListAssociationsAsync(ListRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ListCalls++;
        OnList?.Invoke(ListCalls);
        return Task.FromResult(new ListAnswer
        {
            ServiceTime = DateTime.UtcNow,
            Associations = [.. Records.Where(record =>
                (request.Name is null || record.Content.Name == request.Name)
                && (request.AssociationName is null || record.Content.AssociationName == request.AssociationName))],
        });
    }

    public Task<AssociationRecord?> DescribeAssociationAsync(string associationId, CancellationToken cancellationToken) =>
        Task.FromResult(Records.SingleOrDefault(record => record.AssociationId == associationId));

    public Task<bool> DeleteAssociationAsync(string associationId, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(_records.RemoveAll(record => record.AssociationId == associationId) > 0);
        }
    }

    public void Dispose()
    {
    }
}
