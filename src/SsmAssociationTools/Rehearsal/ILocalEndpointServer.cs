using System;
using System.Collections.Generic;

namespace SsmAssociationTools.Rehearsal;

/// <summary>A running embedded endpoint. Disposing it stops it and frees its port.</summary>
internal interface ILocalEndpointServer : IDisposable
{
    /// <summary>Where it listens; always a loopback address.</summary>
    Uri Url { get; }

    /// <summary>Calls answered so far, failed ones included.</summary>
    long RequestCount { get; }

    /// <summary>Associations that exist now.</summary>
    int AssociationCount { get; }

    /// <summary>The time of the endpoint's clock, UTC.</summary>
    DateTime Now { get; }

    /// <summary>Puts the endpoint's clock forward, and lets happen what is due until then.</summary>
    /// <param name="time">By how much; not negative.</param>
    void Advance(TimeSpan time);

    /// <summary>Adds a managed node, or puts it in the place of the one with its id.</summary>
    /// <param name="node">Names and values of its members, as the options take them.</param>
    /// <exception cref="LocalEndpointException">NodeInvalid: a mistake, with its place.</exception>
    void SetNode(IReadOnlyDictionary<string, object?> node);

    /// <summary>Takes a managed node away. Does nothing where there is none of the id.</summary>
    /// <param name="id">Managed node id.</param>
    void RemoveNode(string id);
}
