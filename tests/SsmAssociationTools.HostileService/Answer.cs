using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Text;

namespace SsmAssociationTools.HostileService;

/// <summary>An answer before it is spoilt.</summary>
internal sealed class Answer
{
    public int Status { get; set; } = 200;

    public List<(string Name, string Value)> Headers { get; } = [];

    public byte[] Body { get; set; } = [];

    public string ContentType { get; set; } = "application/x-amz-json-1.1";

    public string Version { get; set; } = "HTTP/1.1";

    public bool IsChunked { get; set; }

    public void Compress()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Body);
        }

        Body = packed.ToArray();
        Headers.Add(("Content-Encoding", "gzip"));
    }

    public byte[] ToBytes()
    {
        var head = new StringBuilder()
            .Append(Version).Append(' ').Append(Status.ToString(CultureInfo.InvariantCulture)).Append(' ').Append(Status == 200 ? "OK" : "So be it").Append("\r\n");
        if (ContentType.Length > 0)
        {
            head.Append("Content-Type: ").Append(ContentType).Append("\r\n");
        }

        foreach ((string name, string value) in Headers)
        {
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        using var all = new MemoryStream();
        if (!IsChunked)
        {
            head.Append("Content-Length: ").Append(Body.Length.ToString(CultureInfo.InvariantCulture)).Append("\r\n\r\n");
            all.Write(Encoding.Latin1.GetBytes(head.ToString()));
            all.Write(Body);
            return all.ToArray();
        }

        head.Append("Transfer-Encoding: chunked\r\n\r\n");
        all.Write(Encoding.Latin1.GetBytes(head.ToString()));
        for (int i = 0; i < Body.Length; i += 37)
        {
            int size = System.Math.Min(37, Body.Length - i);
            all.Write(Encoding.ASCII.GetBytes(size.ToString("x", CultureInfo.InvariantCulture) + ";weird=1\r\n"));
            all.Write(Body, i, size);
            all.Write("\r\n"u8);
        }

        all.Write("0\r\nX-Trailer: 1\r\n\r\n"u8);
        return all.ToArray();
    }
}
