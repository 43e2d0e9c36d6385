using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Aws;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.LocalEndpoint;
using SsmAssociationTools.Rehearsal;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Runs.Online;

namespace SsmAssociationTools.Tests.Runs.Online;

/// <summary>An embedded endpoint that is asked about entries over real HTTP through the AWS SDK; each call is noted.</summary>
internal sealed class OnlineEndpoint : IDisposable
{
    private readonly string? _inventory;
    private readonly ILocalEndpointServer _server;
    private readonly AwsGatewayFactory _factory = new();
    private readonly IFleetGateway _gateway;
    private readonly PlaceView _view;
    private readonly PlaceRules _rules;

    /// <param name="inventory">The file of documents and nodes; null for the endpoint's own.</param>
    public OnlineEndpoint(string? inventory = null, IReadOnlyList<string>? faults = null, int maxAttempt = 8)
    {
        _inventory = inventory is null ? null : Path.GetTempFileName();
        if (_inventory is not null)
        {
            File.WriteAllText(_inventory, inventory);
        }

        _server = ((ILocalEndpointLauncher)new LocalEndpointLauncher()).Start(new LocalEndpointOptions
        {
            InventoryPath = _inventory,
            Faults = faults ?? [],
            Seed = 1,
            AssociationLimit = 0,
            ClockStart = new DateTime(2027, 1, 4, 12, 0, 0, DateTimeKind.Utc),
            ClockSpeed = 0,
        });
        _gateway = _factory.Connect(new ConnectionSettings
        {
            Region = "us-east-1",
            AccessKey = "AKIDEXAMPLE",
            SecretKey = "secret",
            EndpointUrl = _server.Url,
        });
        var reader = new ServiceReader(new CountingGateway(_gateway, Calls), new RunOptions { MaxAttempt = maxAttempt }, new SystemClock(), new Backoff(new Random(1)), static _ => { });
        _view = new PlaceView(reader, files: null, CancellationToken.None);
        _rules = new PlaceRules(_view.Nodes, place: null);
    }

    /// <summary>The calls that were made, by operation and what they asked for.</summary>
    public ConcurrentBag<string> Calls { get; } = [];

    public IFleetGateway Gateway => _gateway;

    public ILocalEndpointServer Server => _server;

    /// <summary>Looks at entries at the same time, and says of each in its turn what was seen.</summary>
    public async Task<List<(Sight Sight, EntryIssue[] Issues)>> LookAsync(params AssociationEntry[] entries)
    {
        Sight[] sights = await Task.WhenAll(entries.Select(entry => Task.Run(() => _view.LookAsync(entry, id: null))));
        var seen = new List<(Sight Sight, EntryIssue[] Issues)>();
        for (int i = 0; i < entries.Length; i++)
        {
            var issues = new IssueCollector();
            _rules.Check(entries[i], sights[i], issues);
            seen.Add((sights[i], [.. issues.Take()]));
        }

        return seen;
    }

    /// <summary>The ids of nodes.</summary>
    public string[] Ids(SeenNodes nodes) => [.. nodes.Numbers!.Select(_view.Nodes.IdOf)];

    public int CallsOf(string operation) => Calls.Count(call => call.StartsWith(operation, StringComparison.Ordinal));

    public void Dispose()
    {
        _view.Dispose();
        _gateway.Dispose();
        _factory.Dispose();
        _server.Dispose();
        if (_inventory is not null)
        {
            File.Delete(_inventory);
        }
    }
}
