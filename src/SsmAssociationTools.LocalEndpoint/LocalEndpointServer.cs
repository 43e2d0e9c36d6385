using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Sockets;
using System.Threading;
using SsmAssociationTools.LocalEndpoint.Data;
using SsmAssociationTools.LocalEndpoint.Faults;
using SsmAssociationTools.LocalEndpoint.Http;
using SsmAssociationTools.LocalEndpoint.Model;
using SsmAssociationTools.LocalEndpoint.Service;
using SsmAssociationTools.Rehearsal;

namespace SsmAssociationTools.LocalEndpoint;

/// <summary>A running endpoint.</summary>
internal sealed class LocalEndpointServer : ILocalEndpointServer
{
    private readonly ServiceClock _clock;
    private readonly NodeReader _nodes;
    private readonly AccountRegions _regions;
    private readonly EndpointHandler _handler;
    private readonly HttpServer _server;
    private int _disposed;

    /// <summary>Starts an endpoint.</summary>
    /// <param name="options">What it is to be like.</param>
    /// <exception cref="LocalEndpointException">The port is taken, or a file or a fault cannot be read.</exception>
    public LocalEndpointServer(LocalEndpointOptions options)
    {
        if (options.Port is < 0 or > 65535)
        {
            throw new LocalEndpointException("PortInvalid", $"{options.Port} is not a TCP port. Choose one from 1 to 65535, or 0 for a free one.");
        }

        int seed = options.Seed ?? Guid.NewGuid().GetHashCode();
        var model = ApiModel.Load();
        _clock = new ServiceClock(options.ClockStart, options.ClockSpeed);
        _nodes = new NodeReader(_clock.Now, seed);
        Inventory inventory = Inventory.Load(options, _nodes);
        var faults = new FaultPlan(FaultParser.ReadAll(options), seed);
        _regions = new AccountRegions(model, inventory, options, _clock, seed);
        try
        {
            _handler = new EndpointHandler(model, _regions, faults, options);
            _server = new HttpServer(options.Port, _handler.AnswerAsync, () => _clock.Now);
        }
        catch (SocketException exception)
        {
            _regions.Dispose();
            throw new LocalEndpointException(
                "PortInUse",
                $"Port {options.Port} on 127.0.0.1 cannot be used: {exception.Message}. Choose another one, or 0 for a free one.",
                exception);
        }

        Url = new Uri("http://127.0.0.1:" + _server.Port.ToString(CultureInfo.InvariantCulture) + "/");
    }

    /// <inheritdoc/>
    public Uri Url { get; }

    /// <inheritdoc/>
    public long RequestCount => _handler.RequestCount;

    /// <inheritdoc/>
    public int AssociationCount => _regions.Count;

    /// <inheritdoc/>
    public DateTime Now => _clock.Now;

    /// <inheritdoc/>
    public void Advance(TimeSpan time)
    {
        _clock.Advance(time);
        _regions.CatchUp();
    }

    /// <inheritdoc/>
    public void SetNode(IReadOnlyDictionary<string, object?> node)
    {
        ManagedNode made = _nodes.Read(node, "Node");
        _regions.ChangeNode(made.Id, nodes => nodes.With(made));
    }

    /// <inheritdoc/>
    public void RemoveNode(string id) => _regions.ChangeNode(id, nodes => nodes.Without(id));

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _server.Dispose();
            _regions.Dispose();
        }
    }
}
