using System;
using System.Globalization;
using System.IO;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace SsmAssociationTools.HostileService;

/// <summary>One connection of a client: requests are read from it, and any bytes at all can be written to it.</summary>
public sealed class RawConnection
{
    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly CancellationToken _stop;
    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    internal RawConnection(Socket socket, CancellationToken stop)
    {
        _socket = socket;
        _socket.NoDelay = true;
        _stream = new NetworkStream(socket, ownsSocket: true);
        _stop = stop;
    }

    public bool IsClosed { get; private set; }

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        if (!IsClosed)
        {
            await _stream.WriteAsync(bytes, _stop).ConfigureAwait(false);
        }
    }

    /// <summary>Closes after what was written has gone out.</summary>
    public void Close()
    {
        IsClosed = true;
        _stream.Dispose();
    }

    /// <summary>Breaks the connection off, so that the client's next operation fails.</summary>
    public void Reset()
    {
        IsClosed = true;
        _socket.LingerState = new LingerOption(true, 0);
        _stream.Dispose();
    }

    internal async Task<RawRequest?> ReadAsync()
    {
        int headEnd;
        int searched = 0;
        while ((headEnd = FindHeadEnd(searched)) < 0)
        {
            searched = Math.Max(0, _end - _start - 3);
            if (!await FillAsync().ConfigureAwait(false))
            {
                return null;
            }
        }

        string head = Encoding.Latin1.GetString(_buffer, _start, headEnd);
        _start += headEnd + 4;
        RawRequest request = RawRequest.Parse(head, [], out _);
        if (request.Header("Expect").Contains("100-continue", StringComparison.OrdinalIgnoreCase))
        {
            await WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray()).ConfigureAwait(false);
        }

        byte[] body = request.Header("Transfer-Encoding").Contains("chunked", StringComparison.OrdinalIgnoreCase)
            ? await ReadChunksAsync().ConfigureAwait(false)
            : await TakeAsync(request.Header("Content-Length") is { Length: > 0 } length ? int.Parse(length, CultureInfo.InvariantCulture) : 0).ConfigureAwait(false);
        return request with { Body = body };
    }

    private async Task<byte[]> ReadChunksAsync()
    {
        using var body = new MemoryStream();
        while (true)
        {
            int size = int.Parse((await ReadLineAsync().ConfigureAwait(false)).Split(';')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (size == 0)
            {
                while ((await ReadLineAsync().ConfigureAwait(false)).Length > 0)
                {
                    // A trailer, which nobody asked for.
                }

                return body.ToArray();
            }

            body.Write(await TakeAsync(size).ConfigureAwait(false));
            await ReadLineAsync().ConfigureAwait(false);
        }
    }

    private async Task<string> ReadLineAsync()
    {
        var line = new StringBuilder();
        while (true)
        {
            char value = (char)(await TakeAsync(1).ConfigureAwait(false))[0];
            if (value == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append(value);
        }
    }

    private async Task<byte[]> TakeAsync(int count)
    {
        while (_end - _start < count)
        {
            if (!await FillAsync().ConfigureAwait(false))
            {
                throw new IOException("The client ended the connection in the middle of a request.");
            }
        }

        byte[] bytes = _buffer[_start..(_start + count)];
        _start += count;
        return bytes;
    }

    private int FindHeadEnd(int from) => _buffer.AsSpan(_start + from, _end - _start - from).IndexOf("\r\n\r\n"u8) is >= 0 and int found ? found + from : -1;

    private async Task<bool> FillAsync()
    {
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        int read = await _stream.ReadAsync(_buffer.AsMemory(_end), _stop).ConfigureAwait(false);
        _end += read;
        return read > 0;
    }
}
