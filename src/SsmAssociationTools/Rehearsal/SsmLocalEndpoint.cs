using System;
using System.Collections;
using SsmAssociationTools.Rehearsal;

namespace SsmAssociationTools;

/// <summary>A running embedded Systems Manager endpoint on loopback: the output of Start-SsmLocalEndpoint.</summary>
public sealed class SsmLocalEndpoint : IDisposable
{
    private readonly ILocalEndpointServer _server;

    internal SsmLocalEndpoint(ILocalEndpointServer server, string region)
    {
        _server = server;
        Region = region;
    }

    /// <summary>Where the endpoint listens; always a loopback address.</summary>
    public Uri Url => _server.Url;

    /// <summary>The Region that the endpoint stands for.</summary>
    public string Region { get; }

    /// <summary>
    /// Parameters that reach this endpoint, to be splatted: EndpointUrl, Region, AccessKey and SecretKey. The keys are
    /// made up; the endpoint verifies no signature.
    /// </summary>
    public Hashtable Connection => new(StringComparer.OrdinalIgnoreCase)
    {
        ["EndpointUrl"] = Url.AbsoluteUri,
        ["Region"] = Region,
        ["AccessKey"] = "local",
        ["SecretKey"] = "local",
    };

    /// <summary>Calls answered so far, failed ones included.</summary>
    public long RequestCount => _server.RequestCount;

    /// <summary>Associations that exist now.</summary>
    public int AssociationCount => _server.AssociationCount;

    /// <summary>The time of the endpoint's clock, UTC.</summary>
    public DateTime Now => _server.Now;

    /// <summary>False once the endpoint was stopped.</summary>
    public bool IsRunning { get; private set; } = true;

    /// <summary>Puts the endpoint's clock forward: schedules fall due and runs go on, as if the time had passed.</summary>
    /// <param name="time">By how much, such as 1.00:00:00 for a day; not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public void Advance(TimeSpan time) =>
        _server.Advance(time >= TimeSpan.Zero ? time : throw new ArgumentOutOfRangeException(nameof(time), "A clock can be put forward only."));

    /// <summary>
    /// Adds a simulated node, or puts it in the place of the one with its id: with other tags it may come into the targets
    /// of associations, which then run on it.
    /// </summary>
    /// <param name="node">A hashtable or an object with the members that -Node of Start-SsmLocalEndpoint takes, or an id alone.</param>
    public void SetNode(object node) => _server.SetNode(NodeValues.Read(node ?? throw new ArgumentNullException(nameof(node))));

    /// <summary>Takes a simulated node away. Does nothing where there is none of the id.</summary>
    /// <param name="id">Managed node id.</param>
    public void RemoveNode(string id) => _server.RemoveNode(id);

    /// <summary>Stops the endpoint and frees its port. Does nothing the second time.</summary>
    public void Dispose()
    {
        IsRunning = false;
        _server.Dispose();
    }

    /// <summary>The endpoint's address.</summary>
    /// <returns>The URL.</returns>
    public override string ToString() => Url.AbsoluteUri;
}
