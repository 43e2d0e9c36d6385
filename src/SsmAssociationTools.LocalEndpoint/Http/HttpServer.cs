using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace SsmAssociationTools.LocalEndpoint.Http;

/// <summary>
/// A small HTTP/1.1 server on the loopback addresses. It listens on plain sockets: http.sys would refuse 127.0.0.1 to
/// an ordinary Windows user, and HttpListener cannot reset a connection, which fault injection needs. So the same code
/// runs on every system.
/// </summary>
internal sealed class HttpServer : IDisposable
{
    /// <summary>The largest request body that is read, in bytes.</summary>
    public const int BodyLimit = 8 * 1024 * 1024;

    private const int Backlog = 512;
    private const int PortAttempts = 20;
    private static readonly TimeSpan s_stopTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_watchInterval = TimeSpan.FromMilliseconds(500);
    private static readonly HashSet<string> s_hosts = new(StringComparer.OrdinalIgnoreCase) { "127.0.0.1", "localhost", "[::1]" };

    private readonly Func<HttpCall, CancellationToken, Task<HttpAnswer>> _handler;
    private readonly Func<DateTime> _now;
    private readonly HttpLimits _limits;
    private readonly Timer _watch;
    private readonly List<Socket> _listeners = [];
    private readonly ConcurrentDictionary<HttpConnection, Task> _connections = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _accepting = [];
    private int _disposed;

    /// <summary>Starts to listen.</summary>
    /// <param name="port">TCP port; 0 picks a free one.</param>
    /// <param name="handler">Answers calls, many at a time.</param>
    /// <param name="now">The time that answers carry, UTC.</param>
    /// <param name="limits">How long connections may keep it waiting; null for the usual limits.</param>
    /// <exception cref="SocketException">The port is taken or reserved.</exception>
    public HttpServer(int port, Func<HttpCall, CancellationToken, Task<HttpAnswer>> handler, Func<DateTime> now, HttpLimits? limits = null)
    {
        _handler = handler;
        _now = now;
        _limits = limits ?? new HttpLimits();
        Port = Listen(port);
        _watch = new Timer(_ => CloseSlowConnections(), null, s_watchInterval, s_watchInterval);
        foreach (Socket listener in _listeners)
        {
            _accepting.Add(Task.Run(() => AcceptAsync(listener)));
        }
    }

    /// <summary>The port it listens on.</summary>
    public int Port { get; }

    /// <summary>Stops: no call is accepted any more, and calls in flight lose their connection.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _stop.Cancel();
        _watch.Dispose();
        _listeners.ForEach(listener => listener.Dispose());
        var running = new List<Task>(_accepting);
        foreach (KeyValuePair<HttpConnection, Task> connection in _connections)
        {
            connection.Key.Dispose();
            running.Add(connection.Value);
        }

        try
        {
            Task.WaitAll([.. running], s_stopTime);
        }
        catch (AggregateException)
        {
            // What a broken connection threw has no reader any more.
        }

        _stop.Dispose();
    }

    private static HttpAnswer ProtocolAnswer(int status, string code, string message) =>
        new(status, Encoding.UTF8.GetBytes($"{{\"__type\":\"{code}\",\"message\":\"{message}\"}}"))
        {
            CloseConnection = true,
            RequestId = Guid.NewGuid().ToString(),
        };

    private static bool IsClose(string option) => string.Equals(option.Trim(), "close", StringComparison.OrdinalIgnoreCase);

    private static bool TryBind(IPAddress address, int port, out Socket socket)
    {
        socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // Without this, another process could bind the same port on Windows and take calls away.
            socket.ExclusiveAddressUse = true;
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen(Backlog);
            return true;
        }
        catch (SocketException)
        {
            socket.Dispose();
            return false;
        }
    }

    /// <summary>Binds IPv4 loopback, and IPv6 loopback on the same port where there is one, as clients may resolve localhost to either.</summary>
    private int Listen(int wanted)
    {
        for (int attempt = 0; ; attempt++)
        {
            var ipv4 = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                ipv4.ExclusiveAddressUse = true;
                ipv4.Bind(new IPEndPoint(IPAddress.Loopback, wanted));
                ipv4.Listen(Backlog);
            }
            catch (SocketException)
            {
                ipv4.Dispose();
                throw;
            }

            int port = ((IPEndPoint)ipv4.LocalEndPoint!).Port;
            if (!Socket.OSSupportsIPv6)
            {
                _listeners.Add(ipv4);
                return port;
            }

            bool both = TryBind(IPAddress.IPv6Loopback, port, out Socket ipv6);
            if (both || wanted != 0 || attempt == PortAttempts)
            {
                _listeners.Add(ipv4);
                if (both)
                {
                    _listeners.Add(ipv6);
                }

                return port;
            }

            ipv4.Dispose();
        }
    }

    private void CloseSlowConnections()
    {
        foreach (KeyValuePair<HttpConnection, Task> connection in _connections)
        {
            connection.Key.CloseWhenOver();
        }
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (!_stop.IsCancellationRequested)
        {
            Socket socket;
            try
            {
                socket = await listener.AcceptAsync().ConfigureAwait(false);
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                if (_stop.IsCancellationRequested)
                {
                    return;
                }

                // A client that gave up while it waited to be accepted; or too many open files: give others a chance to close.
                await Task.Delay(10).ConfigureAwait(false);
                continue;
            }

            var connection = new HttpConnection(socket, _limits);
            var served = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            _connections[connection] = served.Task;
            _ = Task.Run(() => ServeAsync(connection, served));
            if (_stop.IsCancellationRequested)
            {
                connection.Dispose();
            }
        }
    }

    private async Task ServeAsync(HttpConnection connection, TaskCompletionSource<bool> served)
    {
        try
        {
            await AnswerCallsAsync(connection, _stop.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The client went away, or the server stops: there is nobody to tell.
        }
        finally
        {
            connection.Dispose();
            _connections.TryRemove(connection, out _);
            served.SetResult(true);
        }
    }

    private async Task AnswerCallsAsync(HttpConnection connection, CancellationToken stop)
    {
        while (true)
        {
            HttpAnswer answer;
            try
            {
                HttpCall? call = await connection.ReadAsync(stop).ConfigureAwait(false);
                if (call is null)
                {
                    return;
                }

                answer = IsLocal(call.Header("Host"))
                    ? await _handler(call, stop).ConfigureAwait(false)
                    : ProtocolAnswer(400, "InvalidHost", "This endpoint answers calls to 127.0.0.1, localhost and [::1] only.");
                answer.CloseConnection |= (call.Header("Connection") ?? string.Empty).Split(',').Any(IsClose);
            }
            catch (HttpProtocolException exception)
            {
                string code = exception.Status == 413 ? "RequestEntityTooLargeException" : "MalformedHttpRequestException";
                answer = ProtocolAnswer(exception.Status, code, exception.Message);
                answer.Date = _now();
                await connection.WriteAsync(answer, stop).ConfigureAwait(false);
                await connection.DrainAsync(stop).ConfigureAwait(false);
                return;
            }

            answer.Date = _now();
            if (!await connection.WriteAsync(answer, stop).ConfigureAwait(false))
            {
                return;
            }
        }
    }

    /// <summary>A web page that resolves its own name to 127.0.0.1 must not reach the endpoint through the user's browser.</summary>
    private static bool IsLocal(string? host)
    {
        if (host is null)
        {
            return false;
        }

        int port = host.LastIndexOf(':');
        return s_hosts.Contains(port > host.LastIndexOf(']') ? host.Substring(0, port) : host);
    }
}
