using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace SsmAssociationTools.HostileService;

/// <summary>Listens on 127.0.0.1 and hands requests to whoever answers them, byte by byte.</summary>
public sealed class RawServer : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<RawRequest, RawConnection, Task> _answer;

    public RawServer(Func<RawRequest, RawConnection, Task> answer)
    {
        _answer = answer;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(128);
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}/");
        _ = AcceptAsync();
    }

    public Uri Url { get; }

    public CancellationToken Stopping => _stop.Token;

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptAsync(_stop.Token).ConfigureAwait(false));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end of the server.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        var connection = new RawConnection(socket, _stop.Token);
        try
        {
            while (!connection.IsClosed && await connection.ReadAsync().ConfigureAwait(false) is { } request)
            {
                await _answer(request, connection).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client has gone, or the server is being stopped.
        }
        finally
        {
            connection.Close();
        }
    }
}
