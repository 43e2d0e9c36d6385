using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Tests.Batching;

/// <summary>A gateway whose answers a test decides. By default it creates everything.</summary>
internal sealed class FakeGateway : IAssociationGateway
{
    private readonly object _gate = new();
    private int _nextId;

    public Func<int, CreateBatchRequest, CreateBatchAnswer>? OnCreate { get; set; }

    public List<CreateBatchRequest> Requests { get; } = [];

    public string Region => "us-east-1";

    public string CredentialSource => "the test";

    public TimeSpan? ServerClockOffset => TimeSpan.Zero;

    public int MaxInFlight { get; private set; }

    private int _inFlight;

    public async Task<CreateBatchAnswer> CreateAssociationBatchAsync(CreateBatchRequest request, CancellationToken cancellationToken)
    {
        int call;
        lock (_gate)
        {
            Requests.Add(request);
            call = Requests.Count;
            MaxInFlight = Math.Max(MaxInFlight, ++_inFlight);
        }

        try
        {
            await Task.Yield();
            return OnCreate is null ? Create(request) : OnCreate(call, request);
        }
        finally
        {
            lock (_gate)
            {
                _inFlight--;
            }
        }
    }

    public CreateBatchAnswer Create(CreateBatchRequest request) => new()
    {
        Successful = request.Entries.Select(Record).ToList(),
        RequestId = "request",
    };

    public AssociationRecord Record(AssociationEntry entry) => new()
    {
        AssociationId = $"id-{Interlocked.Increment(ref _nextId)}",
        AssociationVersion = "1",
        Date = DateTime.UtcNow,
        Content = entry,
    };

    public Task<ListAnswer> ListAssociationsAsync(ListRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(new ListAnswer());

    public Task<AssociationRecord?> DescribeAssociationAsync(string associationId, CancellationToken cancellationToken) =>
        Task.FromResult<AssociationRecord?>(null);

    public void Dispose()
    {
    }
}
