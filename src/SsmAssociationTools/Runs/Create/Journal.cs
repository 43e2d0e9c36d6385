using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using SsmAssociationTools.Content;
using SsmAssociationTools.Runs.Journal;

namespace SsmAssociationTools.Runs.Create;

/// <summary>
/// A record on disk of what was sent and what became of it, so that a run that was killed can go on: an intent before each
/// call, an outcome after it, one line of JSON each, flushed to the disk. It holds no parameter value and no content:
/// entries are named by a hash that is keyed with a random key of this journal, kept beside it. Safe for concurrent use.
/// </summary>
internal sealed class Journal : IDisposable
{
    private const int KeyBytes = 32;

    private readonly object _naming = new();
    private readonly JournalFile _file;
    private readonly HMACSHA256 _hash;
    private readonly CanonicalContent _canonical = new();
    private readonly Dictionary<string, JournalState> _states = new(StringComparer.Ordinal);
    private readonly Dictionary<(ContentKey Key, string Place), int> _occurrences = [];

    private Journal(JournalFile file, byte[] key)
    {
        _file = file;
        _hash = new HMACSHA256(key);
    }

    /// <summary>How many entries the journal knows from earlier runs.</summary>
    public int KnownEntries => _states.Count;

    /// <summary>Opens a journal, or begins one.</summary>
    /// <returns>The journal, with what earlier runs left in it. Nobody else can open it until it is disposed.</returns>
    /// <exception cref="JournalException">In use, no journal, damaged, of another version, without its key, or not writable.</exception>
    public static Journal Open(string path)
    {
        var file = JournalFile.Open(path, JournalPurpose.Create);
        try
        {
            var journal = new Journal(file, file.IsNew ? CreateKey(path) : ReadKey(path));
            file.Begin(journal.TakeLine);
            return journal;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Gives an entry its name in the journal: the keyed hash of its content, Region and account, and how many entries of this
    /// run with the same content came before it. Called by the driving thread, in input order.
    /// </summary>
    public JournalState? Identify(WorkItem item)
    {
        // Counted for each place, so that a run for one Region more still knows what it did in the others.
        (ContentKey, string) content = (item.Key, item.Destination.Place);
        _occurrences.TryGetValue(content, out int occurrence);
        _occurrences[content] = occurrence + 1;

        item.JournalKey = NameOf(item.Entry!, item.Destination.Place, occurrence);
        return _states.TryGetValue(item.JournalKey, out JournalState? state) ? state : null;
    }

    /// <summary>True when an earlier run sent an entry with the content, another one than a given entry's, and what became of it is not known.</summary>
    public bool HasOpenOther(AssociationEntry content, AssociationEntry than, string place)
    {
        string name = NameOf(content, place, 0);
        return name != NameOf(than, place, 0) && _states.TryGetValue(name, out JournalState? state) && state.Status is null or AssociationStatus.Unknown;
    }

    /// <summary>Records that entries are about to be sent.</summary>
    /// <exception cref="JournalException">It cannot be written, so they must not be sent.</exception>
    public void WriteIntent(IReadOnlyList<WorkItem> items, SentTime sent)
    {
        var line = new StringBuilder();
        line.Append("{\"event\":\"intent\",\"at\":\"").Append(JournalFile.Text(sent.LocalTime)).Append('"');
        JournalFile.Member(line, "serviceTime", sent.ServiceTime is { } time ? JournalFile.Text(time) : null);
        line.Append(",\"entries\":[");
        for (int i = 0; i < items.Count; i++)
        {
            line.Append(i == 0 ? "\"" : ",\"").Append(items[i].JournalKey).Append('"');
        }

        _file.Append(line.Append("]}\n").ToString());
    }

    /// <summary>Records what became of entries.</summary>
    /// <exception cref="JournalException">It cannot be written.</exception>
    public void WriteOutcomes(IReadOnlyList<WorkItem> items)
    {
        var lines = new StringBuilder();
        foreach (WorkItem item in items)
        {
            AssociationResult result = item.Result!;
            lines.Append("{\"event\":\"outcome\",\"at\":\"").Append(JournalFile.Text(result.Timestamp)).Append("\",\"entry\":\"").Append(item.JournalKey)
                .Append("\",\"status\":\"").Append(result.Status).Append('"');
            JournalFile.Member(lines, "associationId", result.AssociationId);
            if (result is AssociationSuccess success)
            {
                JournalFile.Member(lines, "associationVersion", success.AssociationVersion);
                JournalFile.Member(lines, "date", success.Date is { } date ? JournalFile.Text(date) : null);
            }

            JournalFile.Member(lines, "errorCode", result.ErrorCode);
            JournalFile.Member(lines, "message", result.Message);
            JournalFile.Member(lines, "fault", result.Fault);
            if (result.IsRetryable)
            {
                lines.Append(",\"isRetryable\":true");
            }

            lines.Append("}\n");
        }

        _file.Append(lines.ToString());
    }

    /// <summary>Ids of the associations that earlier runs created.</summary>
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

    public void Dispose()
    {
        _file.Dispose();
        lock (_naming)
        {
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

    private bool TakeLine(JournalLine line)
    {
        switch (line.Text("event"))
        {
            case "intent" when line.Time("at") is { } sent && line.Value("entries") is List<object?> entries:
                foreach (object? entry in entries)
                {
                    JournalState state = StateOf((string)entry!);
                    state.FirstSent ??= new SentTime(sent, null, line.Time("serviceTime"));
                    state.Status = null;
                }

                return true;

            case "outcome" when line.Text("entry") is { } key && Enum.TryParse(line.Text("status"), out AssociationStatus status):
                JournalState settled = StateOf(key);
                settled.Status = status;
                settled.AssociationId = line.Text("associationId");
                settled.AssociationVersion = line.Text("associationVersion");
                settled.Date = line.Time("date");
                settled.ErrorCode = line.Text("errorCode");
                settled.Message = line.Text("message");
                settled.Fault = line.Text("fault");
                settled.IsRetryable = line.Value("isRetryable") is true;
                if (status is AssociationStatus.Failed or AssociationStatus.NotAttempted)
                {
                    // Nothing of it exists, so an association that appears later is of a later sending.
                    settled.FirstSent = null;
                }

                return true;

            default:
                return false;
        }
    }

    private JournalState StateOf(string key)
    {
        if (!_states.TryGetValue(key, out JournalState? state))
        {
            state = new JournalState();
            _states.Add(key, state);
        }

        return state;
    }
}
