using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SsmAssociationTools.Json;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Formats;

/// <summary>Writes named values as JSON text. Reuses its memory; not safe for concurrent use.</summary>
internal sealed class JsonValues : IDisposable
{
    private readonly MemoryStream _bytes = new();
    private readonly Utf8JsonWriter _writer;

    public JsonValues(bool isIndented) => _writer = new Utf8JsonWriter(
        _bytes,
        new JsonWriterOptions
        {
            Indented = isIndented,
            // The file is no part of a web page: letters of all languages stay letters.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });

    /// <summary>Writes a value.</summary>
    public string Text(object? value)
    {
        _bytes.SetLength(0);
        _writer.Reset();
        Write(value);
        _writer.Flush();
        return Encoding.UTF8.GetString(_bytes.GetBuffer(), 0, (int)_bytes.Length).Replace("\r\n", "\n");
    }

    public void Dispose()
    {
        _writer.Dispose();
        _bytes.Dispose();
    }

    private void Write(object? value)
    {
        switch (value)
        {
            case FileMap map:
                _writer.WriteStartObject();
                foreach (KeyValuePair<string, object?> pair in map)
                {
                    _writer.WritePropertyName(pair.Key);
                    Write(pair.Value);
                }

                _writer.WriteEndObject();
                break;
            case FileList list:
                _writer.WriteStartArray();
                foreach (object? item in list)
                {
                    Write(item);
                }

                _writer.WriteEndArray();
                break;
            case bool flag:
                _writer.WriteBooleanValue(flag);
                break;
            case int number:
                _writer.WriteNumberValue(number);
                break;
            case JsonNumber number:
                _writer.WriteRawValue(number.ToString());
                break;
            default:
                _writer.WriteStringValue(value as string);
                break;
        }
    }
}
