using System;

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
}
