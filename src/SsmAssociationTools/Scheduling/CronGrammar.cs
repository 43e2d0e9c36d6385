using System;
using System.Collections.Generic;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Scheduling;

/// <summary>
/// Reads what stands between the brackets of cron(): six fields, or seven with seconds first. Accepts what associations
/// take, which is much less than maintenance windows do.
/// </summary>
internal static class CronGrammar
{
    /// <summary>Stands for a weekday that could not be read.</summary>
    private const int None = -1;

    private static readonly string[] s_days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    /// <summary>How a day field restricts the days.</summary>
    private enum DayForm
    {
        /// <summary>It could not be read; a problem says so.</summary>
        Unreadable,

        /// <summary>?: leaves the choice to the other day field.</summary>
        Open,

        /// <summary>*: every day.</summary>
        Every,

        /// <summary>Certain days.</summary>
        Certain,
    }

    /// <summary>Reads the body.</summary>
    public static CronSchedule? Read(ScheduleReader reader, int start, int end)
    {
        List<Part> fields = Split(reader, start, end);
        if (fields.Count is not (6 or 7))
        {
            reader.Report(
                ScheduleRules.CronFields,
                start,
                end - start,
                FormattableString.Invariant($"there are {fields.Count} fields, but six are needed: minutes hours day-of-month month day-of-week year (or seven, with seconds first)")
                + (fields.Count == 5 ? "; month and year have to be written, as *." : "."));
            return null;
        }

        int at = 0;
        if (fields.Count == 7)
        {
            ReadSeconds(reader, fields[at++]);
        }

        int minuteStep = ReadMinutes(reader, fields[at], out int minute);
        int hourStep = ReadHours(reader, fields[at + 1], out int hour);
        DayForm monthDay = ReadMonthDay(reader, fields[at + 2]);
        ReadMonth(reader, fields[at + 3]);
        DayForm weekday = ReadWeekday(reader, fields[at + 4], out CronDays days, out DayOfWeek day, out int week);
        if (!reader.Is(fields[at + 5].Start, fields[at + 5].End, "*", ignoreCase: false))
        {
            Report(reader, ScheduleRules.CronYear, fields[at + 5], "the year, the last field, must be *" + (fields.Count == 6 ? "; where the first field is meant as seconds, seven fields are needed." : "."));
        }

        CheckHourAndMinute(reader, fields[at], fields[at + 1], minuteStep, hour, hourStep);
        CheckDays(reader, fields[at + 2], fields[at + 4], monthDay, weekday);
        bool isCertain = monthDay == DayForm.Certain || weekday == DayForm.Certain;
        if (isCertain && (hourStep > 0 || minuteStep > 0))
        {
            Part field = hourStep > 0 ? fields[at + 1] : fields[at];
            Report(reader, ScheduleRules.CronStepWithDay, field, "several runs a day cannot be combined with a certain day: write one hour and one minute, or name no day.");
        }

        if (reader.HasError)
        {
            return null;
        }

        return new CronSchedule(minute, minuteStep, hour, hourStep, monthDay == DayForm.Certain ? CronDays.LastOfMonth : days, day, week);
    }

    private static List<Part> Split(ScheduleReader reader, int start, int end)
    {
        string text = reader.Text;
        var fields = new List<Part>(7);
        int position = start;
        while (true)
        {
            int gap = position;
            while (position < end && char.IsWhiteSpace(text[position]))
            {
                position++;
            }

            bool isEdge = fields.Count == 0 || position == end;
            int expected = isEdge ? 0 : 1;
            if (position - gap != expected || (expected == 1 && text[gap] != ' '))
            {
                reader.ReportOnce(ScheduleRules.CronSpaces, gap, position - gap, "separate the fields by single spaces, with none at the beginning and the end.");
            }

            if (position == end)
            {
                return fields;
            }

            int first = position;
            while (position < end && !char.IsWhiteSpace(text[position]))
            {
                position++;
            }

            fields.Add(new Part(first, position));
        }
    }

    private static void ReadSeconds(ScheduleReader reader, Part field)
    {
        if (!reader.Is(field.Start, field.End, "0", ignoreCase: false) && !reader.Is(field.Start, field.End, "00", ignoreCase: false))
        {
            Report(reader, ScheduleRules.CronSeconds, field, "seconds, the first of seven fields, must be 0.");
        }
    }

    /// <summary>The step of the minutes: 30, or 0 for a single minute.</summary>
    private static int ReadMinutes(ScheduleReader reader, Part field, out int minute)
    {
        minute = 0;
        if (IsNumber(reader, field, 59, out int number))
        {
            minute = number;
            return 0;
        }

        if (IsStep(reader, field, 0, out int step) && step == 30)
        {
            return step;
        }

        Report(
            reader,
            ScheduleRules.CronMinutes,
            field,
            reader.Is(field.Start, field.End, "*", ignoreCase: false) || step is > 0 and < 30
                ? "that is more often than every 30 minutes, the shortest interval: write 0/30, or one minute from 0 to 59."
                : "write one minute from 0 to 59, or 0/30 for every half hour; lists, ranges and other steps are not accepted.");
        return 0;
    }

    /// <summary>The step of the hours, or 0 for a single hour.</summary>
    private static int ReadHours(ScheduleReader reader, Part field, out int hour)
    {
        hour = 0;
        if (reader.Is(field.Start, field.End, "*", ignoreCase: false))
        {
            return 1;
        }

        if (IsNumber(reader, field, 23, out int number))
        {
            hour = number;
            return 0;
        }

        if (IsStep(reader, field, 0, out int step))
        {
            if (step is 1 or 2 or 4 or 8 or 12)
            {
                return step;
            }

            if (step == 24)
            {
                Report(reader, ScheduleRules.CronUnproven, field, "no AWS page shows a step of 24 hours for an association: write 0, which runs once a day.");
                return step;
            }
        }

        Report(reader, ScheduleRules.CronHours, field, "write one hour from 0 to 23, or 0/N with N = 1, 2, 4, 8 or 12; lists, ranges and other steps are not accepted.");
        return 0;
    }

    private static DayForm ReadMonthDay(ScheduleReader reader, Part field)
    {
        if (field.Length == 1)
        {
            switch (reader.Text[field.Start])
            {
                case '?':
                    return DayForm.Open;
                case '*':
                    return DayForm.Every;
                case 'L' or 'l':
                    Report(reader, ScheduleRules.CronUnproven, field, "L, the last day of the month, is documented for maintenance windows only: name a weekday instead, such as FRIL for the last Friday.");
                    return DayForm.Certain;
                default:
                    break;
            }
        }

        // The console writes every day as 1/1.
        if (reader.Is(field.Start, field.End, "1/1", ignoreCase: false))
        {
            return DayForm.Every;
        }

        if (IsStep(reader, field, 1, out int step) && step == 1)
        {
            Report(reader, ScheduleRules.CronUnproven, field, "no AWS page shows this form for an association: write * for every day.");
            return DayForm.Every;
        }

        Report(reader, ScheduleRules.CronMonthDay, field, "associations take no day of the month: write * or ?, or name a weekday such as SUN#2 for the second Sunday.");
        return DayForm.Unreadable;
    }

    private static void ReadMonth(ScheduleReader reader, Part field)
    {
        if (reader.Is(field.Start, field.End, "*", ignoreCase: false))
        {
            return;
        }

        if (IsStep(reader, field, 1, out int step) && step == 1)
        {
            Report(reader, ScheduleRules.CronUnproven, field, "a step in the month is documented for maintenance windows only: write * for every month.");
            return;
        }

        Report(reader, ScheduleRules.CronMonth, field, "State Manager does not support months: write *.");
    }

    private static DayForm ReadWeekday(ScheduleReader reader, Part field, out CronDays days, out DayOfWeek day, out int week)
    {
        days = CronDays.Every;
        day = DayOfWeek.Sunday;
        week = 0;
        string text = reader.Text;
        if (field.Length == 1 && text[field.Start] is '?' or '*')
        {
            return text[field.Start] == '?' ? DayForm.Open : DayForm.Every;
        }

        if (IsStep(reader, field, 1, out int step) && step == 1)
        {
            Report(reader, ScheduleRules.CronUnproven, field, "no AWS page shows this form for an association: write * for every day.");
            return DayForm.Every;
        }

        int hash = text.IndexOf('#', field.Start, field.Length);
        bool isLast = hash < 0 && field.Length > 1 && text[field.End - 1] is 'L' or 'l';
        var name = new Part(field.Start, hash >= 0 ? hash : isLast ? field.End - 1 : field.End);
        int number = DayNumber(reader, name);
        if (number == None)
        {
            Report(reader, ScheduleRules.CronWeekday, field, WeekdayAdvice(text, field));
            return DayForm.Unreadable;
        }

        day = (DayOfWeek)number;
        if (hash >= 0)
        {
            if (!reader.TryNumber(hash + 1, field.End, out week) || week is < 1 or > 5)
            {
                Report(reader, ScheduleRules.CronWeekday, new Part(hash, field.End), "the number after # must be 1 to 5: it says which one in the month.");
                return DayForm.Unreadable;
            }

            WarnOfZeros(reader, new Part(hash + 1, field.End), 1);
            days = CronDays.NthWeekday;
        }
        else
        {
            days = isLast ? CronDays.LastWeekday : CronDays.Weekday;
            if (isLast && text[field.End - 1] == 'l')
            {
                Report(reader, ScheduleRules.LetterCase, new Part(field.End - 1, field.End), "write L in upper case, as every documented example does.");
            }
        }

        if (text[name.Start] is >= '0' and <= '9')
        {
            WarnOfZeros(reader, name, 1);
            DayOfWeek fromZero = (DayOfWeek)((number + 1) % 7);
            Report(
                reader,
                ScheduleRules.CronNumericWeekday,
                name,
                $"AWS pages disagree on weekday numbers, this one is {day} where 1 stands for Sunday and {fromZero} where 0 does: write {s_days[number]} or {s_days[(int)fromZero]}.");
        }
        else if (!reader.Is(name.Start, name.End, s_days[number], ignoreCase: false))
        {
            Report(reader, ScheduleRules.LetterCase, name, $"write {s_days[number]} in upper case, as every documented example does.");
        }

        return DayForm.Certain;
    }

    private static string WeekdayAdvice(string text, Part field)
    {
        if (text.IndexOf(',', field.Start, field.Length) >= 0 || text.IndexOf('-', field.Start, field.Length) >= 0)
        {
            return "lists and ranges of weekdays are not accepted: make one association for each weekday, or run every day.";
        }

        return "write *, ?, one weekday from SUN to SAT, DAY#1 to DAY#5 such as TUE#3, or DAYL such as FRIL.";
    }

    /// <summary>The weekday from 0 for Sunday, or <see cref="None"/>.</summary>
    private static int DayNumber(ScheduleReader reader, Part name)
    {
        if (reader.TryNumber(name.Start, name.End, out int number))
        {
            return number is >= 1 and <= 7 ? number - 1 : None;
        }

        for (int i = 0; i < s_days.Length; i++)
        {
            if (reader.Is(name.Start, name.End, s_days[i], ignoreCase: true))
            {
                return i;
            }
        }

        return None;
    }

    private static void CheckHourAndMinute(ScheduleReader reader, Part minutes, Part hours, int minuteStep, int hour, int hourStep)
    {
        bool isEveryHour = reader.Is(hours.Start, hours.End, "*", ignoreCase: false);
        if (minuteStep > 0 && !isEveryHour && !reader.HasError)
        {
            Report(reader, ScheduleRules.CronUnproven, hours, hourStep > 0
                ? "no AWS page shows half hours together with a step of hours: write 0/30 * for every half hour."
                : FormattableString.Invariant($"no AWS page shows half hours of a single hour: write one minute, such as 0 {hour}, or 0/30 * for every half hour."));
        }

        if (minuteStep == 0 && isEveryHour && !reader.HasError)
        {
            string minute = reader.Show(minutes.Start, minutes.End);
            Report(reader, ScheduleRules.CronHourlyWildcard, hours, $"it is not known whether * is accepted for the hours with a fixed minute: write {minute} 0/1 for every hour.");
        }
    }

    private static void CheckDays(ScheduleReader reader, Part monthDayField, Part weekdayField, DayForm monthDay, DayForm weekday)
    {
        if (monthDay == DayForm.Unreadable || weekday == DayForm.Unreadable)
        {
            return;
        }

        if (monthDay == DayForm.Open && weekday == DayForm.Open)
        {
            Report(reader, ScheduleRules.CronDays, monthDayField, "day of month and day of week are both ?: write * for one of them.");
        }
        else if (monthDay != DayForm.Open && weekday != DayForm.Open)
        {
            bool hasWeekday = weekday == DayForm.Certain;
            Report(
                reader,
                ScheduleRules.CronDays,
                hasWeekday ? monthDayField : weekdayField,
                hasWeekday ? "with a weekday the day of month must be ?." : "one of day of month and day of week must be ?: write ? for the day of week.");
        }
    }

    /// <summary>A plain number up to a limit. Two digits may begin with 0, as documented examples do.</summary>
    private static bool IsNumber(ScheduleReader reader, Part field, int max, out int number)
    {
        if (!reader.TryNumber(field.Start, field.End, out number) || number > max)
        {
            return false;
        }

        WarnOfZeros(reader, field, 2);
        return true;
    }

    /// <summary>A step that begins at the first value of the field or at <c>*</c>.</summary>
    private static bool IsStep(ScheduleReader reader, Part field, int first, out int step)
    {
        step = 0;
        int slash = reader.Text.IndexOf('/', field.Start, field.Length);
        if (slash < 0)
        {
            return false;
        }

        var begin = new Part(field.Start, slash);
        var by = new Part(slash + 1, field.End);
        bool isWildcard = reader.Is(begin.Start, begin.End, "*", ignoreCase: false);
        if (!reader.TryNumber(by.Start, by.End, out step))
        {
            return false;
        }

        if (!isWildcard)
        {
            if (!reader.TryNumber(begin.Start, begin.End, out int from) || from != first)
            {
                return false;
            }

            WarnOfZeros(reader, begin, 1);
        }

        WarnOfZeros(reader, by, 1);
        return true;
    }

    private static void WarnOfZeros(ScheduleReader reader, Part digits, int width)
    {
        if (digits.Length > width && reader.Text[digits.Start] == '0')
        {
            reader.ReportOnce(ScheduleRules.LeadingZero, digits.Start, digits.Length, "write the number without leading zeros.");
        }
    }

    private static void Report(ScheduleReader reader, RuleDefinition rule, Part part, string message) =>
        reader.Report(rule, part.Start, part.Length, message);

    /// <summary>A field of the expression, or a part of one.</summary>
    private readonly struct Part
    {
        public Part(int start, int end)
        {
            Start = start;
            End = end;
        }

        public int Start { get; }

        public int End { get; }

        public int Length => End - Start;
    }
}
