using System;

namespace SsmAssociationTools.Scheduling;

/// <summary>Reads what stands between the brackets of rate(): a number, one space, a unit.</summary>
internal static class RateGrammar
{
    private const int ShortestMinutes = 30;
    private const int MinutesOfLimit = 31 * 24 * 60;

    private const string Form = "write a whole number, one space and minutes, hours or days, such as rate(30 minutes), rate(2 hours) or rate(5 days).";

    /// <summary>Reads the body.</summary>
    public static RateSchedule? Read(ScheduleReader reader, int start, int end)
    {
        string text = reader.Text;
        int digits = start;
        while (digits < end && text[digits] is >= '0' and <= '9')
        {
            digits++;
        }

        int unit = digits < end && text[digits] == ' ' ? digits + 1 : digits;
        if (!reader.TryNumber(start, digits, out int value) || !TryUnit(reader, unit, end, out string name, out int minutes, out bool isPlural))
        {
            reader.Report(ScheduleRules.RateForm, start, end - start, Form);
            return null;
        }

        if (text[start] == '0' && digits - start > 1)
        {
            reader.Report(ScheduleRules.LeadingZero, start, digits - start, "write the number without leading zeros.");
        }

        long total = (long)value * minutes;
        if (value == 0 || total < ShortestMinutes)
        {
            reader.Report(ScheduleRules.RateInterval, start, end - start, "the shortest interval for an association is 30 minutes.");
        }
        else if (total >= MinutesOfLimit)
        {
            reader.Report(ScheduleRules.RateInterval, start, end - start, "the interval must be less than 31 days: at most 30 days, 743 hours or 44639 minutes.");
        }

        if (unit == digits)
        {
            reader.Report(ScheduleRules.RateSpace, unit, 0, "put one space between the number and the unit; only one page of the AWS guide prints it without.");
        }

        if (isPlural == (value == 1))
        {
            reader.Report(ScheduleRules.RatePlural, unit, end - unit, value == 1 ? $"write 1 {name}, without s." : $"write {name}s, with s, for any number but 1.");
        }

        if (!reader.Is(unit, end, isPlural ? name + "s" : name, ignoreCase: false))
        {
            reader.Report(ScheduleRules.LetterCase, unit, end - unit, "write the unit in lower case, as every documented example does.");
        }

        return reader.HasError ? null : new RateSchedule(value, name, TimeSpan.FromMinutes(total));
    }

    private static bool TryUnit(ScheduleReader reader, int start, int end, out string name, out int minutes, out bool isPlural)
    {
        isPlural = end > start && (reader.Text[end - 1] is 's' or 'S');
        int stem = isPlural ? end - 1 : end;
        (name, minutes) = (stem - start) switch
        {
            6 when reader.Is(start, stem, "minute", ignoreCase: true) => ("minute", 1),
            4 when reader.Is(start, stem, "hour", ignoreCase: true) => ("hour", 60),
            3 when reader.Is(start, stem, "day", ignoreCase: true) => ("day", 24 * 60),
            _ => (string.Empty, 0),
        };

        return minutes > 0;
    }
}
