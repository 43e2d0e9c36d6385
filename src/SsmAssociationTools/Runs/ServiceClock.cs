using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Runs;

/// <summary>
/// What is known of the service's clock, from the dates of its answers. They are kept against a time that nobody can set,
/// so a clock of this machine that is changed says nothing wrong, and one of the service that is changed is noticed.
/// Safe for concurrent use.
/// </summary>
internal sealed class ServiceClock
{
    /// <summary>
    /// How far the clocks of the service's machines may be apart. What was created less than this before an entry was
    /// sent may be the entry's own, and is neither taken for it nor passed over.
    /// </summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    /// <summary>Dates have whole seconds, and the machines differ a little all the time.</summary>
    private static readonly TimeSpan s_resolution = TimeSpan.FromSeconds(2);

    /// <summary>What dates records says it to the millisecond; what is left are the machines.</summary>
    private static readonly TimeSpan s_recordResolution = TimeSpan.FromMilliseconds(500);

    /// <summary>Signed requests of a clock that is further off are refused; used only while no answer had a date.</summary>
    private static readonly TimeSpan s_unknownTolerance = TimeSpan.FromMinutes(5);

    /// <summary>Systems Manager has associations since then. An earlier date is none.</summary>
    private static readonly DateTime s_first = new(2014, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime s_last = new(9000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Changes of the service's clock that are told apart; older ones become one.</summary>
    private const int MaxPeriods = 64;

    private readonly IClock _clock;
    private readonly object _gate = new();
    private readonly List<Period> _periods = [];
    private DateTime? _lowest;

    /// <summary>By how much the dates of records are beside those of the answers that named them; null before the first.</summary>
    private (TimeSpan Least, TimeSpan Most)? _records;

    /// <summary>True once a record was read that is dated after now, and until one tells by how much such dates are beside the answers.</summary>
    private bool _isBehindRecords;

    public ServiceClock(IClock clock) => _clock = clock;

    /// <summary>Takes note of the date of an answer.</summary>
    /// <param name="serviceTime">The date; null where the answer had none.</param>
    /// <param name="started">Uptime when the call was made.</param>
    public void Observe(DateTime? serviceTime, TimeSpan started)
    {
        if (serviceTime is not { } time || !IsSensible(time))
        {
            return;
        }

        TimeSpan received = _clock.Uptime;
        DateTime low = time - received;
        DateTime high = time + TimeSpan.FromSeconds(1) - started;
        lock (_gate)
        {
            _lowest = _lowest is { } lowest && lowest < time ? lowest : time;
            Period? last = _periods.Count == 0 ? null : _periods[_periods.Count - 1];
            if (last is not null && low <= last.High && high >= last.Latest)
            {
                last.Latest = Max(last.Latest, low);
                last.Earliest = last.IsMerged ? last.Earliest : last.Latest;
                last.High = high < last.High ? high : last.High;
                return;
            }

            _periods.Add(new Period(received, low, high));
            if (_periods.Count > MaxPeriods)
            {
                _periods[1].Merge(_periods[0]);
                _periods.RemoveAt(0);
            }
        }
    }

    /// <summary>Makes a call for the date of its answer alone. A refusal has it, too; without any, nothing is learned.</summary>
    /// <param name="call">Makes the call and gives the date.</param>
    public async Task LearnAsync(Func<Task<DateTime?>> call)
    {
        TimeSpan started = _clock.Uptime;
        try
        {
            Observe(await call().ConfigureAwait(false), started);
        }
        catch (GatewayException error)
        {
            Observe(error.ServiceTime, started);
        }
        catch (OperationCanceledException)
        {
            // The call that follows is given up as well.
        }
    }

    /// <summary>
    /// Takes note of the date of a record that a call created, and that its answer named: what answers and what dates records
    /// may have clocks of their own.
    /// </summary>
    /// <param name="serviceTime">The date of the answer; null where it had none.</param>
    /// <param name="created">The date of the record; null where it has none.</param>
    /// <param name="started">Uptime when the call was made.</param>
    public void ObserveRecord(DateTime? serviceTime, DateTime? created, TimeSpan started, TimeSpan received)
    {
        if (created is not { } date || !IsSensible(date))
        {
            return;
        }

        if (serviceTime is not { } time || !IsSensible(time))
        {
            Observe(created, started);
            time = date;
        }

        TimeSpan apart = date - time;
        if (apart > -(received - started) - s_resolution && apart < s_resolution)
        {
            apart = TimeSpan.Zero;
        }

        lock (_gate)
        {
            _isBehindRecords = false;
            _records = _records is { } records
                ? (apart < records.Least ? apart : records.Least, apart > records.Most ? apart : records.Most)
                : (apart, apart);

            // Where the clock was set during the call, nobody knows on which side of it the record was dated.
            if (_periods.Count == 1 || (_periods.Count > 1 && _periods[_periods.Count - 1].From <= started))
            {
                _periods[_periods.Count - 1].TakeRecord(date - received, date - started);
            }
        }
    }

    /// <summary>
    /// Takes note of the date of any record that was read. One that is dated after now shows that answers have another clock than
    /// records, and that what this one dates after a sending may be older.
    /// </summary>
    /// <param name="created">The date of the record; null where it has none.</param>
    public void ObserveRead(DateTime? created)
    {
        bool isAhead = created is { } date && IsSensible(date) && Now is { } now && date > Plus(now, Margin);
        lock (_gate)
        {
            _isBehindRecords |= isAhead;
        }
    }

    /// <summary>
    /// Takes note of the date of a record that was found to be what a call created without a clear answer. It was created at some
    /// time up to now, so it tells by how much records may be dated behind the answers at most.
    /// </summary>
    /// <param name="created">The date of the record; null where it has none.</param>
    public void ObserveFound(DateTime? created)
    {
        if (created is not { } date || !IsSensible(date))
        {
            return;
        }

        lock (_gate)
        {
            if (_periods.Count == 0)
            {
                return;
            }

            TimeSpan apart = date - (_periods[_periods.Count - 1].High + _clock.Uptime);
            apart = apart < TimeSpan.Zero ? apart : TimeSpan.Zero;
            _records = _records is { } records ? (apart < records.Least ? apart : records.Least, records.Most) : (apart, TimeSpan.Zero);
        }
    }

    /// <summary>The service's time now, as far as its last answer tells; null before the first.</summary>
    public DateTime? Now
    {
        get
        {
            lock (_gate)
            {
                return _periods.Count == 0 ? null : Plus(_periods[_periods.Count - 1].Latest + _clock.Uptime, _records?.Most);
            }
        }
    }

    /// <summary>
    /// True once a record was seen that a call of the run had created. Before that nobody knows whether what answers has the clock
    /// that dates records, so nothing counts as created too early.
    /// </summary>
    public bool IsVerified
    {
        get
        {
            lock (_gate)
            {
                return _records is not null;
            }
        }
    }

    private bool IsBehindRecords
    {
        get
        {
            lock (_gate)
            {
                return _isBehindRecords;
            }
        }
    }

    /// <summary>The moment in which something is about to be sent.</summary>
    public SentTime Mark()
    {
        lock (_gate)
        {
            TimeSpan uptime = _clock.Uptime;
            Period? last = _periods.Count == 0 ? null : _periods[_periods.Count - 1];
            return new SentTime(_clock.UtcNow, uptime, last?.Latest + uptime, last?.Records + uptime);
        }
    }

    /// <summary>Says whether something that the service dates was created since an entry was sent.</summary>
    /// <returns>True or false; null where that cannot be told.</returns>
    public bool? IsSince(DateTime? created, SentTime sent)
    {
        if (created is not { } date || !IsSensible(date))
        {
            return null;
        }

        if (Now is { } now && date > Plus(now, Margin))
        {
            // It is dated by another clock than the answers are.
            return null;
        }

        (DateTime earliest, DateTime certain) = Span(sent);
        if (date >= certain)
        {
            return IsBehindRecords ? null : true;
        }

        return IsVerified && date < Minus(earliest, Margin) ? false : null;
    }

    /// <summary>Between which times of the service a moment lay; null before the first answer with a date.</summary>
    /// <param name="uptime">The moment, by the clock that nobody can set.</param>
    public (DateTime Earliest, DateTime Latest)? At(TimeSpan uptime)
    {
        lock (_gate)
        {
            if (_periods.Count == 0)
            {
                return null;
            }

            DateTime earliest = DateTime.MaxValue;
            DateTime latest = DateTime.MinValue;
            for (int i = Math.Max(_periods.FindLastIndex(period => period.From < uptime), 0); i < _periods.Count; i++)
            {
                earliest = earliest < _periods[i].Earliest ? earliest : _periods[i].Earliest;
                latest = Max(latest, _periods[i].High);
            }

            return (earliest + uptime, latest + uptime);
        }
    }

    /// <summary>When an entry was sent at the earliest by the service's clock, and from when on what is dated was created since.</summary>
    private (DateTime Earliest, DateTime Certain) Span(SentTime sent)
    {
        lock (_gate)
        {
            if (sent.Uptime is not { } uptime)
            {
                return SpanOfEarlierRun(sent);
            }

            if (_periods.Count == 0)
            {
                return (DateTime.MinValue, Minus(sent.LocalTime, s_unknownTolerance + s_resolution));
            }

            int first = _periods.FindLastIndex(period => period.From < uptime);
            DateTime earliest = DateTime.MaxValue;
            DateTime certain = DateTime.MinValue;
            for (int i = Math.Max(first, 0); i < _periods.Count; i++)
            {
                earliest = earliest < _periods[i].Earliest ? earliest : _periods[i].Earliest;
                certain = Max(certain, CertainIn(_periods[i], uptime));
            }

            if (first < 0)
            {
                // Uptime may stand still while a machine sleeps; its clock does not.
                TimeSpan asleep = _clock.UtcNow - sent.LocalTime - (_clock.Uptime - uptime);
                earliest = asleep > s_resolution ? Minus(earliest, asleep) : earliest;
            }

            DateTime sentAt = Plus(earliest + uptime, _records?.Least);
            if (RecordsBefore(first) is { } records)
            {
                // Answers were set, and no record was seen since: what dates records may have been set with them, or have run on.
                sentAt = sentAt < records + uptime ? sentAt : records + uptime;
                certain = Max(certain, Minus(records + uptime, s_recordResolution));
            }

            return (sentAt, certain);
        }
    }

    /// <summary>Where the clock that dates records stood before the answers of a period were set; null where it was seen since, or never.</summary>
    private DateTime? RecordsBefore(int period)
    {
        if (period < 0 || _periods[period].Records is not null)
        {
            return null;
        }

        int last = _periods.FindLastIndex(period, static before => before.Records is not null);
        return last < 0 ? null : _periods[last].Records;
    }

    /// <summary>The same for what an earlier run sent, of which there is no more than its journal says.</summary>
    private (DateTime Earliest, DateTime Certain) SpanOfEarlierRun(SentTime sent)
    {
        if (sent.ServiceTime is not { } time)
        {
            return (DateTime.MinValue, CertainByLocal(sent.LocalTime));
        }

        // A service whose clock went back since may have dated it at any time.
        bool wentBack = _lowest < Minus(time, Margin);
        if (sent.RecordTime is { } records)
        {
            return (wentBack ? DateTime.MinValue : records, Minus(records, s_recordResolution));
        }

        // What dates records may have been beside what dates answers as it is now. Where the clocks of then were further apart than
        // signatures bear, either of them may have been the wrong one.
        DateTime dated = Plus(time, _records?.Most);
        bool isOff = (sent.LocalTime - time).Duration() > s_unknownTolerance;
        return (
            wentBack || isOff ? DateTime.MinValue : Plus(time, _records?.Least),
            isOff ? Max(dated, sent.LocalTime) : dated == time ? Minus(time, s_recordResolution) : dated);
    }

    /// <summary>From which date on a record was created after a time of this machine's clock, which is taken to be as wrong as it is now, or right.</summary>
    private DateTime CertainByLocal(DateTime time)
    {
        if (_periods.Count == 0)
        {
            return Minus(time, s_resolution);
        }

        Period last = _periods[_periods.Count - 1];
        TimeSpan ahead = (last.Records ?? Plus(last.Latest, _records?.Most)) + _clock.Uptime - _clock.UtcNow;
        return ahead.Duration() > s_resolution
            ? Max(time, Plus(time, ahead))
            : Minus(Plus(time, ahead), last.Records is null ? s_resolution : s_recordResolution);
    }

    /// <summary>
    /// From which date on a record was created after a moment. The records that calls created tell it best; the dates of answers have
    /// whole seconds, and may be those of another clock.
    /// </summary>
    private DateTime CertainIn(Period period, TimeSpan uptime) => period.Records is { } records
        ? Minus(records + uptime, s_recordResolution)
        : Minus(Plus(period.Latest + uptime, _records?.Most), s_resolution);

    private static bool IsSensible(DateTime time) => time >= s_first && time < s_last;

    private static DateTime Plus(DateTime time, TimeSpan? span) => span is not { } by ? time
        : by < TimeSpan.Zero ? Minus(time, -by)
        : DateTime.MaxValue - time < by ? DateTime.MaxValue : time + by;

    private static DateTime Minus(DateTime time, TimeSpan span) => time - DateTime.MinValue < span ? DateTime.MinValue : time - span;

    private static DateTime Max(DateTime one, DateTime other) => one > other ? one : other;

    /// <summary>
    /// A time in which the service's clock ran on as it was: between which times it stood when uptime began. Of the two the
    /// earlier is the better known, because an answer is dated before it arrives.
    /// </summary>
    private sealed class Period(TimeSpan from, DateTime low, DateTime high)
    {
        /// <summary>Uptime of the first answer.</summary>
        public TimeSpan From { get; private set; } = from;

        public DateTime Earliest { get; set; } = low;

        public DateTime Latest { get; set; } = low;

        public DateTime High { get; set; } = high;

        public bool IsMerged { get; private set; }

        /// <summary>Where the clock that dates records stood when uptime began, at the earliest; null before the first record.</summary>
        public DateTime? Records => _recordLow is { } low && _recordHigh is { } high ? low < high ? low : high : null;

        private DateTime? _recordLow;
        private DateTime? _recordHigh;

        /// <summary>Takes a record that a call created: its date less the uptime when the call was answered, and when it was made.</summary>
        public void TakeRecord(DateTime low, DateTime high)
        {
            // The quickest answer tells it best: the record was made at some time between the two. Of machines that are apart, the one
            // that is behind counts.
            _recordLow = _recordLow is { } closest && closest > low ? closest : low;
            _recordHigh = _recordHigh is { } highest && highest < high ? highest : high;
        }

        public void Merge(Period before)
        {
            From = before.From;
            Earliest = Earliest < before.Earliest ? Earliest : before.Earliest;
            Latest = Max(Latest, before.Latest);
            _recordLow = _recordHigh = null;
            IsMerged = true;
        }
    }
}
