using System;

namespace SsmAssociationTools.Scheduling;

/// <summary>Reads what stands between the brackets of at(): a date and a time, in UTC, without a time zone.</summary>
internal static class AtGrammar
{
    private const string WithSeconds = "dddd-dd-ddTdd:dd:dd";
    private const string WithoutSeconds = "dddd-dd-ddTdd:dd";

    /// <summary>Reads the body.</summary>
    public static AtSchedule? Read(ScheduleReader reader, int start, int end)
    {
        bool hasSeconds = Fits(reader.Text, start, end, WithSeconds);
        if (!hasSeconds && !Fits(reader.Text, start, end, WithoutSeconds))
        {
            reader.Report(
                ScheduleRules.AtForm,
                start,
                end - start,
                "write the time as yyyy-MM-ddTHH:mm:ss in UTC, such as at(2030-01-31T15:55:00), without time zone or fractions of a second.");
            return null;
        }

        reader.TryNumber(start, start + 4, out int year);
        reader.TryNumber(start + 5, start + 7, out int month);
        reader.TryNumber(start + 8, start + 10, out int day);
        reader.TryNumber(start + 11, start + 13, out int hour);
        reader.TryNumber(start + 14, start + 16, out int minute);
        int second = 0;
        if (hasSeconds)
        {
            reader.TryNumber(start + 17, start + 19, out second);
        }

        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            reader.Report(ScheduleRules.AtDate, start, 10, $"{reader.Show(start, start + 10)} is not a date of the calendar.");
            return null;
        }

        if (hour > 23 || minute > 59 || second > 59)
        {
            reader.Report(ScheduleRules.AtDate, start + 11, end - start - 11, $"{reader.Show(start + 11, end)} is not a time of the day: use 00:00:00 to 23:59:59.");
            return null;
        }

        return new AtSchedule(new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc));
    }

    /// <summary>Compares with a template in which d stands for an ASCII digit.</summary>
    private static bool Fits(string text, int start, int end, string template)
    {
        if (end - start != template.Length)
        {
            return false;
        }

        for (int i = 0; i < template.Length; i++)
        {
            char c = text[start + i];
            if (template[i] == 'd' ? c is < '0' or > '9' : c != template[i])
            {
                return false;
            }
        }

        return true;
    }
}
