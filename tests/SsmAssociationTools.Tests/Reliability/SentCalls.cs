using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Content;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Tests.Reliability;

/// <summary>
/// Notes when each call that creates began and ended. On a busy machine the service may carry out a call after its sender has given
/// it up and has looked for what it made; what it makes then nobody can know of.
/// </summary>
internal sealed class SentCalls(IAssociationGateway gateway) : IAssociationGateway
{
    /// <summary>Dates of records are cut to this.</summary>
    private static readonly TimeSpan s_precision = TimeSpan.FromMilliseconds(1);

    private readonly ConcurrentQueue<(IReadOnlyList<AssociationEntry> Entries, DateTime Begun, DateTime Ended)> _calls = [];

    public string Region => gateway.Region;

    public string CredentialSource => gateway.CredentialSource;

    public string? AccountId => gateway.AccountId;

    public async Task<CreateBatchAnswer> CreateAssociationBatchAsync(CreateBatchRequest request, CancellationToken cancellationToken)
    {
        AssociationEntry[] entries = [.. request.Entries];
        DateTime begun = DateTime.UtcNow;
        try
        {
            return await gateway.CreateAssociationBatchAsync(request, cancellationToken);
        }
        finally
        {
            _calls.Enqueue((entries, begun, DateTime.UtcNow));
        }
    }

    public Task<ListAnswer> ListAssociationsAsync(ListRequest request, CancellationToken cancellationToken) => gateway.ListAssociationsAsync(request, cancellationToken);

    public Task<AssociationRecord?> DescribeAssociationAsync(string associationId, CancellationToken cancellationToken) =>
        gateway.DescribeAssociationAsync(associationId, cancellationToken);

    public Task<bool> DeleteAssociationAsync(string associationId, CancellationToken cancellationToken) => gateway.DeleteAssociationAsync(associationId, cancellationToken);

    public void Dispose() => gateway.Dispose();

    /// <summary>How many associations of one content were made when no call with it was under way: all that are left when each is given a call of its own.</summary>
    public int CountLate(ContentKey key, IReadOnlyCollection<AssociationRecord> records)
    {
        using var canonical = new CanonicalContent();
        List<(DateTime Begun, DateTime Ended)> open =
        [
            .. from call in _calls
               from entry in call.Entries
               where canonical.KeyOf(entry).Equals(key)
               orderby call.Ended
               select (call.Begun, call.Ended),
        ];

        // What is older than the first call was there before. By the end of the calls, the earliest date that fits each: no other choice
        // gives more of them a call.
        List<DateTime> dates = [.. records.Select(record => record.Date!.Value).Where(date => open.Exists(call => date >= call.Begun - s_precision)).Order()];
        foreach ((DateTime begun, DateTime ended) in open)
        {
            int place = dates.FindIndex(date => date >= begun - s_precision && date <= ended);
            if (place >= 0)
            {
                dates.RemoveAt(place);
            }
        }

        return dates.Count;
    }
}
