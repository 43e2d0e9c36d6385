using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using SsmAssociationTools.Binding;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Batching;

/// <summary>
/// A record on disk of what was sent and what became of it, so that a run that was killed can go on: an intent before each
/// call, an outcome after it, one line of JSON each, flushed to the disk. It holds no parameter value and no content:
/// entries are named by a hash that is keyed with a random key of this journal, kept beside it. Safe for concurrent use.
/// </summary>
internal sealed class Journal : IDisposable
{
    /// <summary>What the file's first line says; another number is another format.</summary>
    private const int Version = 1;

    private const int KeyBytes = 32;

    private readonly object _gate = new();

    /// <summary>Names are also made while a line is on its way to the disk.</summary>
    private readonly object _naming = new();
    private readonly string _path;
    private readonly FileStream _stream;
    private readonly HMACSHA256 _hash;
    private readonly CanonicalContent _canonical = new();
    private readonly Dictionary<string, JournalState> _states = new(StringComparer.Ordinal);
    private readonly Dictionary<(ContentKey Key, string Place), int> _occurrences = [];
    private bool _isBroken;

    private Journal(string path, FileStream stream, byte[] key)
    {
        _path = path;
        _stream = stream;
        _hash = new HMACSHA256(key);
    }

    /// <summary>How many entries the journal knows from earlier runs.</summary>
    public int KnownEntries => _states.Count;

    /// <summary>Opens a journal, or begins one.</summary>
    /// <param name="path">Path of the file.</param>
    /// <returns>The journal, with what earlier runs left in it. Nobody else can open it until it is disposed.</returns>
    /// <exception cref="JournalException">In use, no journal, damaged, of another version, without its key, or not writable.</exception>
    public static Journal Open(string path)
    {
        FileStream stream = OpenFile(path);
        try
        {
            bool isNew = stream.Length == 0;
            var journal = new Journal(path, stream, isNew ? CreateKey(path) : ReadKey(path));
            if (isNew)
            {
                journal.Append($"{{\"journal\":\"SsmAssociationTools\",\"version\":{Version},\"created\":\"{Now()}\"}}\n");
            }
            else
            {
                journal.ReadAll();
            }

            return journal;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Gives an entry its name in the journal: the keyed hash of its content, Region and account, and how many entries of this
    /// run with the same content came before it. Called by the driving thread, in input order.
    /// </summary>
    /// <param name="item">The entry.</param>
    /// <returns>What is known of the entry from earlier runs; null where nothing is.</returns>
    public JournalState? Identify(WorkItem item)
    {
        // Counted for each place, so that a run for one Region more still knows what it did in the others.
        (ContentKey, string) content = (item.Key, item.Destination.Place);
        _occurrences.TryGetValue(content, out int occurrence);
        _occurrences[content] = occurrence + 1;

        item.JournalKey = NameOf(item.Entry!, item.Destination.Place, occurrence);
        return _states.TryGetValue(item.JournalKey, out JournalState? state) ? state : null;
    }

    /// <summary>True when an earlier run sent an entry with the content.</summary>
    /// <param name="content">What the service describes.</param>
    /// <param name="place">Region and account, as <see cref="Destination.Place"/>.</param>
    /// <returns>Whether the journal has its name.</returns>
    public bool Knows(AssociationEntry content, string place) => _states.ContainsKey(NameOf(content, place, 0));

    /// <summary>Records that entries are about to be sent.</summary>
    /// <param name="items">The entries.</param>
    /// <param name="sent">When, in UTC.</param>
    /// <exception cref="JournalException">It cannot be written, so they must not be sent.</exception>
    public void WriteIntent(IReadOnlyList<WorkItem> items, DateTime sent)
    {
        var line = new StringBuilder();
        line.Append("{\"event\":\"intent\",\"at\":\"").Append(Text(sent)).Append("\",\"entries\":[");
        for (int i = 0; i < items.Count; i++)
        {
            line.Append(i == 0 ? "\"" : ",\"").Append(items[i].JournalKey).Append('"');
        }

        Append(line.Append("]}\n").ToString());
    }

    /// <summary>Records what became of entries.</summary>
    /// <param name="items">Entries with a result.</param>
    /// <exception cref="JournalException">It cannot be written.</exception>
    public void WriteOutcomes(IReadOnlyList<WorkItem> items)
    {
        var lines = new StringBuilder();
        foreach (WorkItem item in items)
        {
            AssociationResult result = item.Result!;
            lines.Append("{\"event\":\"outcome\",\"at\":\"").Append(Text(result.Timestamp)).Append("\",\"entry\":\"").Append(item.JournalKey)
                .Append("\",\"status\":\"").Append(result.Status).Append('"');
            Member(lines, "associationId", result.AssociationId);
            if (result is AssociationSuccess success)
            {
                Member(lines, "associationVersion", success.AssociationVersion);
                Member(lines, "date", success.Date is { } date ? Text(date) : null);
            }

            Member(lines, "errorCode", result.ErrorCode);
            Member(lines, "message", result.Message);
            Member(lines, "fault", result.Fault);
            if (result.IsRetryable)
            {
                lines.Append(",\"isRetryable\":true");
            }

            lines.Append("}\n");
        }

        Append(lines.ToString());
    }

    /// <summary>Ids of the associations that earlier runs created.</summary>
    /// <returns>The ids.</returns>
    public IEnumerable<string> KnownIds()
    {
        foreach (JournalState state in _states.Values)
        {
            if (state.AssociationId is not null)
            {
                yield return state.AssociationId;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _stream.Dispose();
            _hash.Dispose();
            _canonical.Dispose();
        }
    }

    private string NameOf(AssociationEntry entry, string place, int occurrence)
    {
        lock (_naming)
        {
            ArraySegment<byte> content = _canonical.BytesOf(entry);
            byte[] placeBytes = Encoding.UTF8.GetBytes(place + "\n");
            byte[] bytes = new byte[placeBytes.Length + content.Count];
            placeBytes.CopyTo(bytes, 0);
            Array.Copy(content.Array!, content.Offset, bytes, placeBytes.Length, content.Count);
            byte[] hash = _hash.ComputeHash(bytes);
            return Convert.ToBase64String(hash, 0, 18) + ":" + occurrence.ToString(CultureInfo.InvariantCulture);
        }
    }

    private static FileStream OpenFile(string path)
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

    private static string KeyPath(string path) => path + ".key";

    private static byte[] CreateKey(string path)
    {
        byte[] key = new byte[KeyBytes];
        using (var random = RandomNumberGenerator.Create())
        {
            random.GetBytes(key);
        }

        try
        {
            File.Delete(KeyPath(path));
#if NET
            var access = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                access.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var stream = new FileStream(KeyPath(path), access);
#else
            using var stream = new FileStream(KeyPath(path), FileMode.CreateNew, FileAccess.Write);
#endif
            byte[] text = Encoding.ASCII.GetBytes(Convert.ToBase64String(key) + "\n");
            stream.Write(text, 0, text.Length);
            stream.Flush(flushToDisk: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new JournalException("JournalNotWritable", $"The key of the journal, '{KeyPath(path)}', cannot be written: {error.Message}", error);
        }

        return key;
    }

    private static byte[] ReadKey(string path)
    {
        try
        {
            byte[] key = Convert.FromBase64String(File.ReadAllText(KeyPath(path)).Trim());
            if (key.Length == KeyBytes)
            {
                return key;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new JournalException("JournalKeyMissing", $"The key of the journal, '{KeyPath(path)}', cannot be read: {error.Message} Without it the entries of the journal cannot be recognised. Put the key file back, or give another -JournalPath.", error);
        }

        throw new JournalException("JournalKeyMissing", $"The key of the journal, '{KeyPath(path)}', is damaged. Put the key file back, or give another -JournalPath.");
    }

    private static string Now() => Text(DateTime.UtcNow);

    private static string Text(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    private static DateTime? Time(string? text) =>
        text is not null && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out DateTime time) ? time : null;

    private static void Member(StringBuilder line, string name, string? value)
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

    /// <summary>Reads what earlier runs wrote. A last line without an end was cut off by a crash: it is dropped.</summary>
    private void ReadAll()
    {
        long end = 0;
        int number = 0;
        byte[] all = new byte[_stream.Length];
        int read = 0;
        while (read < all.Length)
        {
            int count = _stream.Read(all, read, all.Length - read);
            if (count == 0)
            {
                break;
            }

            read += count;
        }

        for (int at = 0; at < read; at++)
        {
            if (all[at] == (byte)'\n')
            {
                TakeLine(Encoding.UTF8.GetString(all, (int)end, at - (int)end), ++number);
                end = at + 1;
            }
        }

        if (number == 0)
        {
            throw new JournalException("JournalDamaged", $"'{_path}' is no journal of this module. Give -JournalPath a file that does not exist yet, or one that an earlier run made.");
        }

        _stream.SetLength(end);
        _stream.Seek(end, SeekOrigin.Begin);
    }

    private void TakeLine(string line, int number)
    {
        Dictionary<string, object?>? members = Members(line);
        if (number == 1)
        {
            if (members is null || Value(members, "journal") as string != "SsmAssociationTools")
            {
                throw new JournalException("JournalDamaged", $"'{_path}' is no journal of this module. Give -JournalPath a file that does not exist yet, or one that an earlier run made.");
            }

            if (Value(members, "version")?.ToString() != Version.ToString(CultureInfo.InvariantCulture))
            {
                throw new JournalException("JournalVersion", $"The journal '{_path}' was made by another version of this module. Finish the run with that version, or give another -JournalPath.");
            }

            return;
        }

        switch (Value(members, "event") as string)
        {
            case "intent" when Time(Value(members!, "at") as string) is { } sent && Value(members, "entries") is List<object?> entries:
                foreach (object? entry in entries)
                {
                    JournalState state = StateOf((string)entry!);
                    state.FirstSent ??= sent;
                    state.Status = null;
                }

                break;

            case "outcome" when Value(members!, "entry") is string key && Enum.TryParse(Value(members, "status") as string, out AssociationStatus status):
                JournalState settled = StateOf(key);
                settled.Status = status;
                settled.AssociationId = Value(members, "associationId") as string;
                settled.AssociationVersion = Value(members, "associationVersion") as string;
                settled.Date = Time(Value(members, "date") as string);
                settled.ErrorCode = Value(members, "errorCode") as string;
                settled.Message = Value(members, "message") as string;
                settled.Fault = Value(members, "fault") as string;
                settled.IsRetryable = Value(members, "isRetryable") is true;
                if (status is AssociationStatus.Failed or AssociationStatus.NotAttempted)
                {
                    // Nothing of it exists, so an association that appears later is of a later sending.
                    settled.FirstSent = null;
                }

                break;

            default:
                throw new JournalException("JournalDamaged", $"Line {number} of the journal '{_path}' cannot be read. Restore the file, or give another -JournalPath and -IfExists Skip.");
        }
    }

    private static Dictionary<string, object?>? Members(string line)
    {
        if (JsonText.Read(line, out object? value, out _) != JsonFault.None || value is not JsonObject json)
        {
            return null;
        }

        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (KeyValuePair<string, object?> member in json.Members)
        {
            members[member.Key] = member.Value;
        }

        return members;
    }

    private static object? Value(Dictionary<string, object?>? members, string name) =>
        members is not null && members.TryGetValue(name, out object? value) ? value : null;

    private JournalState StateOf(string key)
    {
        if (!_states.TryGetValue(key, out JournalState? state))
        {
            state = new JournalState();
            _states.Add(key, state);
        }

        return state;
    }

    private void Append(string lines)
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
}
