using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Aws;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.LocalEndpoint;
using SsmAssociationTools.Rehearsal;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Runs.Read;

namespace SsmAssociationTools.Tests.Reliability;

/// <summary>
/// An embedded endpoint over real HTTP whose associations can be read back without its faults, and gateways to it through
/// the AWS SDK. It begins with the associations of <see cref="ChaosEntries.Existing()"/>, an hour old.
/// </summary>
internal sealed partial class ChaosEndpoint : IDisposable
{
    private static readonly Lazy<byte[]> s_initialState = new(MakeInitialState);

    private readonly TemporaryFolder _folder = new();
    private ILocalEndpointServer _server;

    public ChaosEndpoint(IReadOnlyList<string> faults, int seed, int limit = 0, TimeSpan latency = default)
    {
        StatePath = _folder.File("state");
        File.WriteAllBytes(StatePath, s_initialState.Value);
        _server = Start(StatePath, faults, seed, limit, latency);
    }

    public string StatePath { get; }

    public Uri Url => _server.Url;

    public int AssociationCount => _server.AssociationCount;

    public long RequestCount => _server.RequestCount;

    /// <summary>A path for a file that is deleted with the endpoint.</summary>
    public string FileBeside(string name) => _folder.File(name);

    public IAssociationGateway Connect(TimeSpan callTimeout, int connections = 8) => Connect(Url, callTimeout, connections);

    /// <summary>Ends the endpoint with its faults and reads every association through one that has none.</summary>
    public Dictionary<string, AssociationRecord> ReadBack()
    {
        _server.Dispose();
        _server = Start(StatePath, [], 1, 0, default);
        return ReadAll(Url);
    }

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    private static ILocalEndpointServer Start(string statePath, IReadOnlyList<string> faults, int seed, int limit, TimeSpan latency) =>
        ((ILocalEndpointLauncher)new LocalEndpointLauncher()).Start(new LocalEndpointOptions
        {
            StatePath = statePath,
            Faults = faults,
            Seed = seed,
            AssociationLimit = limit,
            Latency = latency,
            Documents = ChaosEntries.Documents,
        });

    private static IAssociationGateway Connect(Uri url, TimeSpan callTimeout, int connections) => new AwsGatewayFactory().Connect(new ConnectionSettings
    {
        Region = "us-east-1",
        AccessKey = "AKIDEXAMPLE",
        SecretKey = "secret",
        EndpointUrl = url,
        CallTimeout = callTimeout,
        MaxConnections = connections,
    });

    private static Dictionary<string, AssociationRecord> ReadAll(Uri url)
    {
        using IAssociationGateway gateway = Connect(url, TimeSpan.FromSeconds(60), 8);
        var reader = new AssociationReader(gateway, new RunOptions(), new SystemClock(), new Backoff(new Random(1)));
        List<AssociationRecord> lines = reader.ListAsync(null, null, CancellationToken.None).GetAwaiter().GetResult();
        var records = new ConcurrentDictionary<string, AssociationRecord>();
        Parallel.ForEachAsync(lines, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (line, token) =>
        {
            AssociationRecord record = await reader.DescribeAsync(line.AssociationId!, token).ConfigureAwait(false)
                ?? throw new InvalidOperationException($"{line.AssociationId} is listed and not there.");
            if (!records.TryAdd(line.AssociationId!, record))
            {
                throw new InvalidOperationException($"{line.AssociationId} is listed twice.");
            }
        }).GetAwaiter().GetResult();
        return new Dictionary<string, AssociationRecord>(records);
    }

    private static byte[] MakeInitialState()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("state");
        using (ILocalEndpointServer server = Start(path, [], 4711, 0, default))
        using (IAssociationGateway gateway = Connect(server.Url, TimeSpan.FromSeconds(60), 1))
        {
            CreateBatchAnswer answer = gateway.CreateAssociationBatchAsync(new CreateBatchRequest(ChaosEntries.Existing().ToList(), null), CancellationToken.None).GetAwaiter().GetResult();
            if (answer.Successful.Count != ChaosEntries.ExistingCount)
            {
                throw new InvalidOperationException(answer.Failed[0].Message);
            }
        }

        string anHourAgo = DateTimeOffset.UtcNow.AddHours(-1).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        return System.Text.Encoding.UTF8.GetBytes(Dates().Replace(File.ReadAllText(path), match => match.Groups[1].Value + anHourAgo));
    }

    [GeneratedRegex("(\"(?:Date|LastUpdateAssociationDate)\":)[0-9.]+")]
    private static partial Regex Dates();
}
