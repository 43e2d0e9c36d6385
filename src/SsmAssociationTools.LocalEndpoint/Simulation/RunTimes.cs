using System;
using System.Globalization;
using System.Linq;

namespace SsmAssociationTools.LocalEndpoint.Simulation;

/// <summary>
/// When a schedule that <see cref="Service.ScheduleCheck"/> has accepted is due. Everything State Manager accepts repeats
/// after a fixed time or names a weekday of the month, so there is nothing to search for. Shares nothing with the module.
/// </summary>
internal sealed class RunTimes
{
    private const string Days = "SUNMONTUEWEDTHUFRISAT";
    private const long DayTicks = TimeSpan.TicksPerDay;

    /// <summary>Time between two runs; 0 where the schedule names a day of the month or happens once.</summary>
    private readonly long _period;

    /// <summary>A run, counted from the beginning of the calendar, which was a Monday; or the time of day.</summary>
    private readonly long _phase;

    private readonly DayOfWeek _day;

    /// <summary>Which of the month's: 1 to 5, 0 for the last.</summary>
    private readonly int _nth;
    private readonly int _offset;

    private RunTimes(long period, long phase, DayOfWeek day = default, int nth = 0, int offset = 0)
    {
        _period = period;
        _phase = phase;
        _day = day;
        _nth = nth;
        _offset = offset;
    }

    /// <summary>The one time of an at() expression; null for others.</summary>
    public DateTime? Once { get; private init; }

    /// <summary>Reads an expression.</summary>
    /// <param name="expression">One that is accepted.</param>
    /// <param name="offset">ScheduleOffset in days.</param>
    /// <param name="anchor">When a rate() begins to count, UTC.</param>
    public static RunTimes Parse(string expression, int offset, DateTime anchor)
    {
        int open = expression.IndexOf('(');
        string inner = expression.Substring(open + 1, expression.Length - open - 2);
        switch (expression.Substring(0, open))
        {
            case "rate":
                string digits = new([.. inner.TakeWhile(char.IsDigit)]);
                long unit = inner.Contains("minute") ? TimeSpan.TicksPerMinute : inner.Contains("hour") ? TimeSpan.TicksPerHour : DayTicks;
                return new RunTimes(long.Parse(digits, CultureInfo.InvariantCulture) * unit, anchor.Ticks);
            case "at":
                return new RunTimes(0, 0)
                {
                    Once = DateTime.Parse(inner, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal),
                };
            default:
                string[] fields = inner.Split(' ');
                return Cron(fields.Length == 7 ? [.. fields.Skip(1)] : fields, offset);
        }
    }

    /// <summary>The next run.</summary>
    /// <param name="after">UTC; the run is later than that.</param>
    /// <returns>UTC; null where there is none any more.</returns>
    public DateTime? Next(DateTime after)
    {
        if (Once is DateTime once)
        {
            return once > after ? once : null;
        }

        if (_period > 0)
        {
            long runs = FloorDivide(after.Ticks - _phase, _period) + 1;
            return new DateTime(_phase + (runs * _period), DateTimeKind.Utc);
        }

        DateTime from = after.AddDays(-_offset);
        for (var month = new DateTime(from.Year, from.Month, 1, 0, 0, 0, DateTimeKind.Utc); ; month = month.AddMonths(1))
        {
            if (DayOf(month) is DateTime day && day.AddTicks(_phase).AddDays(_offset) is var run && run > after)
            {
                return run;
            }
        }
    }

    private static RunTimes Cron(string[] fields, int offset)
    {
        (string minutes, string hours, string weekday) = (fields[0], fields[1], fields[4]);
        if (minutes.EndsWith("/30", StringComparison.Ordinal))
        {
            return new RunTimes(30 * TimeSpan.TicksPerMinute, 0);
        }

        long minute = Number(minutes) * TimeSpan.TicksPerMinute;
        int step = hours.IndexOf('/');
        if (step >= 0)
        {
            return new RunTimes(Number(hours.Substring(step + 1)) * TimeSpan.TicksPerHour, minute);
        }

        long time = (Number(hours) * TimeSpan.TicksPerHour) + minute;
        if (weekday is "?" or "*")
        {
            return new RunTimes(DayTicks, time);
        }

        int mark = weekday.IndexOf('#');
        bool last = mark < 0 && weekday.EndsWith("L", StringComparison.Ordinal);
        DayOfWeek day = Weekday(mark >= 0 ? weekday.Substring(0, mark) : last ? weekday.Substring(0, weekday.Length - 1) : weekday);
        return mark >= 0 || last
            ? new RunTimes(0, time, day, last ? 0 : (int)Number(weekday.Substring(mark + 1)), offset)
            : new RunTimes(7 * DayTicks, (((int)day + 6) % 7 * DayTicks) + time);
    }

    /// <summary>A number counts from 1 for Sunday, as the table of the user guide has it.</summary>
    private static DayOfWeek Weekday(string text) =>
        (DayOfWeek)(text.Length == 1 ? (int)Number(text) - 1 : Days.IndexOf(text, StringComparison.Ordinal) / 3);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static long FloorDivide(long value, long by) => (value / by) - (value % by < 0 ? 1 : 0);

    private DateTime? DayOf(DateTime month)
    {
        int days = DateTime.DaysInMonth(month.Year, month.Month);
        int first = 1 + (((int)_day - (int)month.DayOfWeek + 7) % 7);
        int day = _nth == 0 ? first + ((days - first) / 7 * 7) : first + ((_nth - 1) * 7);
        return day <= days ? month.AddDays(day - 1) : null;
    }
}
