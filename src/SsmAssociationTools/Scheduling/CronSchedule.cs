using System;
using System.Collections.Generic;
using System.Globalization;

namespace SsmAssociationTools.Scheduling;

/// <summary>Times of the calendar: the hours and minutes of the days that the expression names.</summary>
internal sealed class CronSchedule : Schedule
{
    private static readonly string[] s_ordinals = ["first", "second", "third", "fourth", "fifth"];

    private readonly int _minute;
    private readonly int _minuteStep;
    private readonly int _hour;
    private readonly int _hourStep;

    public CronSchedule(int minute, int minuteStep, int hour, int hourStep, CronDays days, DayOfWeek weekday, int week)
    {
        _minute = minute;
        _minuteStep = minuteStep;
        _hour = hour;
        _hourStep = hourStep;
        Days = days;
        Weekday = weekday;
        Week = week;
    }

    public override ScheduleKind Kind => ScheduleKind.Cron;

    public override bool IsNthWeekday => Days == CronDays.NthWeekday;

    public override bool IsLastWeekday => Days == CronDays.LastWeekday;

    /// <summary>Which days.</summary>
    public CronDays Days { get; }

    /// <summary>The weekday, where the days name one.</summary>
    public DayOfWeek Weekday { get; }

    /// <summary>Which one in the month, from 1 to 5, for the nth weekday; 0 otherwise.</summary>
    public int Week { get; }

    public override string Describe(int offsetDays = 0)
    {
        if (_minuteStep > 0 || _hourStep > 0)
        {
            return DescribeSteps();
        }

        string days = Days switch
        {
            CronDays.Weekday => "every " + Weekday,
            CronDays.NthWeekday => $"every {s_ordinals[Week - 1]} {Weekday} of the month",
            CronDays.LastWeekday => $"every last {Weekday} of the month",
            CronDays.LastOfMonth => "every last day of the month",
            _ => "every day",
        };

        if (offsetDays > 0)
        {
            days = FormattableString.Invariant($"{offsetDays} {(offsetDays == 1 ? "day" : "days")} after {days},");
        }

        return $"{days} at {Clock(_hour)} UTC";
    }

    protected override IEnumerable<DateTime> Runs(DateTime from, int offsetDays, DateTime start)
    {
        // An occurrence that is past may still be due, its offset added; so the search begins that many days earlier.
        DateTime day = from.Date > DateTime.MinValue.AddDays(offsetDays) ? from.Date.AddDays(-offsetDays) : DateTime.MinValue;
        while (true)
        {
            if (IsDue(day))
            {
                for (int hour = _hour; hour < 24; hour += _hourStep)
                {
                    for (int minute = _minute; minute < 60; minute += _minuteStep)
                    {
                        long ticks = day.Ticks + ((((offsetDays * 24L) + hour) * 60) + minute) * TimeSpan.TicksPerMinute;
                        if (ticks > DateTime.MaxValue.Ticks)
                        {
                            yield break;
                        }

                        if (ticks > from.Ticks)
                        {
                            yield return new DateTime(ticks, DateTimeKind.Utc);
                        }

                        if (_minuteStep == 0)
                        {
                            break;
                        }
                    }

                    if (_hourStep == 0)
                    {
                        break;
                    }
                }
            }

            if (day.Date == DateTime.MaxValue.Date)
            {
                yield break;
            }

            day = day.AddDays(1);
        }
    }

    private bool IsDue(DateTime day) => Days switch
    {
        CronDays.Weekday => day.DayOfWeek == Weekday,
        CronDays.NthWeekday => day.DayOfWeek == Weekday && ((day.Day - 1) / 7) + 1 == Week,
        CronDays.LastWeekday => day.DayOfWeek == Weekday && day.Day + 7 > DateTime.DaysInMonth(day.Year, day.Month),
        CronDays.LastOfMonth => day.Day == DateTime.DaysInMonth(day.Year, day.Month),
        _ => true,
    };

    private string DescribeSteps()
    {
        if (_minuteStep > 0)
        {
            return _hourStep switch
            {
                1 => FormattableString.Invariant($"every {_minuteStep} minutes"),
                0 or 24 => FormattableString.Invariant($"every {_minuteStep} minutes from {_hour:00}:00 to {_hour:00}:59 UTC, every day"),
                <= 5 => FormattableString.Invariant($"every {_minuteStep} minutes of every {s_ordinals[_hourStep - 1]} hour, from 00:00 UTC"),
                _ => FormattableString.Invariant($"every {_minuteStep} minutes of every {_hourStep}th hour, from 00:00 UTC"),
            };
        }

        return _hourStep switch
        {
            1 => _minute == 0 ? "every hour" : FormattableString.Invariant($"every hour, {_minute} minutes past"),
            24 => $"every day at {Clock(0)} UTC",
            _ => FormattableString.Invariant($"every {_hourStep} hours, from {Clock(0)} UTC"),
        };
    }

    private string Clock(int hour) => hour.ToString("00", CultureInfo.InvariantCulture) + ":" + _minute.ToString("00", CultureInfo.InvariantCulture);
}
