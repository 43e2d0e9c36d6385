using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Tests.Runs.Remove;

/// <summary>A service in memory that holds associations and whose calls a test can refuse, spoil or hold up.</summary>
internal sealed class RemovalService : IAssociationGateway
{
    private readonly ConcurrentDictionary<string, AssociationRecord> _records = new();
    private readonly ConcurrentQueue<string> _calls = new();
    private int _deletes;
    private int _inFlight;
    private int _maxInFlight;

    /// <summary>Happens before each DeleteAssociation acts, with its number from 1. What it throws is what the caller gets.</summary>
    public Action<int, string>? BeforeDelete { get; set; }

    /// <summary>Happens after each DeleteAssociation has acted, with its number from 1.</summary>
    public Action<int, string>? AfterDelete { get; set; }

    /// <summary>Happens before each DescribeAssociation.</summary>
    public Action<string>? BeforeDescribe { get; set; }

    /// <summary>Ids that are not described, although they are there.</summary>
    public HashSet<string> Young { get; } = [];

    public string Region { get; init; } = "us-east-1";

    public string CredentialSource => "the test";

    public string? AccountId { get; init; } = "111122223333";

    /// <summary>The calls so far, such as <c>Delete ID</c>.</summary>
    public IReadOnlyList<string> Calls => [.. _calls];

    public int Deletes => _deletes;

    public int MaxInFlight => _maxInFlight;

    public IReadOnlyCollection<string> Ids => [.. _records.Keys];

    public static GatewayException TimedOut() => new(GatewayErrorKind.Ambiguous, "RequestTimeout", "No answer in time.") { RequestId = "late" };

    public static GatewayException Throttled() => new(GatewayErrorKind.Throttled, "ThrottlingException", "Rate exceeded");

    public static GatewayException Denied() => new(GatewayErrorKind.Denied, "AccessDeniedException", "You may not.");

    public string Add(AssociationEntry content, string version = "1")
    {
        string id = Guid.NewGuid().ToString();
        _records[id] = new AssociationRecord { AssociationId = id, AssociationVersion = version, Content = content };
        return id;
    }

    public void Update(string id, AssociationEntry content, string version) =>
        _records[id] = new AssociationRecord { AssociationId = id, AssociationVersion = version, Content = content };

    public async Task<AssociationRecord?> DescribeAssociationAsync(string associationId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _calls.Enqueue("Describe " + associationId);
        await Task.Yield();
        BeforeDescribe?.Invoke(associationId);
        return Young.Contains(associationId) ? null : _records.GetValueOrDefault(associationId);
    }

    public async Task<bool> DeleteAssociationAsync(string associationId, CancellationToken cancellationToken)
    {
        int call = Interlocked.Increment(ref _deletes);
        _calls.Enqueue("Delete " + associationId);
        lock (_calls)
        {
            _maxInFlight = Math.Max(_maxInFlight, ++_inFlight);
        }

        try
        {
            await Task.Yield();
            BeforeDelete?.Invoke(call, associationId);
            bool existed = _records.TryRemove(associationId, out _);
            AfterDelete?.Invoke(call, associationId);
            return existed;
        }
        finally
        {
            lock (_calls)
            {
                _inFlight--;
            }
        }
    }

    public Task<CreateBatchAnswer> CreateAssociationBatchAsync(CreateBatchRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ListAnswer> ListAssociationsAsync(ListRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    /// <summary>How many calls of a kind there were for an association.</summary>
    public int CallsOf(string operation, string id) => _calls.Count(call => call == $"{operation} {id}");
}
