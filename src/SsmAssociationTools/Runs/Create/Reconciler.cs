using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Content;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs.Read;

namespace SsmAssociationTools.Runs.Create;

/// <summary>
/// Finds out what became of entries that were sent without a clear answer, by reading what exists: an association with
/// the entry's content, created since the entry was first sent, that belongs to no other entry. Safe for concurrent use.
/// </summary>
internal sealed class Reconciler
{
    /// <summary>
    /// When the list is read again, counted from the reading before. The service documents no bound for the time after
    /// which a new association is listed; these add up to about 15 seconds.
    /// </summary>
    private static readonly TimeSpan[] s_readings =
    [
        TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8),
    ];

    /// <summary>More readings for what is listed and cannot be described yet, which may be the entry's or another's, and for a list that could not be read on.</summary>
    private static readonly TimeSpan[] s_furtherReadings = [TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(8)];

    private readonly AssociationReader _reader;
    private readonly ServiceClock _serviceClock;
    private readonly Destination _destination;
    private readonly Claims _claims;
    private readonly FilledInValues _filledIn;
    private readonly ConcurrentDictionary<WorkItem, bool> _open;
    private readonly IClock _clock;
    private readonly Journal? _journal;
    private readonly RunLog _log;

    /// <summary>Entries of which was told that others of their name are there.</summary>
    private readonly ConcurrentDictionary<WorkItem, bool> _told = new();

    public Reconciler(
        AssociationReader reader,
        ServiceClock serviceClock,
        Destination destination,
        Claims claims,
        FilledInValues filledIn,
        ConcurrentDictionary<WorkItem, bool> openItems,
        IClock clock,
        Journal? journal,
        RunLog log)
    {
        _reader = reader;
        _serviceClock = serviceClock;
        _destination = destination;
        _claims = claims;
        _filledIn = filledIn;
        _open = openItems;
        _clock = clock;
        _journal = journal;
        _log = log;
    }

    /// <summary>Finds out what became of entries.</summary>
    /// <param name="items">Entries that were sent, with the time of that, no two with the same content.</param>
    public async Task<IReadOnlyList<(WorkItem Item, Finding Finding)>> FindAsync(IReadOnlyList<WorkItem> items, CancellationToken cancellationToken)
    {
        var search = new Search(items);
        try
        {
            foreach (TimeSpan wait in s_readings.Concat(s_furtherReadings))
            {
                if (search.Readings >= s_readings.Length && !search.Open.Exists(item => search.IsUnread(item) || search.IsHidden(item, IsTaken)))
                {
                    break;
                }

                if (wait > TimeSpan.Zero)
                {
                    await _clock.DelayAsync(wait, cancellationToken).ConfigureAwait(false);
                }

                await ReadAsync(search, cancellationToken).ConfigureAwait(false);
                if (search.Open.TrueForAll(search.IsEndless))
                {
                    break;
                }
            }

            return search.Conclude(IsTaken);
        }
        catch (GatewayException error)
        {
            return search.GiveUp(NotRead(error.ErrorCode));
        }
        catch (OperationCanceledException)
        {
            return search.GiveUp("the run was stopped before it could be looked up");
        }
    }

    /// <summary>
    /// Finds out which of several associations, of which it is known that entries created them, is which entry's.
    /// </summary>
    /// <returns>The entries whose associations are known.</returns>
    public async Task<IReadOnlyList<(WorkItem Item, AssociationRecord Record)>> TellApartAsync(IReadOnlyList<WorkItem> items, IReadOnlyList<AssociationRecord> created, CancellationToken cancellationToken)
    {
        var whole = new AssociationRecord[created.Count];
        try
        {
            foreach (TimeSpan wait in s_readings)
            {
                if (wait > TimeSpan.Zero)
                {
                    await _clock.DelayAsync(wait, cancellationToken).ConfigureAwait(false);
                }

                for (int i = 0; i < whole.Length; i++)
                {
                    whole[i] ??= (await _reader.DescribeAsync(created[i].AssociationId!, cancellationToken).ConfigureAwait(false))!;
                }

                if (!Array.Exists(whole, static record => record is null))
                {
                    break;
                }
            }
        }
        catch (Exception error) when (error is GatewayException or OperationCanceledException)
        {
            // What the answer said of them is all there is then.
        }

        bool isWhole = !Array.Exists(whole, static record => record is null);
        for (int i = 0; i < whole.Length; i++)
        {
            whole[i] ??= created[i];
        }

        List<ContentProfile> entries = items.Select(static item => new ContentProfile(item.Entry!)).ToList();
        List<ContentProfile> contents = whole.Select(static record => new ContentProfile(record.Content, record.AssociationId)).ToList();
        var pairing = new Pairing(entries, contents, static (_, _) => true, _filledIn.Has, isWhole, mayLack: true);
        var known = new List<(WorkItem, AssociationRecord)>();
        for (int entry = 0; entry < entries.Count; entry++)
        {
            int partner = pairing.PartnerOf(entry);
            if (partner >= 0)
            {
                _filledIn.Add(pairing.FitOf(entry, partner));
                known.Add((items[entry], whole[partner]));
            }
        }

        return known;
    }

    /// <summary>
    /// Looks once for what earlier calls created after they were looked for in vain: associations of the same content that
    /// belong to no entry, beside the one that a later call created.
    /// </summary>
    /// <returns>The ids of such associations, each with its entry. What cannot be read is left out.</returns>
    public async Task<IReadOnlyList<(WorkItem Item, string AssociationId)>> FindSecondAsync(IReadOnlyList<WorkItem> items, CancellationToken cancellationToken)
    {
        var seconds = new List<(WorkItem, string)>();
        var search = new Search(items);
        try
        {
            List<AssociationRecord> found = await CandidatesAsync(search, cancellationToken).ConfigureAwait(false);
            foreach (AssociationRecord record in found)
            {
                foreach (WorkItem item in items)
                {
                    if (_serviceClock.IsSince(record.Date, item.FirstSent!) != false && Fit.Of(search.ProfileOf(item), search.ProfileOf(record)) is { IsSame: true })
                    {
                        seconds.Add((item, record.AssociationId!));
                    }
                }
            }
        }
        catch (Exception error) when (error is GatewayException or OperationCanceledException)
        {
            // The entries themselves are settled; this look only adds to what is said of them.
        }

        return seconds;
    }

    /// <summary>Reads once, and takes the entries that are settled by it out of the open ones.</summary>
    private async Task ReadAsync(Search search, CancellationToken cancellationToken)
    {
        search.BeginReading();
        List<AssociationRecord> found = await CandidatesAsync(search, cancellationToken).ConfigureAwait(false);
        if (found.Count == 0)
        {
            return;
        }

        // What was created since for sure comes before what may be older: of two with the same content, it is the entry's.
        Settle(search, found, isCertain: true);
        found.RemoveAll(record => IsTaken(record.AssociationId!));
        if (found.Count > 0)
        {
            Settle(search, found, isCertain: false);
        }
    }

    /// <summary>Settles the entries that have one association for sure; of the others, says why they have none.</summary>
    private void Settle(Search search, List<AssociationRecord> found, bool isCertain)
    {
        // Entries of other batches, whose associations these may be as well.
        List<WorkItem> all = [.. search.Open, .. _open.Keys.Where(other => other.FirstSent is not null && other.Result is null or { State: AssociationStatus.Unknown } && !search.Open.Contains(other))];
        List<ContentProfile> entries = all.ConvertAll(search.ProfileOf);
        List<ContentProfile> contents = found.ConvertAll(search.ProfileOf);

        // Asked once: what other batches learn of the clock meanwhile would make one step contradict the other.
        var asked = new Dictionary<(int Entry, int Content), bool?>();
        bool? IsSince(int entry, int content)
        {
            if (!asked.TryGetValue((entry, content), out bool? since))
            {
                asked.Add((entry, content), since = _serviceClock.IsSince(found[content].Date, all[entry].FirstSent!));
            }

            return since;
        }

        bool IsAdmitted(int entry, int content) =>
            (isCertain ? IsSince(entry, content) == true : IsSince(entry, content) != false) && EarlierOwner(all[entry], found[content], search) != false;
        var pairing = new Pairing(entries, contents, IsAdmitted, _filledIn.Has, isWhole: true, mayLack: false);
        foreach ((WorkItem item, int entry) in search.Open.Select(static (item, i) => (item, i)).ToList())
        {
            int partner = pairing.PartnerOf(entry);
            if (partner >= 0)
            {
                AssociationRecord record = found[partner];
                string id = record.AssociationId!;
                if (Enumerable.Range(0, entries.Count).Any(other => other != entry && pairing.PartnerOf(other) < 0 && MayHaveLost(pairing, other, partner)))
                {
                    search.Doubt(item, [id], $"{id} has its content, and may be that of another entry of its name, with members that were left out");
                }
                else if (IsSince(entry, partner) is null)
                {
                    search.Doubt(item, [id], $"{id} has its content and was created about when it was sent, or when is not known");
                }
                else if (EarlierOwner(item, record, search) is null)
                {
                    search.Doubt(item, [id], $"{id} may be that of another entry of an earlier run");
                }
                else if (_claims.TryTake(_destination.Place, id))
                {
                    _filledIn.Add(pairing.FitOf(entry, partner));
                    _serviceClock.ObserveFound(record.Date);
                    search.Settle(item, record);
                }
                else
                {
                    search.Doubt(item, [id], $"{id} has its content and was just found to be that of another entry");
                }
            }
            else if (isCertain)
            {
                continue;
            }
            else if (pairing.IsDoubtful(entry))
            {
                List<string> ids = pairing.CandidatesOf(entry).Select(content => found[content].AssociationId!).ToList();
                search.Doubt(item, ids, ids.Count == 1 ? $"{ids[0]} may be its association or that of another entry" : $"{ids.Count} new associations have its content: {string.Join(", ", ids)}");
            }
            else if (Enumerable.Range(0, contents.Count).Where(content => MayHaveLost(pairing, entry, content)).ToList() is { Count: > 0 } cut)
            {
                List<string> ids = cut.ConvertAll(content => found[content].AssociationId!);
                search.Doubt(item, ids, $"{string.Join(", ", ids)} may be its association, with members that were left out, or that of another entry of its name");
            }
            else if (Respelled(pairing, entry, entries, contents) is { Count: > 0 } respelled)
            {
                List<string> ids = respelled.ConvertAll(content => found[content].AssociationId!);
                search.Doubt(item, ids, $"{string.Join(", ", ids)} may be its association, with content that was changed or left out");
            }
        }
    }

    /// <summary>
    /// True where an association has an entry's name and lacks members of it that this service, which was seen to leave members
    /// out, has given back to no entry of the run: it may be the entry's all the same, although another entry asked for exactly what is there.
    /// </summary>
    private bool MayHaveLost(Pairing pairing, int entry, int content) =>
        pairing.FitOf(entry, content) is { IsPossible: true, Odd: 0, Missing: > 0 } fit
        && fit.Agreed.Contains("AssociationName")
        && fit.MissingMembers.TrueForAll(_filledIn.MayLeaveOut);

    /// <summary>
    /// New associations that are nobody's, and that have an entry's name with other content, or nothing that speaks against
    /// it. The service may have changed or left out what was sent, and put a default in its place, so they are not known to be another's.
    /// </summary>
    private List<int> Respelled(Pairing pairing, int entry, List<ContentProfile> entries, List<ContentProfile> contents)
    {
        bool IsOthers(int other, int content) => other != entry && pairing.FitOf(other, content) is { IsCovered: true };
        List<int> possible = Enumerable.Range(0, contents.Count).Where(content =>
            pairing.FitOf(entry, content) is { } fit && (fit.Agreed.Contains("AssociationName") || (fit.Odd == 0 && fit.DifferentMembers.TrueForAll(IsDefault)))).ToList();
        List<int> free = possible.FindAll(content => !Enumerable.Range(0, entries.Count).Any(other => IsOthers(other, content)));
        if (free.Count > 0)
        {
            return free;
        }

        // Others have them all, unless there are more of them than of the others: a member may have been left out of one.
        int owners = Enumerable.Range(0, entries.Count).Count(other => possible.Exists(content => IsOthers(other, content)));
        return possible.Count > owners ? possible : [];
    }

    private bool IsDefault(string value) => Pairing.IsUsualDefault(value) || _filledIn.Has(value);

    /// <summary>Reads the associations that may be those of the open entries, whole, each once.</summary>
    private async Task<List<AssociationRecord>> CandidatesAsync(Search search, CancellationToken cancellationToken)
    {
        var found = new List<AssociationRecord>();
        var ids = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (IGrouping<(string? Name, string? AssociationName), WorkItem> filter in search.Open.Where(item => !search.IsEndless(item)).GroupBy(Filter).ToList())
        {
            List<AssociationRecord> lines;
            try
            {
                lines = await _reader.ListAsync(filter.Key.Name, filter.Key.AssociationName, cancellationToken).ConfigureAwait(false);
            }
            catch (GatewayException error) when (error.ErrorCode is ErrorCodes.InvalidNextToken or ErrorCodes.ListWithoutEnd)
            {
                // It says nothing of other lists; and the next reading of one that changed under every try may have more luck.
                filter.ToList().ForEach(item => search.Leave(item, error.ErrorCode));
                continue;
            }

            foreach (AssociationRecord line in lines)
            {
                if (line.AssociationId is not { } id || IsTaken(id) || ids.Contains(id))
                {
                    continue;
                }

                var listed = new ContentProfile(line.Content, id);
                List<WorkItem> fitting = filter.Where(item => MayBeListedAs(search.ProfileOf(item), listed)).ToList();
                if (fitting.Count == 0)
                {
                    continue;
                }

                if (!search.Described.TryGetValue(id, out AssociationRecord? whole))
                {
                    // One that is not there yet is read again: a new association may be listed before it can be described.
                    whole = await _reader.DescribeAsync(id, cancellationToken).ConfigureAwait(false);
                    if (whole is null)
                    {
                        fitting.ForEach(item => search.Hide(item, id));
                        continue;
                    }

                    search.Described.Add(id, whole);
                    _serviceClock.ObserveRead(whole.Date);
                }

                ids.Add(id);
                found.Add(whole);
                fitting.ForEach(item => TellOfSameName(search, item, whole));
            }
        }

        return found;
    }

    /// <summary>
    /// An association that was there before the entry was sent, with its name and other content: most likely the entry was
    /// changed in its file, and now two of that name run side by side. A run that does not read the list cannot say it.
    /// </summary>
    private void TellOfSameName(Search search, WorkItem item, AssociationRecord record)
    {
        if (!string.IsNullOrEmpty(item.Entry!.AssociationName)
            && record.Content.AssociationName == item.Entry.AssociationName
            && _serviceClock.IsSince(record.Date, item.FirstSent!) == false
            && !(Fit.Of(search.ProfileOf(item), search.ProfileOf(record)) is { IsCovered: true } fit && fit.FilledIn.TrueForAll(IsDefault))
            && _told.TryAdd(item, true))
        {
            _log.Warning($"Entry {item.Index} ({item.Entry}): {record.AssociationId} has the same AssociationName and other content, and was there before. With -IfExists Skip such an entry is not created; Update-SsmAssociationBatch changes the association.");
        }
    }

    /// <summary>A line of a list has some of the members only; where one of these is another, the association is another's.</summary>
    private static bool MayBeListedAs(ContentProfile sent, ContentProfile listed) =>
        Fit.Of(sent, listed) is { } fit && (fit.IsPossible || fit.Agreed.Contains("AssociationName"));

    /// <summary>
    /// An association that has more than the entry may be what an earlier run sent another entry for, which this run may not
    /// have read yet. The journal knows entries by their exact content only, so all that may have been asked for is tried.
    /// </summary>
    /// <returns>True where no other entry is known; false where it is another's; null where that cannot be told.</returns>
    private bool? EarlierOwner(WorkItem item, AssociationRecord record, Search search)
    {
        if (_journal is null || Fit.Of(search.ProfileOf(item), search.ProfileOf(record)) is not { IsCovered: true, IsSame: false })
        {
            return true;
        }

        bool? owner = true;
        AssociationEntry described = ReadBackContent.Of(record.Content, record.AssociationId);
        foreach (AssociationEntry content in FilledInMembers.Subsets(item.Entry!, described))
        {
            if (_journal.HasOpenOther(content, item.Entry!, _destination.Place))
            {
                // What the other asked for beside, and the service does not fill in by itself, shows whose it is.
                Fit? more = Fit.Of(search.ProfileOf(item), new ContentProfile(content));
                if (more?.FilledIn.Exists(value => !IsDefault(value)) == true)
                {
                    return false;
                }

                owner = null;
            }
        }

        return owner;
    }

    private static string NotRead(string code) => $"what exists could not be read ({code})";

    private bool IsTaken(string associationId) => _claims.IsTaken(_destination.Place, associationId);

    /// <summary>An association name narrows a list most; without one the document does.</summary>
    private static (string? Name, string? AssociationName) Filter(WorkItem item) =>
        string.IsNullOrEmpty(item.Entry!.AssociationName) ? (item.Entry.Name, null) : (null, item.Entry.AssociationName);

    /// <summary>What one search knows so far.</summary>
    private sealed class Search
    {
        private readonly List<(WorkItem, Finding)> _findings = [];
        private readonly Dictionary<WorkItem, ContentProfile> _profiles = [];
        private readonly Dictionary<AssociationRecord, ContentProfile> _contents = [];
        private readonly Dictionary<WorkItem, string> _hidden = [];
        private readonly HashSet<WorkItem> _unread = [];
        private readonly HashSet<WorkItem> _endless = [];
        private readonly Dictionary<WorkItem, (List<string> Ids, string Reason)> _doubts = [];

        public Search(IEnumerable<WorkItem> items) => Open = [.. items];

        public List<WorkItem> Open { get; }

        public int Readings { get; private set; }

        public Dictionary<string, AssociationRecord> Described { get; } = new(StringComparer.OrdinalIgnoreCase);

        public ContentProfile ProfileOf(WorkItem item)
        {
            if (!_profiles.TryGetValue(item, out ContentProfile? profile))
            {
                _profiles.Add(item, profile = new ContentProfile(item.Entry!));
            }

            return profile;
        }

        public ContentProfile ProfileOf(AssociationRecord record)
        {
            if (!_contents.TryGetValue(record, out ContentProfile? profile))
            {
                _contents.Add(record, profile = new ContentProfile(record.Content, record.AssociationId));
            }

            return profile;
        }

        public void BeginReading()
        {
            Readings++;
            _hidden.Clear();
            _unread.Clear();
            _doubts.Clear();
        }

        /// <summary>The list on which the entry's association would be could not be read to its end, this time or, where it has none, for good.</summary>
        public void Leave(WorkItem item, string code) => (code == ErrorCodes.ListWithoutEnd ? _endless : _unread).Add(item);

        public bool IsUnread(WorkItem item) => _unread.Contains(item);

        public bool IsEndless(WorkItem item) => _endless.Contains(item);

        public void Hide(WorkItem item, string id) => _hidden[item] = id;

        public bool IsHidden(WorkItem item, Func<string, bool> isTaken) => _hidden.TryGetValue(item, out string? id) && !isTaken(id);

        public void Doubt(WorkItem item, List<string> ids, string reason) => _doubts[item] = (ids, reason);

        public void Settle(WorkItem item, AssociationRecord record)
        {
            _findings.Add((item, Finding.Found(record)));
            Open.Remove(item);
        }

        public List<(WorkItem, Finding)> Conclude(Func<string, bool> isTaken)
        {
            foreach (WorkItem item in Open)
            {
                // What another entry was meanwhile found to have is no doubt any more.
                bool isDoubtful = _doubts.TryGetValue(item, out (List<string> Ids, string Reason) doubt) && !(doubt.Ids.Count > 0 && doubt.Ids.TrueForAll(id => isTaken(id)));
                _findings.Add((item, isDoubtful ? Finding.Undecided(doubt.Reason)
                    : IsHidden(item, isTaken) ? Finding.Undecided($"{_hidden[item]} is listed and cannot be read")
                    : IsUnread(item) || IsEndless(item) ? Finding.Undecided(NotRead(IsEndless(item) ? ErrorCodes.ListWithoutEnd : ErrorCodes.InvalidNextToken))
                    : Finding.Absent));
            }

            return _findings;
        }

        public List<(WorkItem, Finding)> GiveUp(string reason)
        {
            _findings.AddRange(Open.Select(item => (item, Finding.Undecided(reason))));
            return _findings;
        }
    }
}
