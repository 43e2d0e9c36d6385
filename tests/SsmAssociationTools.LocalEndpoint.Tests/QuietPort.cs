using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace SsmAssociationTools.LocalEndpoint.Tests;

/// <summary>
/// Ports that are free and stay so while nobody listens on them: they lie below the range from which systems give ports to all that
/// ask for any, as the tests that run at the same time do all the while.
/// </summary>
internal static class QuietPort
{
    private const int First = 10_000;
    private const int Count = 20_000;

    private static int s_next = Random.Shared.Next(Count);

    /// <summary>A port that no other call of this process is given.</summary>
    public static int Next()
    {
        while (true)
        {
            int port = First + (Interlocked.Increment(ref s_next) % Count);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it.
            }
        }
    }
}
