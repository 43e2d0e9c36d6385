using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;

namespace SsmAssociationTools.Benchmarks;

/// <summary>What a program would do that has nothing but the AWS SDK and typed requests at hand, and looks at nothing but the count.</summary>
internal static class SdkLoop
{
    /// <summary>Makes requests beforehand; that is not measured.</summary>
    /// <param name="entries">How many entries in all.</param>
    /// <param name="chunk">Entries of each request.</param>
    /// <returns>The requests.</returns>
    public static CreateAssociationBatchRequest[] Requests(int entries, int chunk) =>
    [
        .. Enumerable.Range(0, entries).Chunk(chunk).Select(static part => new CreateAssociationBatchRequest { Entries = [.. part.Select(SampleEntries.Sdk)] }),
    ];

    /// <summary>Makes a client, as one pass of the module makes one.</summary>
    /// <param name="url">Address of the endpoint.</param>
    /// <param name="inFlight">Calls at the same time.</param>
    /// <param name="configure">Changes more of its settings.</param>
    /// <returns>The client.</returns>
    public static AmazonSimpleSystemsManagementClient Client(string url, int inFlight, Action<AmazonSimpleSystemsManagementConfig>? configure = null)
    {
        var config = new AmazonSimpleSystemsManagementConfig { ServiceURL = url, AuthenticationRegion = "us-east-1", MaxConnectionsPerServer = inFlight };
        configure?.Invoke(config);
        return new AmazonSimpleSystemsManagementClient(new BasicAWSCredentials("AKIDEXAMPLE", "benchmark"), config);
    }

    /// <summary>Sends batches, so many at the same time.</summary>
    /// <param name="url">Address of the endpoint.</param>
    /// <param name="requests">The requests.</param>
    /// <param name="inFlight">Calls at the same time.</param>
    /// <returns>A task that ends when all are answered.</returns>
    public static async Task SendAsync(string url, CreateAssociationBatchRequest[] requests, int inFlight)
    {
        using AmazonSimpleSystemsManagementClient client = Client(url, inFlight);
        int next = -1;
        int created = 0;
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(async _ =>
        {
            await Task.Yield();
            for (int i = Interlocked.Increment(ref next); i < requests.Length; i = Interlocked.Increment(ref next))
            {
                CreateAssociationBatchResponse response = await client.CreateAssociationBatchAsync(requests[i]);
                Interlocked.Add(ref created, response.Successful.Count);
            }
        }));
        if (created != requests.Sum(static request => request.Entries.Count))
        {
            throw new InvalidOperationException($"The endpoint created {created} associations.");
        }
    }

    /// <summary>Sends one association after the other, as a pipeline into the cmdlet of AWS.Tools does.</summary>
    /// <param name="url">Address of the endpoint.</param>
    /// <param name="requests">The requests.</param>
    /// <returns>A task that ends when all are answered.</returns>
    public static async Task SendOneByOneAsync(string url, IEnumerable<CreateAssociationRequest> requests)
    {
        using AmazonSimpleSystemsManagementClient client = Client(url, 1);
        foreach (CreateAssociationRequest request in requests)
        {
            CreateAssociationResponse response = await client.CreateAssociationAsync(request);
            if (response.AssociationDescription?.AssociationId is null)
            {
                throw new InvalidOperationException("The endpoint created nothing.");
            }
        }
    }
}
