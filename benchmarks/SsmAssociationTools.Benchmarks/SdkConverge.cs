using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;

namespace SsmAssociationTools.Benchmarks;

/// <summary>
/// How a program brings a Region to what is wanted that has nothing but the AWS SDK: it lists, reads each association whole,
/// compares, and changes what differs. Or it deletes everything and creates it again.
/// </summary>
internal static class SdkConverge
{
    /// <summary>Lists, describes, compares and updates, so many calls at the same time.</summary>
    /// <returns>A task with the number of updates.</returns>
    public static async Task<int> UpdateAsync(AmazonSimpleSystemsManagementClient client, IReadOnlyList<CreateAssociationBatchRequestEntry> wanted, int inFlight)
    {
        Dictionary<string, string> ids = (await ListAsync(client)).ToDictionary(static line => line.AssociationName, static line => line.AssociationId);
        int updates = 0;
        await ForEachAsync(wanted, inFlight, async entry =>
        {
            AssociationDescription found = (await AgainAsync(() => client.DescribeAssociationAsync(new DescribeAssociationRequest { AssociationId = ids[entry.AssociationName] }))).AssociationDescription;
            if (Text(entry) == Text(found))
            {
                return;
            }

            await AgainAsync(() => client.UpdateAssociationAsync(new UpdateAssociationRequest
            {
                AssociationId = found.AssociationId,
                AssociationVersion = found.AssociationVersion,
                Name = entry.Name,
                AssociationName = entry.AssociationName,
                DocumentVersion = entry.DocumentVersion,
                Targets = entry.Targets,
                Parameters = entry.Parameters,
                ScheduleExpression = entry.ScheduleExpression,
                MaxConcurrency = entry.MaxConcurrency,
                MaxErrors = entry.MaxErrors,
                ComplianceSeverity = entry.ComplianceSeverity,
                SyncCompliance = entry.SyncCompliance,
                ApplyOnlyAtCronInterval = entry.ApplyOnlyAtCronInterval,
                OutputLocation = entry.OutputLocation,
            }));
            Interlocked.Increment(ref updates);
        });
        return updates;
    }

    /// <summary>Deletes everything and creates it again.</summary>
    /// <returns>A task that ends when all is there.</returns>
    public static async Task RecreateAsync(string url, IReadOnlyList<CreateAssociationBatchRequestEntry> wanted, int inFlight)
    {
        using AmazonSimpleSystemsManagementClient client = SdkLoop.Client(url, inFlight);
        await ForEachAsync(await ListAsync(client), inFlight, line => client.DeleteAssociationAsync(new DeleteAssociationRequest { AssociationId = line.AssociationId }));
        await ForEachAsync(wanted.Chunk(ThroughputRow.Chunk), inFlight, chunk => client.CreateAssociationBatchAsync(new CreateAssociationBatchRequest { Entries = [.. chunk] }));
    }

    /// <summary>Reads the whole list.</summary>
    /// <returns>A task with its lines.</returns>
    public static async Task<List<Association>> ListAsync(AmazonSimpleSystemsManagementClient client)
    {
        var all = new List<Association>();
        string? mark = null;
        do
        {
            ListAssociationsResponse page = await AgainAsync(() => client.ListAssociationsAsync(new ListAssociationsRequest { MaxResults = 50, NextToken = mark }));
            all.AddRange(page.Associations ?? []);
            mark = page.NextToken;
        }
        while (!string.IsNullOrEmpty(mark));
        return all;
    }

    /// <summary>Makes a call, again after a second where the service refuses it, as a script does.</summary>
    /// <returns>A task with its answer.</returns>
    public static async Task<T> AgainAsync<T>(Func<Task<T>> call)
    {
        while (true)
        {
            try
            {
                return await call();
            }
            catch (AmazonServiceException refused) when (refused.ErrorCode == "ThrottlingException")
            {
                await Task.Delay(1000);
            }
        }
    }

    /// <summary>Does something with every item, so many at the same time.</summary>
    /// <returns>A task that ends when all is done.</returns>
    public static Task ForEachAsync<T>(IEnumerable<T> items, int inFlight, Func<T, Task> work)
    {
        var queue = new ConcurrentQueue<T>(items);
        return Task.WhenAll(Enumerable.Range(0, inFlight).Select(async _ =>
        {
            await Task.Yield();
            while (queue.TryDequeue(out T? item))
            {
                await work(item);
            }
        }));
    }

    /// <summary>The members that the entries of this benchmark have, as one text.</summary>
    private static string Text(CreateAssociationBatchRequestEntry entry) => JsonSerializer.Serialize(new object?[]
    {
        entry.Name, entry.DocumentVersion ?? "$DEFAULT", entry.Targets, entry.Parameters, entry.ScheduleExpression, entry.MaxConcurrency, entry.MaxErrors, entry.ComplianceSeverity?.Value ?? "UNSPECIFIED", entry.OutputLocation,
    });

    private static string Text(AssociationDescription found) => JsonSerializer.Serialize(new object?[]
    {
        found.Name, found.DocumentVersion ?? "$DEFAULT", found.Targets, found.Parameters is { Count: > 0 } ? found.Parameters : null, found.ScheduleExpression, found.MaxConcurrency, found.MaxErrors, found.ComplianceSeverity?.Value ?? "UNSPECIFIED", found.OutputLocation,
    });
}
