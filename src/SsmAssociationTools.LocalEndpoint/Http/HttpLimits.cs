using System;

namespace SsmAssociationTools.LocalEndpoint.Http;

/// <summary>How long a connection may keep the server waiting before it is closed.</summary>
internal sealed class HttpLimits
{
    /// <summary>Without a call. Longer than clients keep connections, so that the server closes none that is about to be used.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(130);

    /// <summary>From the first byte of a call to the end of its headers.</summary>
    public TimeSpan Head { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Before a body that arrives, or an answer that is fetched, has to keep to <see cref="BytesPerSecond"/>.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The slowest that a body may arrive and an answer be fetched.</summary>
    public int BytesPerSecond { get; init; } = 16 * 1024;
}
