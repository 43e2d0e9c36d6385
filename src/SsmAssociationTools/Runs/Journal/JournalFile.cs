using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Runs.Journal;

/// <summary>
/// The file of a journal: one JSON object on each line, each line on the disk before <see cref="Append"/> returns. The first
/// line says what the file is. Every line ends with a sum over itself and all lines before it, so that no change of the file
/// goes unnoticed. Safe for concurrent use once it is begun.
/// </summary>
internal sealed class JournalFile : IDisposable
{
    /// <summary>What the file's first line says; another number is another format. 1 was that of 0.1, which named no place.</summary>
    private const int Version = 2;

    /// <summary>What every first line begins with.</summary>
    private const string Marker = "{\"journal\":\"SsmAssociationTools\"";

    /// <summary>From here on the beginning of a first line is taken for one: less may be anything.</summary>
    private const int ShortestMarker = 12;

    /// <summary>Bytes of a first line, at most.</summary>
    private const int MaxFirstLine = 4096;

    /// <summary>Bytes of a line, at most: one names a thousand entries.</summary>
    private const int MaxLine = 1 << 24;
    private const string SumMember = ",\"sum\":\"";
    private const int SumBytes = 9;
    private const int SumChars = 12;
    private const int TailBytes = 22;

    /// <summary>System error codes for a file that another process holds: of Windows, Linux and macOS.</summary>
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int LockViolation = unchecked((int)0x80070021);
    private const int WouldBlockOnLinux = 11;
    private const int WouldBlockOnMac = 35;

    private readonly object _gate = new();
    private readonly SHA256 _hash = SHA256.Create();
    private readonly string _path;
    private readonly FileStream _stream;
    private readonly JournalPurpose _purpose;
    private byte[] _sum = new byte[SumBytes];

    /// <summary>Where the second line begins; 0 in a new file.</summary>
    private long _second;
    private bool _isBroken;

    private JournalFile(string path, FileStream stream, JournalPurpose purpose)
    {
        _path = path;
        _stream = stream;
        _purpose = purpose;
    }

    /// <summary>True when nothing was in the file, or only the beginning of a first line, as a crash leaves it.</summary>
    public bool IsNew { get; private set; }

    /// <summary>What the first line says to tell whether a key belongs to the file; null in a new one.</summary>
    public string? KeyCheck { get; private set; }

    /// <summary>Opens a file, or makes one, and checks what its first line says.</summary>
    /// <exception cref="JournalException">In use, no journal, one for something else, of another version, or not writable.</exception>
    public static JournalFile Open(string path, JournalPurpose purpose)
    {
        JournalPath.Check(path);
        FileStream stream = OpenStream(path);
        var file = new JournalFile(path, stream, purpose);
        try
        {
            file.CheckIsFile();
            file.ReadFirstLine();
            return file;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            file.Dispose();
            throw new JournalException(ErrorCodes.JournalNotWritable, $"The journal '{path}' cannot be read: {error.Message}", error);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Bytes of the file; 0 for what has no length.</summary>
    public long Length => _stream.CanSeek ? _stream.Length : 0;

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

    /// <summary>Opens a journal, or begins one, with what earlier runs left in it. Nobody else can open it until it is disposed.</summary>
    /// <exception cref="JournalException">In use, no journal, one for something else, damaged, of another version, or not writable.</exception>
    public static TJournal Open<TJournal>(string path, JournalPurpose purpose, Func<JournalFile, TJournal> make)
        where TJournal : class, IPlacedJournal =>
        Open(path, purpose, file => (make(file), (string?)null));

    /// <summary>The same for a journal whose names are keyed: its key lies beside it, and is made with it.</summary>
    /// <exception cref="JournalException">As above, or the key is missing or another one's.</exception>
    public static TJournal OpenKeyed<TJournal>(string path, JournalPurpose purpose, Func<JournalFile, byte[], TJournal> make)
        where TJournal : class, IPlacedJournal =>
        Open(path, purpose, file =>
        {
            byte[] key = file.KeyCheck is { } check ? JournalKey.Open(path, check) : JournalKey.CreateOrTake(path);
            return (make(file, key), (string?)JournalKey.CheckOf(key));
        });

    private static TJournal Open<TJournal>(string path, JournalPurpose purpose, Func<JournalFile, (TJournal Journal, string? KeyCheck)> make)
        where TJournal : class, IPlacedJournal
    {
        JournalFile file = Open(path, purpose);
        TJournal? journal = null;
        try
        {
            (journal, string? keyCheck) = make(file);
            file.Begin(keyCheck, journal.TakeLine);
            return journal;
        }
        catch
        {
            journal?.Dispose();
            file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Hands over the lines of earlier runs, or writes the first line of a new file. A last line that is not whole was cut off
    /// by a crash, before what it announces happened: it is dropped.
    /// </summary>
    /// <param name="keyCheck">Tells whether a key belongs to the file; null where it has none.</param>
    /// <param name="take">Takes a line and where it begins; false where it is none of this journal's.</param>
    /// <exception cref="JournalException">A line cannot be read, or the file cannot be written.</exception>
    private void Begin(string? keyCheck, Func<JournalLine, long, bool> take)
    {
        if (IsNew)
        {
            var line = new StringBuilder(Marker).Append(",\"version\":").Append(Version);
            Member(line, "purpose", _purpose == JournalPurpose.Create ? null : _purpose.ToString().ToLowerInvariant());
            Member(line, "created", Text(SystemTime.UtcNow));
            Member(line, "keyCheck", keyCheck);
            Truncate(0);
            Append(line.Append("}\n").ToString());
            CheckIsWritten();
            return;
        }

        try
        {
            long end = _second;
            int number = 1;
            bool hasEnd = true;
            foreach ((byte[] bytes, int length, long at, bool isWhole) in Lines(_second, 1 << 16))
            {
                number++;
                bool isSound = TryCheck(bytes, length, out byte[] sum);
                if (!isWhole && !isSound)
                {
                    break;
                }

                if (!isSound || JournalLine.Read(Encoding.UTF8.GetString(bytes, 0, length)) is not { } line || !take(line, at))
                {
                    throw Damaged($"line {number} cannot be read, or it or one before it was changed");
                }

                _sum = sum;
                hasEnd = isWhole;
                end = at + length + (isWhole ? 1 : 0);
            }

            Truncate(end);
            if (!hasEnd)
            {
                // Whoever saved the file without the end of its last line lost nothing.
                Write([(byte)'\n']);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new JournalException(ErrorCodes.JournalNotWritable, $"The journal '{_path}' cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Reads a line of an earlier run again.</summary>
    /// <param name="at">Where it begins.</param>
    /// <exception cref="JournalException">It cannot be read any more.</exception>
    public JournalLine ReadAgain(long at)
    {
        lock (_gate)
        {
            try
            {
                foreach ((byte[] bytes, int length, _, _) in Lines(at, 512))
                {
                    if (JournalLine.Read(Encoding.UTF8.GetString(bytes, 0, length)) is { } line)
                    {
                        return line;
                    }

                    break;
                }
            }
            catch (Exception error) when (error is IOException or ObjectDisposedException or NotSupportedException)
            {
                throw new JournalException(ErrorCodes.JournalNotWritable, $"The journal '{_path}' cannot be read any more: {error.Message}", error);
            }
            finally
            {
                if (_stream.CanSeek)
                {
                    _stream.Seek(0, SeekOrigin.End);
                }
            }

            throw Damaged("a line that was there a moment ago cannot be read any more");
        }
    }

    /// <summary>Writes lines through to the disk. Each is a JSON object and ends with a line break.</summary>
    /// <exception cref="JournalException">They cannot be written.</exception>
    public void Append(string lines)
    {
        lock (_gate)
        {
            if (_isBroken)
            {
                throw new JournalException(ErrorCodes.JournalNotWritable, $"The journal '{_path}' could not be written before.");
            }

            try
            {
                using var summed = new MemoryStream(lines.Length + (4 * TailBytes));
                byte[] sum = _sum;
                for (int begin = 0, end; (end = lines.IndexOf('\n', begin)) >= 0; begin = end + 1)
                {
                    byte[] body = Encoding.UTF8.GetBytes(lines.Substring(begin, end - begin - 1));
                    sum = SumOf(sum, body, body.Length);
                    summed.Write(body, 0, body.Length);
                    byte[] tail = Encoding.ASCII.GetBytes(SumMember + Convert.ToBase64String(sum) + "\"}\n");
                    summed.Write(tail, 0, tail.Length);
                }

                Write(summed.ToArray());
                _sum = sum;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or ObjectDisposedException or NotSupportedException)
            {
                // A line may be cut off now; a further one behind it would make the file unreadable.
                _isBroken = true;
                throw new JournalException(ErrorCodes.JournalNotWritable, $"The journal '{_path}' cannot be written: {error.Message}", error);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _stream.Dispose();
            _hash.Dispose();
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
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw JournalPath.Invalid(path, error.Message.TrimEnd('.'), error);
        }
        catch (IOException error) when (error.HResult is SharingViolation or LockViolation
            || (!RuntimeInformation.IsOSPlatform(OSPlatform.Windows) && error.HResult is WouldBlockOnLinux or WouldBlockOnMac))
        {
            throw new JournalException(ErrorCodes.JournalInUse, $"The journal '{path}' is in use, probably by another run: {error.Message} Wait for that run, or give another -JournalPath.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new JournalException(ErrorCodes.JournalNotWritable, $"The journal '{path}' cannot be opened for writing: {error.Message} Give -JournalPath a file in a folder that exists and that you may write to.", error);
        }
    }

    /// <summary>A length can be set of files alone, not of devices, pipes or terminals; it is set to what it is.</summary>
    private void CheckIsFile()
    {
        Exception? cause = null;
        try
        {
            if (_stream.CanSeek)
            {
                _stream.SetLength(_stream.Length);
                return;
            }
        }
        catch (Exception error) when (error is IOException or NotSupportedException or ArgumentException or UnauthorizedAccessException)
        {
            cause = error;
        }

        throw NotAFile(cause);
    }

    /// <summary>What takes everything and keeps nothing is no file either.</summary>
    private void CheckIsWritten()
    {
        long length = 0;
        try
        {
            length = _stream.Length;
        }
        catch (Exception error) when (error is IOException or NotSupportedException)
        {
            throw NotAFile(error);
        }

        if (length < Marker.Length)
        {
            throw NotAFile(null);
        }
    }

    private JournalException NotAFile(Exception? cause) =>
        new(ErrorCodes.JournalNotAFile, $"'{_path}' is a device, a pipe or something else that keeps nothing. Give -JournalPath the path of a file.", cause);

    private JournalException Damaged(string how) => new(
        ErrorCodes.JournalDamaged,
        $"The journal '{_path}' is damaged: {how}. Restore the file, or give another -JournalPath{(_purpose == JournalPurpose.Create ? " and -IfExists Skip" : string.Empty)}.");

    private void ReadFirstLine()
    {
        if (_stream.Length == 0)
        {
            IsNew = true;
            return;
        }

        byte[] begin = new byte[(int)Math.Min(MaxFirstLine, _stream.Length)];
        int read = ReadFully(begin, 0);
        int end = Array.IndexOf(begin, (byte)'\n', 0, read);
        string text = Encoding.UTF8.GetString(begin, 0, end < 0 ? read : end);
        if (end < 0 && read < MaxFirstLine)
        {
            // The first line was never finished, so nothing was sent that it could speak of.
            IsNew = text.Length >= ShortestMarker && (text.StartsWith(Marker, StringComparison.Ordinal) || Marker.StartsWith(text, StringComparison.Ordinal));
            if (IsNew)
            {
                return;
            }

            if (text.Length > 0 && Marker.StartsWith(text, StringComparison.Ordinal))
            {
                throw Damaged("it holds no more than the beginning of a journal, with which nothing was sent. It may be deleted");
            }
        }

        JournalLine? line = end < 0 ? null : JournalLine.Read(text);
        if (line?.Text("journal") != "SsmAssociationTools")
        {
            throw new JournalException(ErrorCodes.JournalDamaged, $"'{_path}' is no journal of this module. Give -JournalPath a file that does not exist yet, or one that an earlier run made.");
        }

        string? version = line.Value("version")?.ToString();
        if (version != Version.ToString(CultureInfo.InvariantCulture))
        {
            throw new JournalException(ErrorCodes.JournalVersion, version == "1"
                ? $"The journal '{_path}' was made by version 0.1 of this module. It does not say to which endpoint and account it belongs, so it cannot be gone on with. Finish the run with that version, or give another -JournalPath and -IfExists Skip."
                : $"The journal '{_path}' was made by another version of this module. Finish the run with that version, or give another -JournalPath.");
        }

        JournalPurpose purpose = line.Text("purpose") is { } named && Enum.TryParse(named, ignoreCase: true, out JournalPurpose known) ? known : JournalPurpose.Create;
        if (purpose != _purpose)
        {
            throw new JournalException(ErrorCodes.JournalOfOtherCommand, $"The journal '{_path}' is one of {CommandOf(purpose)}. Give {CommandOf(_purpose)} a -JournalPath of its own.");
        }

        if (!TryCheck(begin, end, out byte[] sum))
        {
            throw Damaged("line 1 was changed");
        }

        _sum = sum;
        _second = end + 1;
        KeyCheck = line.Text("keyCheck") ?? string.Empty;
    }

    /// <summary>The lines from a place on, read piece by piece. The buffer is used again for the next.</summary>
    private IEnumerable<(byte[] Bytes, int Length, long At, bool IsWhole)> Lines(long from, int bufferSize)
    {
        _stream.Seek(from, SeekOrigin.Begin);
        byte[] buffer = new byte[bufferSize];
        int filled = 0;
        int looked = 0;
        long at = from;
        while (true)
        {
            int end = Array.IndexOf(buffer, (byte)'\n', looked, filled - looked);
            if (end >= 0)
            {
                byte[] line = buffer;
                yield return (line, end, at, true);
                at += end + 1;
                filled -= end + 1;
                Buffer.BlockCopy(buffer, end + 1, buffer, 0, filled);
                looked = 0;
                continue;
            }

            looked = filled;
            if (filled == buffer.Length)
            {
                if (filled >= MaxLine)
                {
                    throw Damaged("a line has no end");
                }

                Array.Resize(ref buffer, 2 * filled);
            }

            int read = _stream.Read(buffer, filled, buffer.Length - filled);
            if (read == 0)
            {
                if (filled > 0)
                {
                    yield return (buffer, filled, at, false);
                }

                yield break;
            }

            filled += read;
        }
    }

    /// <summary>Checks that a line is whole and stands where it stood.</summary>
    private bool TryCheck(byte[] line, int length, out byte[] sum)
    {
        sum = _sum;
        if (length <= TailBytes || Encoding.ASCII.GetString(line, length - TailBytes, SumMember.Length) != SumMember || line[length - 2] != '"' || line[length - 1] != '}')
        {
            return false;
        }

        sum = SumOf(_sum, line, length - TailBytes);
        return Encoding.ASCII.GetString(line, length - TailBytes + SumMember.Length, SumChars) == Convert.ToBase64String(sum);
    }

    private byte[] SumOf(byte[] before, byte[] line, int length)
    {
        byte[] all = new byte[before.Length + length];
        Buffer.BlockCopy(before, 0, all, 0, before.Length);
        Buffer.BlockCopy(line, 0, all, before.Length, length);
        byte[] hash = _hash.ComputeHash(all);
        Array.Resize(ref hash, SumBytes);
        return hash;
    }

    private void Truncate(long length)
    {
        _stream.SetLength(length);
        _stream.Seek(length, SeekOrigin.Begin);
    }

    private void Write(byte[] bytes)
    {
        _stream.Write(bytes, 0, bytes.Length);
        _stream.Flush(flushToDisk: true);
    }

    private int ReadFully(byte[] buffer, int from)
    {
        _stream.Seek(from, SeekOrigin.Begin);
        int read = 0;
        for (int count; read < buffer.Length && (count = _stream.Read(buffer, read, buffer.Length - read)) > 0;)
        {
            read += count;
        }

        return read;
    }

    private static string CommandOf(JournalPurpose purpose) => (purpose == JournalPurpose.Create ? "New" : purpose.ToString()) + "-SsmAssociationBatch";
}
