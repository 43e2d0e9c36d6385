using System;
using System.IO;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SsmAssociationTools.LocalEndpoint.Service;

/// <summary>Makes JSON bodies.</summary>
internal static class JsonBytes
{
    /// <summary>Answers are read by programs, not embedded in pages: only what JSON itself requires is escaped.</summary>
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Makes a body.</summary>
    /// <param name="write">Writes the value.</param>
    /// <returns>UTF-8 without a byte order mark.</returns>
    public static byte[] Make(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream(1024);
        using (var writer = new Utf8JsonWriter(stream, s_options))
        {
            write(writer);
        }

        return stream.ToArray();
    }
}
