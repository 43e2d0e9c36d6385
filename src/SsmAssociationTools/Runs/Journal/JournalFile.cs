using System;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;

namespace SsmAssociationTools.Runs.Journal;

/// <summary>
/// The file of a journal: one JSON object on each line, each line on the disk before <see cref="Append"/> returns. The first
/// line says what the file is. Safe for concurrent use once it is begun.
/// </summary>
internal sealed class JournalFile : IDisposable
{
    /// <summary>What the file's first line says; another number is another format.</summary>
    private const int Version = 1;

    private readonly object _gate = new();
    private readonly string _path;
    private readonly FileStream _stream;
    private readonly JournalPurpose _purpose;

    /// <summary>What earlier runs wrote; empty once it was read.</summary>
    private byte[] _found;
    private bool _isBroken;

    private JournalFile(string path, FileStream stream, JournalPurpose purpose)
    {
        _path = path;
        _stream = stream;
        _purpose = purpose;
        _found = new byte[stream.Length];
        IsNew = _found.Length == 0;
    }

    /// <summary>True when nothing was in the file.</summary>
    public bool IsNew { get; }

    /// <summary>Opens a file, or makes one, and checks what its first line says.</summary>
    /// <exception cref="JournalException">In use, no journal, one for something else, of another version, or not writable.</exception>
    public static JournalFile Open(string path, JournalPurpose purpose)
    {
        FileStream stream = OpenStream(path);
        try
        {
            var file = new JournalFile(path, stream, purpose);
            if (!file.IsNew)
            {
                file.ReadAll();
                file.CheckFirstLine();
            }

            return file;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>A time as lines have it.</summary>
    public static string Text(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Adds a member to a line that has one already.</summary>
    public static void Member(StringBuilder line, string name, string? value)
    {
        if (value is null)
        {
            return;
        }

        line.Append(",\"").Append(name).Append("\":\"");
        foreach (char c in value)
        {
            if (c is '"' or '\\')
            {
                line.Append('\\').Append(c);
            }
            else if (c < ' ' || char.IsSurrogate(c) || c is '\u2028' or '\u2029')
            {
                line.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                line.Append(c);
            }
        }

        line.Append('"');
    }

    /// <summary>
    /// Hands over the lines of earlier runs, or writes the first line of a new file. A last line without an end was cut off by
    /// a crash: it is dropped.
    /// </summary>
    /// <exception cref="JournalException">A line cannot be read, or the file cannot be written.</exception>
    public void Begin(Func<JournalLine, bool> take)
    {
        if (IsNew)
        {
            string purpose = _purpose == JournalPurpose.Create ? string.Empty : $",\"purpose\":\"{_purpose.ToString().ToLowerInvariant()}\"";
            Append($"{{\"journal\":\"SsmAssociationTools\",\"version\":{Version}{purpose},\"created\":\"{Text(DateTime.UtcNow)}\"}}\n");
            return;
        }

        int end = Array.IndexOf(_found, (byte)'\n') + 1;
        int number = 1;
        for (int next; (next = Array.IndexOf(_found, (byte)'\n', end)) >= 0; end = next + 1)
        {
            number++;
            if (JournalLine.Read(Encoding.UTF8.GetString(_found, end, next - end)) is not { } line || !take(line))
            {
                throw new JournalException("JournalDamaged", $"Line {number} of the journal '{_path}' cannot be read. Restore the file, or give another -JournalPath{(_purpose == JournalPurpose.Create ? " and -IfExists Skip" : string.Empty)}.");
            }
        }

        _found = [];
        _stream.SetLength(end);
        _stream.Seek(end, SeekOrigin.Begin);
    }

    /// <summary>Writes lines through to the disk.</summary>
    /// <exception cref="JournalException">They cannot be written.</exception>
    public void Append(string lines)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(lines);
        lock (_gate)
        {
            if (_isBroken)
            {
                throw new JournalException("JournalNotWritable", $"The journal '{_path}' could not be written before.");
            }

            try
            {
                _stream.Write(bytes, 0, bytes.Length);
                _stream.Flush(flushToDisk: true);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or ObjectDisposedException or NotSupportedException)
            {
                // A line may be cut off now; a further one behind it would make the file unreadable.
                _isBroken = true;
                throw new JournalException("JournalNotWritable", $"The journal '{_path}' cannot be written: {error.Message}", error);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _stream.Dispose();
        }
    }

    private static FileStream OpenStream(string path)
    {
        // Unix knows no shared reading beside an exclusive writer, Windows does.
        FileShare share = RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? FileShare.Read : FileShare.None;
        try
        {
            // No buffer: after a write that failed, closing the file would try to write again and fail once more.
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, share, bufferSize: 1);
        }
        catch (Exception error) when (error is DirectoryNotFoundException or UnauthorizedAccessException or NotSupportedException or PathTooLongException)
        {
            throw new JournalException("JournalNotWritable", $"The journal '{path}' cannot be opened for writing: {error.Message} Give -JournalPath a file in a folder that exists and that you may write to.", error);
        }
        catch (IOException error)
        {
            throw new JournalException("JournalInUse", $"The journal '{path}' cannot be opened; another run is probably using it: {error.Message} Wait for that run, or give another -JournalPath.", error);
        }
    }

    private void ReadAll()
    {
        for (int read = 0; read < _found.Length;)
        {
            int count = _stream.Read(_found, read, _found.Length - read);
            if (count == 0)
            {
                Array.Resize(ref _found, read);
                return;
            }

            read += count;
        }
    }

    private void CheckFirstLine()
    {
        int end = Array.IndexOf(_found, (byte)'\n');
        JournalLine? line = end < 0 ? null : JournalLine.Read(Encoding.UTF8.GetString(_found, 0, end));
        if (line?.Text("journal") != "SsmAssociationTools")
        {
            throw new JournalException("JournalDamaged", $"'{_path}' is no journal of this module. Give -JournalPath a file that does not exist yet, or one that an earlier run made.");
        }

        if (line.Value("version")?.ToString() != Version.ToString(CultureInfo.InvariantCulture))
        {
            throw new JournalException("JournalVersion", $"The journal '{_path}' was made by another version of this module. Finish the run with that version, or give another -JournalPath.");
        }

        JournalPurpose purpose = line.Text("purpose") is { } text && Enum.TryParse(text, ignoreCase: true, out JournalPurpose known) ? known : JournalPurpose.Create;
        if (purpose != _purpose)
        {
            throw new JournalException("JournalOfOtherCommand", $"The journal '{_path}' is one of {CommandOf(purpose)}. Give {CommandOf(_purpose)} a -JournalPath of its own.");
        }
    }

    private static string CommandOf(JournalPurpose purpose) => (purpose == JournalPurpose.Create ? "New" : purpose.ToString()) + "-SsmAssociationBatch";
}
