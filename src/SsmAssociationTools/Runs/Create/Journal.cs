using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
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
internal sealed class Journal : IPlacedJournal
{
    /// <summary>What is kept of the hash of a name: enough that none of a million names is taken for another.</summary>
    private const ulong NameBits = (1UL << 48) - 1;

    /// <summary>
    /// What an entry takes in the file at least, intent and outcome. Tables that are made as large as they get are never copied: with a
    /// million entries the copies were a third of the memory.
    /// </summary>
    private const int BytesOfEntry = 280;

    private const int MaxForeseen = 4_000_000;

    private readonly object _naming = new();
    private readonly JournalFile _file;
    private readonly HMACSHA256 _hash;
    private readonly CanonicalContent _canonical = new();
    private readonly Dictionary<JournalName, Mark> _marks;
    private Dictionary<(ContentKey Key, string Place), int>? _occurrences;
    private JournalNames? _names;

    /// <summary>Entries of this run that have a name and no intent yet, by their name, in input order.</summary>
    private readonly Dictionary<ulong, List<WorkItem>> _waiting = [];

    /// <summary>What an earlier run had read and not sent yet when it sent a later entry of the same name.</summary>
    private readonly HashSet<JournalName> _awaited = [];

    /// <summary>The entries in a file that records more than them; what is read of it goes through <see cref="TakeLine"/>. Disposes of the file.</summary>
    public Journal(JournalFile file, byte[] key, JournalPlaces places)
    {
        _file = file;
        _hash = new HMACSHA256(key);
        _marks = new Dictionary<JournalName, Mark>((int)Math.Min(file.Length / BytesOfEntry, MaxForeseen));
        Places = places;
    }

    public JournalPlaces Places { get; }

    /// <summary>How many entries the journal knows from earlier runs.</summary>
    public int KnownEntries => _marks.Count;

    /// <summary>Opens a journal, or begins one.</summary>
    /// <returns>The journal, with what earlier runs left in it. Nobody else can open it until it is disposed.</returns>
    /// <exception cref="JournalException">In use, no journal, damaged, of another version, without its key, or not writable.</exception>
    public static Journal Open(string path) =>
        JournalFile.OpenKeyed(path, JournalPurpose.Create, (file, key) => new Journal(file, key, new JournalPlaces(path)));

    /// <summary>
    /// Gives an entry its name in the journal: the keyed hash of its content, Region and account, and how many entries of this
    /// run with the same content came before it. Called by the driving thread, in input order.
    /// </summary>
    /// <returns>What earlier runs know of the entry; null for nothing.</returns>
    /// <exception cref="JournalException">The journal cannot be read any more.</exception>
    public JournalState? Identify(WorkItem item)
    {
        // Counted for each place, so that a run for one Region more still knows what it did in the others.
        (ContentKey, string) content = (item.Key, item.Destination.Place);
        _occurrences ??= new Dictionary<(ContentKey, string), int>(_marks.Count);
        _occurrences.TryGetValue(content, out int occurrence);
        _occurrences[content] = occurrence + 1;

        JournalName name = NameOf(item.Entry!, item.Destination.Place, occurrence);
        item.JournalKey = name.ToString();
        item.JournalName = HashOfName(item.Entry!, item.Destination.Place);
        _names ??= NamesOf(_marks.Values);
        if (!_marks.TryGetValue(name, out Mark mark))
        {
            return null;
        }

        _names.Meet(mark.Name, mark.Line);
        return StateOf(mark);
    }

    /// <summary>
    /// What earlier runs made of entries that had the AssociationName of this one and other content, and that have not come
    /// again so far: the row was changed under its name, and sending it would make a second association of that name.
    /// </summary>
    /// <exception cref="JournalException">The journal cannot be read any more.</exception>
    public IReadOnlyList<JournalState> OfSameName(WorkItem item)
    {
        var states = new List<JournalState>();
        bool isNew = item.JournalName != 0 && JournalName.Read(item.JournalKey) is { } key && !_awaited.Contains(key);
        foreach (long line in isNew ? _names!.Unmet(item.JournalName) : [])
        {
            states.Add(new JournalState { AssociationId = _file.ReadAgain(line).Text("associationId") });
        }

        return states;
    }

    /// <summary>
    /// When an earlier run sent an entry, and what became of it is not known, in any of the Regions where it worked: for one of
    /// which is not known where it would go now. It is not counted among the equal ones of a place.
    /// </summary>
    /// <exception cref="JournalException">The journal cannot be read any more.</exception>
    public SentTime? SentAnywhere(WorkItem item)
    {
        foreach (string region in Places.Regions())
        {
            string place = (item.Destination with { Region = region }).Place;
            int occurrence = 0;
            _occurrences?.TryGetValue((item.Key, place), out occurrence);
            if (_marks.TryGetValue(NameOf(item.Entry!, place, occurrence), out Mark mark) && mark.IsOpen)
            {
                return StateOf(mark).FirstSent;
            }
        }

        return null;
    }

    /// <summary>
    /// Takes note that an entry is about to be sent for the first time, so that the intent of a later one of its name says that this one
    /// was there too: a run that goes on must not take it for a row that was changed. Called by the driving thread, in input order.
    /// </summary>
    public void Await(WorkItem item)
    {
        if (item.JournalName == 0)
        {
            return;
        }

        lock (_waiting)
        {
            if (!_waiting.TryGetValue(item.JournalName, out List<WorkItem>? items))
            {
                _waiting[item.JournalName] = items = [];
            }

            items.Add(item);
        }
    }

    /// <summary>Lets go of an entry that gets no intent any more, because its place is stopped: hundreds of thousands may follow.</summary>
    public void Leave(WorkItem item)
    {
        lock (_waiting)
        {
            if (_waiting.TryGetValue(item.JournalName, out List<WorkItem>? items) && items.Remove(item) && items.Count == 0)
            {
                _waiting.Remove(item.JournalName);
            }
        }
    }

    /// <summary>True when an earlier run sent an entry, and what became of it is not known. Goes through all that it knows.</summary>
    public bool HasOpen() => _marks.Values.Any(static mark => mark.IsOpen);

    /// <summary>True when an earlier run sent an entry with the content, another one than a given entry's, and what became of it is not known.</summary>
    public bool HasOpenOther(AssociationEntry content, AssociationEntry than, string place)
    {
        JournalName name = NameOf(content, place, 0);
        return !name.Equals(NameOf(than, place, 0)) && _marks.TryGetValue(name, out Mark mark) && mark.IsOpen;
    }

    /// <summary>Records that entries are about to be sent.</summary>
    /// <exception cref="JournalException">It cannot be written, so they must not be sent.</exception>
    public void WriteIntent(IReadOnlyList<WorkItem> items, SentTime sent)
    {
        StringBuilder line = new StringBuilder(Places.Announce())
            .Append("{\"event\":\"intent\",\"at\":\"").Append(JournalFile.Text(sent.LocalTime)).Append('"');
        JournalFile.Member(line, "serviceTime", sent.ServiceTime is { } time ? JournalFile.Text(time) : null);
        JournalFile.Member(line, "recordTime", sent.RecordTime is { } records ? JournalFile.Text(records) : null);
        line.Append(",\"entries\":[");
        for (int i = 0; i < items.Count; i++)
        {
            line.Append(i == 0 ? "\"" : ",\"").Append(items[i].JournalKey).Append('"');
        }

        line.Append("],\"names\":[");
        for (int i = 0; i < items.Count; i++)
        {
            line.Append(i == 0 ? "\"" : ",\"").Append(items[i].JournalName.ToString("x", CultureInfo.InvariantCulture)).Append('"');
        }

        line.Append(']');
        List<string> waiting = Before(items);
        if (waiting.Count > 0)
        {
            line.Append(",\"waiting\":[\"").Append(string.Join("\",\"", waiting)).Append("\"]");
        }

        _file.Append(line.Append("}\n").ToString());
    }

    /// <summary>Entries have their intent now.</summary>
    /// <returns>What was read before them, has a name of theirs and waits for an intent of its own.</returns>
    private List<string> Before(IReadOnlyList<WorkItem> items)
    {
        var before = new List<string>();
        lock (_waiting)
        {
            foreach (WorkItem item in items)
            {
                Leave(item);
            }

            foreach (IGrouping<ulong, WorkItem> name in items.GroupBy(static item => item.JournalName))
            {
                if (_waiting.TryGetValue(name.Key, out List<WorkItem>? others))
                {
                    long last = name.Max(static item => item.Index);
                    before.AddRange(others.Where(other => other.Index < last).Select(static other => other.JournalKey!));
                }
            }
        }

        return before;
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

    /// <summary>Hashes of the ids of the associations that earlier runs created.</summary>
    public IEnumerable<ulong> KnownIds()
    {
        foreach (Mark mark in _marks.Values)
        {
            if (mark.IdHash != 0)
            {
                yield return mark.IdHash;
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

    private JournalName NameOf(AssociationEntry entry, string place, int occurrence)
    {
        lock (_naming)
        {
            ArraySegment<byte> content = _canonical.BytesOf(entry);
            byte[] placeBytes = Encoding.UTF8.GetBytes(place + "\n");
            byte[] bytes = new byte[placeBytes.Length + content.Count];
            placeBytes.CopyTo(bytes, 0);
            Array.Copy(content.Array!, content.Offset, bytes, placeBytes.Length, content.Count);
            return new JournalName(_hash.ComputeHash(bytes), occurrence);
        }
    }

    /// <summary>The keyed hash of a name in a place; 0 for an entry without a name.</summary>
    private ulong HashOfName(AssociationEntry entry, string place)
    {
        if (string.IsNullOrEmpty(entry.AssociationName))
        {
            return 0;
        }

        lock (_naming)
        {
            return BitConverter.ToUInt64(_hash.ComputeHash(Encoding.UTF8.GetBytes("name\n" + place + "\n" + entry.AssociationName)), 0) & NameBits;
        }
    }

    private static JournalNames NamesOf(IEnumerable<Mark> marks)
    {
        var names = new List<(ulong, long)>();
        foreach (Mark mark in marks)
        {
            if (mark.Name != 0 && (mark.IsOpen || mark.IdHash != 0))
            {
                names.Add((mark.Name, mark.Line));
            }
        }

        return new JournalNames(names);
    }

    /// <summary>Takes a line of an earlier run; false where it is none of this journal.</summary>
    public bool TakeLine(JournalLine line, long at)
    {
        switch (line.Text("event"))
        {
            case "place":
                return Places.Take(line);

            case "intent" when line.Time("at") is not null && line.Value("entries") is List<object?> entries:
                var names = line.Value("names") as List<object?>;
                for (int i = 0; i < entries.Count; i++)
                {
                    if (JournalName.Read(entries[i] as string) is not { } name)
                    {
                        return false;
                    }

                    ulong hash = i < names?.Count && ulong.TryParse(names[i] as string, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong read) ? read : 0;
                    _marks.TryGetValue(name, out Mark mark);
                    _marks[name] = mark with { Sent = mark.Sent == 0 ? at : mark.Sent, Outcome = 0, Status = null, Name = hash };
                }

                foreach (object? key in line.Value("waiting") as List<object?> ?? [])
                {
                    if (JournalName.Read(key as string) is { } awaited)
                    {
                        _awaited.Add(awaited);
                    }
                }

                return true;

            case "outcome" when JournalName.Read(line.Text("entry")) is { } settled && Enum.TryParse(line.Text("status"), out AssociationStatus status):
                _marks.TryGetValue(settled, out Mark before);
                _marks[settled] = new Mark
                {
                    // Of what failed or was not attempted nothing exists, so an association that appears later is of a later sending.
                    Sent = status is AssociationStatus.Failed or AssociationStatus.NotAttempted ? 0 : before.Sent,
                    Outcome = at,
                    Status = status,
                    IdHash = line.Text("associationId") is { } id ? TextHash.Of(id) : 0,
                    Name = before.Name,
                };
                return true;

            default:
                return false;
        }
    }

    /// <summary>What the lines say that a mark points to.</summary>
    private JournalState StateOf(Mark mark)
    {
        var state = new JournalState { Status = mark.Status };
        if (mark.Sent != 0)
        {
            JournalLine sent = _file.ReadAgain(mark.Sent);
            state.FirstSent = new SentTime(sent.Time("at") ?? default, null, sent.Time("serviceTime"), sent.Time("recordTime"));
        }

        if (mark.Outcome != 0)
        {
            JournalLine outcome = _file.ReadAgain(mark.Outcome);
            state.AssociationId = outcome.Text("associationId");
            state.AssociationVersion = outcome.Text("associationVersion");
            state.Date = outcome.Time("date");
            state.ErrorCode = outcome.Text("errorCode");
            state.Message = outcome.Text("message");
            state.Fault = outcome.Text("fault");
            state.IsRetryable = outcome.Value("isRetryable") is true;
        }

        return state;
    }

    /// <summary>What is kept of an entry of earlier runs: where its lines begin, and not what they say, so that a million entries take little room.</summary>
    private readonly record struct Mark
    {
        /// <summary>Where the line of its first intent begins; 0 for none.</summary>
        public long Sent { get; init; }

        /// <summary>Where the line of its last outcome begins; 0 for none since it was sent.</summary>
        public long Outcome { get; init; }

        /// <summary>Hash of the association's id; 0 for none.</summary>
        public ulong IdHash { get; init; }

        private readonly uint _nameLow;
        private readonly ushort _nameHigh;

        /// <summary>One more than the number of the status; 0 for none. Eight bytes for name and status make a million marks 16 MB smaller.</summary>
        private readonly byte _status;

        /// <summary>Keyed hash of its AssociationName, 48 bits; 0 for none.</summary>
        public ulong Name
        {
            get => ((ulong)_nameHigh << 32) | _nameLow;
            init
            {
                _nameLow = (uint)value;
                _nameHigh = (ushort)(value >> 32);
            }
        }

        public AssociationStatus? Status
        {
            get => _status == 0 ? null : (AssociationStatus)(_status - 1);
            init => _status = (byte)(value is { } status ? (int)status + 1 : 0);
        }

        /// <summary>Where the line begins that says the most.</summary>
        public long Line => Outcome != 0 ? Outcome : Sent;

        /// <summary>True while nothing is known of what became of it.</summary>
        public bool IsOpen => Sent != 0 && Status is null or AssociationStatus.Unknown;
    }
}
