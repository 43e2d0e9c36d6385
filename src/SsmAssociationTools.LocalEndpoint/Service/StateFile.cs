using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using SsmAssociationTools.Rehearsal;

namespace SsmAssociationTools.LocalEndpoint.Service;

/// <summary>
/// Keeps associations between processes: a first line that says what the file is, then one line for each creation and change (the
/// description) and each deletion (the id in quotes). A process that dies while it writes leaves at most a torn last
/// line, which the next one drops. On opening, the file is rewritten when more than half of it is history.
/// </summary>
internal sealed class StateFile : IDisposable
{
    private const int CompactFrom = 1000;
    private static readonly byte[] s_lineEnd = [(byte)'\n'];

    /// <summary>Without it, a path given by mistake would have its file cut as if it were a torn line.</summary>
    private static readonly byte[] s_header = Encoding.ASCII.GetBytes("{\"SsmAssociationTools.LocalEndpoint\":\"state 1\"}");

    private readonly DescriptionReader _reader;
    private readonly FileStream _stream;

    /// <summary>Opens or creates the file.</summary>
    /// <param name="path">Its path; its folder must exist.</param>
    /// <param name="reader">Reads descriptions.</param>
    /// <param name="descriptions">What it holds: the descriptions of all versions of the associations that exist, in the order in which they were made.</param>
    /// <exception cref="LocalEndpointException">The file cannot be opened, is in use, or is no state file.</exception>
    public StateFile(string path, DescriptionReader reader, out List<byte[]> descriptions)
    {
        _reader = reader;
        try
        {
            _stream = Open(path);
            int lines = Load(path, out descriptions, out long end);

            // A torn last line would run into the next one that is appended.
            _stream.SetLength(end);
            if (lines > CompactFrom && lines > descriptions.Count * 2)
            {
                _stream.Dispose();
                Rewrite(path, descriptions);
                _stream = Open(path);
            }

            _stream.Seek(0, SeekOrigin.End);
            if (end == 0)
            {
                AppendCreated(s_header);
                Flush();
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            _stream?.Dispose();
            throw new LocalEndpointException(
                "StateNotOpened",
                $"The state file '{path}' cannot be opened: {exception.Message} Another endpoint may be using it; choose another file or stop that one.",
                exception);
        }
        catch (LocalEndpointException)
        {
            _stream?.Dispose();
            throw;
        }
    }

    /// <summary>Notes a creation or a change.</summary>
    /// <param name="description">The association's description, JSON on one line.</param>
    public void AppendCreated(byte[] description)
    {
        _stream.Write(description, 0, description.Length);
        _stream.Write(s_lineEnd, 0, s_lineEnd.Length);
    }

    /// <summary>Notes a deletion.</summary>
    /// <param name="id">The association's id.</param>
    public void AppendDeleted(string id) => AppendCreated(Encoding.ASCII.GetBytes("\"" + id + "\""));

    /// <summary>Hands everything to the operating system; from then on it survives this process.</summary>
    public void Flush() => _stream.Flush();

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    /// <summary>Shared with nobody: outside Windows, .NET keeps a second writer out only then.</summary>
    private static FileStream Open(string path) => new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 64 * 1024);

    private static LocalEndpointException Invalid(string path, int line, Exception? cause) => new(
        "StateInvalid",
        $"Line {line} of the state file '{path}' was not written by an endpoint. Delete the file to start anew, or name another one.",
        cause);

    private static void Rewrite(string path, List<byte[]> descriptions)
    {
        string fresh = path + ".new";
        using (var stream = new FileStream(fresh, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            stream.Write(s_header, 0, s_header.Length);
            stream.Write(s_lineEnd, 0, s_lineEnd.Length);
            foreach (byte[] description in descriptions)
            {
                stream.Write(description, 0, description.Length);
                stream.Write(s_lineEnd, 0, s_lineEnd.Length);
            }

            stream.Flush(flushToDisk: true);
        }

        // One step for the file system: after a crash there is either the old file or the new one.
        File.Replace(fresh, path, destinationBackupFileName: null);
    }

    private int Load(string path, out List<byte[]> descriptions, out long end)
    {
        var live = new Dictionary<string, List<(int Order, byte[] Description)>>(StringComparer.OrdinalIgnoreCase);
        int lines = 0;
        end = 0;
        foreach (byte[] line in Lines())
        {
            try
            {
                if (lines == 0)
                {
                    end = line.SequenceEqual(s_header) ? line.Length + 1 : throw new JsonException();
                    lines = 1;
                    continue;
                }

                using JsonDocument document = JsonDocument.Parse(line);
                if (document.RootElement.ValueKind == JsonValueKind.String)
                {
                    live.Remove(document.RootElement.GetString()!);
                }
                else
                {
                    StoredAssociation association = _reader.Read(line);
                    if (!live.TryGetValue(association.Id, out List<(int Order, byte[] Description)>? versions) || association.Version == 1)
                    {
                        live[association.Id] = versions = [];
                    }

                    versions.Add((lines, line));
                }
            }
            catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
            {
                throw Invalid(path, lines + 1, exception);
            }

            lines++;
            end += line.Length + 1;
        }

        // A first line that is torn may only be the beginning of ours.
        byte[] start = new byte[Math.Min(s_header.Length, _stream.Length)];
        _stream.Seek(0, SeekOrigin.Begin);
        if (lines == 0 && (_stream.Length > s_header.Length || _stream.Read(start, 0, start.Length) != start.Length || !s_header.Take(start.Length).SequenceEqual(start)))
        {
            throw Invalid(path, 1, null);
        }

        descriptions = [.. live.Values.SelectMany(static versions => versions).OrderBy(value => value.Order).Select(value => value.Description)];
        return lines;
    }

    /// <summary>Every line that was written to its end.</summary>
    private IEnumerable<byte[]> Lines()
    {
        using var line = new MemoryStream();
        byte[] buffer = new byte[64 * 1024];
        _stream.Seek(0, SeekOrigin.Begin);
        for (int count; (count = _stream.Read(buffer, 0, buffer.Length)) > 0;)
        {
            int start = 0;
            for (int end; (end = Array.IndexOf(buffer, (byte)'\n', start, count - start)) >= 0; start = end + 1)
            {
                line.Write(buffer, start, end - start);
                yield return line.ToArray();
                line.SetLength(0);
            }

            line.Write(buffer, start, count - start);
        }
    }
}
