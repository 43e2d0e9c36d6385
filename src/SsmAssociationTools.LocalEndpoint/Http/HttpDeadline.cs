using System;
using System.Diagnostics;
using System.IO;
using System.Threading;

namespace SsmAssociationTools.LocalEndpoint.Http;

/// <summary>
/// Until when the client of a connection has to do something. A look from outside ends the connection when it is over:
/// reads of .NET Framework's sockets cannot be ended in another way. Safe for concurrent use.
/// </summary>
internal sealed class HttpDeadline
{
    private const long None = long.MaxValue;
    private const long Over = long.MinValue;

    private long _end = None;

    /// <summary>Whether the client did not make it.</summary>
    public bool IsOver => Interlocked.Read(ref _end) == Over;

    /// <summary>Sets a time.</summary>
    /// <param name="time">From now.</param>
    /// <exception cref="IOException">It was over already.</exception>
    public void Set(TimeSpan time) => Set(Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency));

    /// <summary>Nobody waits for the client.</summary>
    /// <exception cref="IOException">It was over already.</exception>
    public void Clear() => Set(None);

    /// <summary>Ends the time when it is up.</summary>
    /// <returns>Whether this call ended it.</returns>
    public bool TryEnd()
    {
        long end = Interlocked.Read(ref _end);
        return end != Over && Stopwatch.GetTimestamp() > end && Interlocked.CompareExchange(ref _end, Over, end) == end;
    }

    private void Set(long end)
    {
        if (Interlocked.Exchange(ref _end, end) == Over)
        {
            Interlocked.Exchange(ref _end, Over);
            throw new IOException("The client was too slow.");
        }
    }
}
