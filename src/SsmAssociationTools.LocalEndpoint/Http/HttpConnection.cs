using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace SsmAssociationTools.LocalEndpoint.Http;

#pragma warning disable CA1835 // The overloads with memory are missing from .NET Framework 4.7.2.
/// <summary>
/// One client connection: reads HTTP/1.1 requests and writes answers, headers and body in one write, so that neither
/// side waits for a delayed acknowledgement.
/// </summary>
internal sealed class HttpConnection : IDisposable
{
    private const int HeadLimit = 64 * 1024;
    private const int ChunkLineLimit = 4 * 1024;
    private const int TrailerLimit = 8 * 1024;
    private const int BufferSize = 16 * 1024;
    private static readonly byte[] s_continue = Encoding.ASCII.GetBytes("HTTP/1.1 100 Continue\r\n\r\n");
    private static readonly byte[] s_timeout = Encoding.ASCII.GetBytes("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

    private readonly HttpDeadline _deadline = new();
    private readonly HttpLimits _limits;
    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private byte[] _buffer = new byte[BufferSize];
    private int _start;
    private int _end;
    private volatile bool _inCall;

    /// <summary>When the body that is being read began; 0 while none is.</summary>
    private long _bodyStart;
    private long _bodyBytes;

    /// <summary>Takes over a connected socket.</summary>
    /// <param name="socket">A socket just accepted.</param>
    /// <param name="limits">How long it may keep the server waiting.</param>
    public HttpConnection(Socket socket, HttpLimits limits)
    {
        _socket = socket;
        _limits = limits;
        _socket.NoDelay = true;
        _stream = new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>Reads one request.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The request, or null when the client closed the connection between requests.</returns>
    /// <exception cref="HttpProtocolException">The bytes are no HTTP/1.1 request, or it is too large.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public async Task<HttpCall?> ReadAsync(CancellationToken cancellation)
    {
        int head = await ReadHeadAsync(cancellation).ConfigureAwait(false);
        if (head < 0)
        {
            return null;
        }

        // Header values are opaque bytes; Latin-1 keeps each of them as one character.
        var parsed = HttpHead.Parse(Encoding.GetEncoding(28591).GetString(_buffer, _start, head));
        _start += head + 4;
        ArraySegment<byte> body = await ReadBodyAsync(parsed.Headers, cancellation).ConfigureAwait(false);
        _deadline.Clear();
        return new HttpCall(parsed.Method, parsed.Target, parsed.Headers, body);
    }

    /// <summary>Closes the connection where the client has kept the server waiting for too long.</summary>
    public void CloseWhenOver()
    {
        if (!_deadline.TryEnd())
        {
            return;
        }

        try
        {
            if (_inCall && _socket.Connected)
            {
                // Some bytes that fit into an empty send buffer; a client that only waits for more of its own data sees why.
                _socket.Blocking = false;
                _socket.Send(s_timeout);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // It goes without a word then.
        }

        Dispose();
    }

    /// <summary>Writes an answer.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Whether another request may follow on this connection.</returns>
    /// <exception cref="IOException">The connection broke.</exception>
    public async Task<bool> WriteAsync(HttpAnswer answer, CancellationToken cancellation)
    {
        if (answer.Delivery == HttpDelivery.Reset)
        {
            Reset();
            return false;
        }

        bool whole = answer.Delivery == HttpDelivery.Whole;
        var head = new StringBuilder(256);
        head.Append("HTTP/1.1 ").Append(answer.Status.ToString(CultureInfo.InvariantCulture)).Append(' ').Append(Reason(answer.Status))
            .Append("\r\nDate: ").Append(answer.Date.ToString("r", CultureInfo.InvariantCulture))
            .Append("\r\nContent-Type: ").Append(answer.ContentType)
            .Append("\r\nContent-Length: ").Append(answer.Body.Length.ToString(CultureInfo.InvariantCulture))
            .Append("\r\nx-amzn-RequestId: ").Append(answer.RequestId);
        if (answer.RetryAfter is int seconds)
        {
            head.Append("\r\nRetry-After: ").Append(seconds.ToString(CultureInfo.InvariantCulture));
        }

        if (answer.CloseConnection)
        {
            head.Append("\r\nConnection: close");
        }

        head.Append("\r\n\r\n");
        int sent = whole ? answer.Body.Length : answer.Body.Length / 2;
        byte[] bytes = new byte[head.Length + sent];
        int headLength = Encoding.ASCII.GetBytes(head.ToString(), 0, head.Length, bytes, 0);
        Buffer.BlockCopy(answer.Body, 0, bytes, headLength, sent);
        _inCall = false;
        _deadline.Set(_limits.Grace + TimeSpan.FromSeconds((double)bytes.Length / _limits.BytesPerSecond));
        await _stream.WriteAsync(bytes, 0, bytes.Length, cancellation).ConfigureAwait(false);
        _deadline.Clear();
        if (!whole)
        {
            // A plain close after half a body: a reset could overtake the bytes that the client is meant to see.
            _socket.Shutdown(SocketShutdown.Both);
            return false;
        }

        return !answer.CloseConnection;
    }

    /// <summary>Lets the client read the last answer before the connection goes: what it still sends is read and dropped, for a while.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>When the client has closed, or after a bounded amount of data.</returns>
    public async Task DrainAsync(CancellationToken cancellation)
    {
        // Closing a socket with unread data resets it, and the reset discards the answer the client has not read yet.
        _socket.Shutdown(SocketShutdown.Send);
        _deadline.Set(_limits.Grace);
        for (long drained = 0; drained < 16L * HttpServer.BodyLimit;)
        {
            int count = await _stream.ReadAsync(_buffer, 0, _buffer.Length, cancellation).ConfigureAwait(false);
            if (count == 0)
            {
                return;
            }

            drained += count;
        }
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose() => _stream.Dispose();

    private static string Reason(int status) => status switch
    {
        200 => "OK",
        400 => "Bad Request",
        404 => "Not Found",
        408 => "Request Timeout",
        413 => "Payload Too Large",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        503 => "Service Unavailable",
        _ => "Status",
    };

    private static long ParseLength(string text)
    {
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long length))
        {
            throw new HttpProtocolException(400, "Content-Length is not a number.");
        }

        return length;
    }

    private static HttpProtocolException TooLarge() => new(413, $"The request body is larger than {HttpServer.BodyLimit} bytes.");

    private void Reset()
    {
        // Linger 0 makes the close a TCP reset instead of an orderly end.
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Close();
    }

    /// <summary>Reads until the blank line after the headers; its offset from the start, or -1 at an orderly end.</summary>
    private async Task<int> ReadHeadAsync(CancellationToken cancellation)
    {
        int seen = 0;
        _bodyStart = 0;
        _inCall = false;
        _deadline.Set(_limits.Idle);
        while (true)
        {
            if (!_inCall && _end > _start)
            {
                _inCall = true;
                _deadline.Set(_limits.Head);
            }

            for (int i = _start + seen; i + 3 < _end; i++)
            {
                if (_buffer[i] == '\r' && _buffer[i + 1] == '\n' && _buffer[i + 2] == '\r' && _buffer[i + 3] == '\n')
                {
                    return i - _start;
                }
            }

            seen = Math.Max(0, _end - _start - 3);
            if (_end - _start > HeadLimit)
            {
                throw new HttpProtocolException(431, $"The headers are larger than {HeadLimit} bytes.");
            }

            if (!await FillAsync(cancellation).ConfigureAwait(false))
            {
                return _end == _start ? -1 : throw new EndOfStreamException();
            }
        }
    }

    private async Task<ArraySegment<byte>> ReadBodyAsync(Dictionary<string, string> headers, CancellationToken cancellation)
    {
        bool chunked = headers.TryGetValue("Transfer-Encoding", out string? coding);
        if (chunked && !string.Equals(coding, "chunked", StringComparison.OrdinalIgnoreCase))
        {
            throw new HttpProtocolException(501, "The only transfer coding understood is chunked.");
        }

        long length = headers.TryGetValue("Content-Length", out string? text) ? ParseLength(text) : 0;
        if (length > HttpServer.BodyLimit)
        {
            throw TooLarge();
        }

        _bodyStart = Stopwatch.GetTimestamp();
        _bodyBytes = 0;
        _deadline.Set(_limits.Grace);
        if (headers.TryGetValue("Expect", out string? expect) && string.Equals(expect, "100-continue", StringComparison.OrdinalIgnoreCase))
        {
            await _stream.WriteAsync(s_continue, 0, s_continue.Length, cancellation).ConfigureAwait(false);
        }

        if (chunked)
        {
            return await ReadChunksAsync(cancellation).ConfigureAwait(false);
        }

        byte[] body = new byte[length];
        await ReadExactAsync(body, 0, body.Length, cancellation).ConfigureAwait(false);
        return new ArraySegment<byte>(body);
    }

    private async Task<ArraySegment<byte>> ReadChunksAsync(CancellationToken cancellation)
    {
        byte[] body = new byte[BufferSize];
        int total = 0;
        long framing = 0;
        while (true)
        {
            string line = await ReadLineAsync(ChunkLineLimit, cancellation).ConfigureAwait(false);
            int extension = line.IndexOf(';');
            string digits = (extension < 0 ? line : line.Substring(0, extension)).TrimEnd();
            if (digits.Length is 0 or > 8 || !int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int size) || size < 0)
            {
                throw new HttpProtocolException(400, "A chunk does not start with its length.");
            }

            if (size == 0)
            {
                await ReadTrailersAsync(cancellation).ConfigureAwait(false);
                return new ArraySegment<byte>(body, 0, total);
            }

            // What stands around the chunks is bounded too, or many small ones would be read without end.
            framing += line.Length + 4;
            if (size > HttpServer.BodyLimit - total || framing > HttpServer.BodyLimit)
            {
                throw TooLarge();
            }

            if (total + size > body.Length)
            {
                Array.Resize(ref body, Math.Max(total + size, body.Length * 2));
            }

            await ReadExactAsync(body, total, size, cancellation).ConfigureAwait(false);
            total += size;
            if ((await ReadLineAsync(ChunkLineLimit, cancellation).ConfigureAwait(false)).Length > 0)
            {
                throw new HttpProtocolException(400, "A chunk is longer than it says.");
            }
        }
    }

    /// <summary>Trailers end with an empty line. They are read as headers are, and dropped: nothing here is signed or routed by one.</summary>
    private async Task ReadTrailersAsync(CancellationToken cancellation)
    {
        List<string> trailers = [];
        for (int rest = TrailerLimit; ;)
        {
            string line = await ReadLineAsync(rest, cancellation).ConfigureAwait(false);
            if (line.Length == 0)
            {
                HttpHead.ParseFields(trailers);
                return;
            }

            trailers.Add(line);
            rest -= line.Length + 2;
        }
    }

    private async Task<string> ReadLineAsync(int limit, CancellationToken cancellation)
    {
        while (true)
        {
            int end = Array.IndexOf(_buffer, (byte)'\n', _start, _end - _start);
            if ((end < 0 ? _end : end) - _start > limit)
            {
                throw new HttpProtocolException(431, "A line of the chunked body, or its trailers, are too long.");
            }

            if (end >= 0)
            {
                if (end == _start || _buffer[end - 1] != '\r')
                {
                    throw new HttpProtocolException(400, "A line of the chunked body does not end as it must.");
                }

                string line = Encoding.ASCII.GetString(_buffer, _start, end - 1 - _start);
                _start = end + 1;
                return line;
            }

            if (!await FillAsync(cancellation).ConfigureAwait(false))
            {
                throw new EndOfStreamException();
            }
        }
    }

    private async Task ReadExactAsync(byte[] target, int offset, int count, CancellationToken cancellation)
    {
        int buffered = Math.Min(count, _end - _start);
        Buffer.BlockCopy(_buffer, _start, target, offset, buffered);
        _start += buffered;
        while (buffered < count)
        {
            int read = await _stream.ReadAsync(target, offset + buffered, count - buffered, cancellation).ConfigureAwait(false);
            if (read == 0)
            {
                throw new EndOfStreamException();
            }

            NoteBodyBytes(read);
            buffered += read;
        }
    }

    private async Task<bool> FillAsync(CancellationToken cancellation)
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_end == _buffer.Length)
        {
            byte[] target = _start > 0 ? _buffer : new byte[_buffer.Length * 2];
            Buffer.BlockCopy(_buffer, _start, target, 0, _end - _start);
            _buffer = target;
            _end -= _start;
            _start = 0;
        }

        int read = await _stream.ReadAsync(_buffer, _end, _buffer.Length - _end, cancellation).ConfigureAwait(false);
        _end += read;
        NoteBodyBytes(read);
        return read > 0;
    }

    /// <summary>The more of the body is there, the longer the rest may take; dripping does not keep the connection.</summary>
    private void NoteBodyBytes(int count)
    {
        if (_bodyStart == 0)
        {
            return;
        }

        _bodyBytes += count;
        double passed = (double)(Stopwatch.GetTimestamp() - _bodyStart) / Stopwatch.Frequency;
        _deadline.Set(_limits.Grace + TimeSpan.FromSeconds(((double)_bodyBytes / _limits.BytesPerSecond) - passed));
    }
}
