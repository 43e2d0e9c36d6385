using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Content;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Tests.Runs.Create;

/// <summary>A gateway whose answers a test decides. By default it creates everything.</summary>
internal sealed class FakeGateway : IAssociationGateway
{
    private readonly object _gate = new();
    private int _nextId;

    public Func<int, CreateBatchRequest, CreateBatchAnswer>? OnCreate { get; set; }

    public List<CreateBatchRequest> Requests { get; } = [];

    /// <summary>The service's clock.</summary>
    public Func<DateTime> Now { get; set; } = () => DateTime.UtcNow;

    /// <summary>What the Date header of an answer says; null for an answer without one.</summary>
    public Func<DateTime?>? Date { get; set; }

    public string Region => "us-east-1";

    public string CredentialSource => "the test";

    public string? AccountId { get; init; } = "111122223333";

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
        ServiceTime = DateOf(),
    };

    /// <summary>The service's time as a header has it, in whole seconds.</summary>
    private DateTime? DateOf() => (Date is null ? Now() : Date()) is { } date ? new DateTime(date.Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, DateTimeKind.Utc) : null;

    /// <summary>Creates entries, so that they are listed from now on.</summary>
    public void Store(IEnumerable<AssociationEntry> entries)
    {
        lock (_gate)
        {
            Existing.AddRange(entries.Select(Record).ToList());
        }
    }

    public AssociationRecord Record(AssociationEntry entry) => new()
    {
        AssociationId = $"id-{Interlocked.Increment(ref _nextId)}",
        AssociationVersion = "1",
        Date = Now(),
        Content = entry,
    };

    /// <summary>What exists: created by this gateway, or put there by a test.</summary>
    public List<AssociationRecord> Existing { get; } = [];

    /// <summary>How many readings of the list do not show yet what exists.</summary>
    public int ListLag { get; set; }

    public Action<ListRequest>? OnList { get; set; }

    public int ListCalls { get; private set; }

    public int DescribeCalls { get; private set; }

    public Task<ListAnswer> ListAssociationsAsync(ListRequest request, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            ListCalls++;
            OnList?.Invoke(request);
            if (ListLag > 0)
            {
                ListLag--;
                return Task.FromResult(new ListAnswer { ServiceTime = DateOf() });
            }

            // Two on a page, so that paging takes part.
            List<AssociationRecord> all = Existing.FindAll(r =>
                (request.Name is null || r.Content.Name == request.Name) && (request.AssociationName is null || r.Content.AssociationName == request.AssociationName));
            int start = request.NextToken is null ? 0 : int.Parse(request.NextToken, System.Globalization.CultureInfo.InvariantCulture);
            return Task.FromResult(new ListAnswer
            {
                ServiceTime = DateOf(),
                Associations = all.Skip(start).Take(2).Select(r => new AssociationRecord { AssociationId = r.AssociationId, Content = ContentAgreement.ListMembers(r.Content) }).ToList(),
                NextToken = start + 2 < all.Count ? (start + 2).ToString(System.Globalization.CultureInfo.InvariantCulture) : null,
            });
        }
    }

    public Task<AssociationRecord?> DescribeAssociationAsync(string associationId, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            DescribeCalls++;
            return Task.FromResult(Existing.Find(r => r.AssociationId == associationId));
        }
    }

    public Task<bool> DeleteAssociationAsync(string associationId, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(Existing.RemoveAll(record => record.AssociationId == associationId) > 0);
        }
    }

    public void Dispose()
    {
    }
}
