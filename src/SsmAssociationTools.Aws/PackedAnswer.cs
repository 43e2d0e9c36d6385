using System;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Net;
using System.Threading.Tasks;
using Amazon.Runtime.EventStreams;
using Amazon.Runtime.Internal.Transform;

namespace SsmAssociationTools.Aws;

/// <summary>
/// An answer that came packed with gzip, unpacked. The SDK asks for none and reads none, but what stands between may pack all the same.
/// </summary>
internal sealed class PackedAnswer : IWebResponseData, IHttpResponseBody
{
    /// <summary>The largest answer of the service is far below this. More is no answer of it.</summary>
    private const int MaxBytes = 64 * 1024 * 1024;

    private readonly IWebResponseData _packed;
    private readonly MemoryStream _body;

    private PackedAnswer(IWebResponseData packed, MemoryStream body)
    {
        _packed = packed;
        _body = body;
    }

    public long ContentLength => _body.Length;

    public string ContentType => _packed.ContentType;

    public HttpStatusCode StatusCode => _packed.StatusCode;

    public bool IsSuccessStatusCode => _packed.IsSuccessStatusCode;

    public IHttpResponseBody ResponseBody => this;

    /// <summary>True for an answer that says it is packed with gzip.</summary>
    public static bool IsPacked(IWebResponseData answer) =>
        answer is not PackedAnswer && string.Equals(answer.GetHeaderValue("Content-Encoding")?.Trim(), "gzip", StringComparison.OrdinalIgnoreCase);

    /// <summary>Unpacks an answer.</summary>
    /// <exception cref="InvalidDataException">It is not what it says, or too large.</exception>
    public static async Task<IWebResponseData> UnpackAsync(IWebResponseData answer)
    {
        using var packed = new MemoryStream();
        using (Stream body = await answer.ResponseBody.OpenResponseAsync().ConfigureAwait(false))
        {
            await body.CopyToAsync(packed).ConfigureAwait(false);
        }

        packed.Position = 0;
        return new PackedAnswer(answer, Unpack(packed));
    }

    public string[] GetHeaderNames() => Array.FindAll(_packed.GetHeaderNames(), static name => !IsOfPacking(name));

    public bool IsHeaderPresent(string headerName) => !IsOfPacking(headerName) && _packed.IsHeaderPresent(headerName);

    public string GetHeaderValue(string headerName) =>
        headerName.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) ? _body.Length.ToString(CultureInfo.InvariantCulture)
        : IsOfPacking(headerName) ? string.Empty
        : _packed.GetHeaderValue(headerName);

    public bool IsEventHeaderPresent(string headerName) => _packed.IsEventHeaderPresent(headerName);

    public IEventStreamHeader GetEventStreamHeader(string headerName) => _packed.GetEventStreamHeader(headerName);

    public Stream OpenResponse() => _body;

    public Task<Stream> OpenResponseAsync() => Task.FromResult<Stream>(_body);

    public void Dispose()
    {
        _body.Dispose();
        _packed.ResponseBody.Dispose();
    }

    private static MemoryStream Unpack(MemoryStream packed)
    {
        var body = new MemoryStream();
        using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        byte[] part = new byte[16 * 1024];
        for (int count; (count = unpacked.Read(part, 0, part.Length)) > 0;)
        {
            body.Write(part, 0, count);
            if (body.Length > MaxBytes)
            {
                throw new InvalidDataException("The answer is larger than any that the service gives.");
            }
        }

        body.Position = 0;
        return body;
    }

    /// <summary>The checksum is that of the packed body.</summary>
    private static bool IsOfPacking(string headerName) =>
        headerName.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase) || headerName.Equals("x-amz-crc32", StringComparison.OrdinalIgnoreCase);
}
