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

    /// <summary>The time of the endpoint's clock, UTC.</summary>
    DateTime Now { get; }

    /// <summary>Puts the endpoint's clock forward, and lets happen what is due until then.</summary>
    /// <param name="time">By how much; not negative.</param>
    void Advance(TimeSpan time);
}
