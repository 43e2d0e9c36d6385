using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace SsmAssociationTools.LocalEndpoint.Service;

/// <summary>
/// The endpoint's own verdict on schedule expressions, from a table of what State Manager is known to accept. It shares
/// nothing with the module's parser, so that a mistake in one does not hide behind the same mistake in the other.
/// </summary>
internal sealed class ScheduleCheck
{
    private const int LeastMinutes = 30;
    private const int TooManyMinutes = 31 * 24 * 60;

    /// <summary>Fleets use a handful of schedules; beyond this many they are not remembered.</summary>
    private const int Remembered = 1000;

    private const string Day = "(?:SUN|MON|TUE|WED|THU|FRI|SAT|[1-7])";
    private const string EverySomeHours = "[0*]/(?:1|2|4|8|12)";
    private const string EveryHalfHour = "[0*]/30";

    private static readonly string[] s_atFormats = ["yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm"];

    private readonly ConcurrentDictionary<string, ScheduleKind> _accepted = new(StringComparer.Ordinal);
    private readonly Regex _kind = Whole(@"(rate|cron|at)\((.*)\)");
    private readonly Regex _rate = Whole("([1-9][0-9]{0,8}) ?(?:(minute|hour|day)(s?))");
    private readonly Regex _monthly = Whole(Day + "(?:#[1-5]|L)");

    /// <summary>
    /// The accepted shapes of a cron expression without its seconds: minutes, hours, day of month, month, day of week,
    /// year. One line for each thing the service says it supports.
    /// </summary>
    private readonly Regex[][] _cron =
    [
        // Every half hour.
        Fields(EveryHalfHour, @"\*", @"\*|1/1", @"\*", @"\?", @"\*"),
        Fields(EveryHalfHour, @"\*", @"\?", @"\*", @"\*", @"\*"),

        // Every 1, 2, 4, 8 or 12 hours.
        Fields("[0-5]?[0-9]", EverySomeHours, @"\*|1/1", @"\*", @"\?", @"\*"),
        Fields("[0-5]?[0-9]", EverySomeHours, @"\?", @"\*", @"\*", @"\*"),

        // Every day at a time.
        Fields("[0-5]?[0-9]", "[01]?[0-9]|2[0-3]", @"\*|1/1", @"\*", @"\?", @"\*"),
        Fields("[0-5]?[0-9]", "[01]?[0-9]|2[0-3]", @"\?", @"\*", @"\*", @"\*"),

        // A day of the week, every week or the nth or last of a month, at a time.
        Fields("[0-5]?[0-9]", "[01]?[0-9]|2[0-3]", @"\?", @"\*", Day + "(?:#[1-5]|L)?", @"\*"),
    ];

    /// <summary>Checks an expression.</summary>
    /// <param name="expression">The expression.</param>
    /// <returns>What it is.</returns>
    /// <exception cref="ServiceException">InvalidSchedule with the service's text.</exception>
    public ScheduleKind Check(string expression)
    {
        if (!_accepted.TryGetValue(expression, out ScheduleKind kind))
        {
            kind = Read(expression);
            if (_accepted.Count < Remembered)
            {
                _accepted[expression] = kind;
            }
        }

        return kind;
    }

    private ScheduleKind Read(string expression)
    {
        Match match = _kind.Match(expression);
        if (!match.Success)
        {
            throw new ServiceException("InvalidSchedule", "Only schedule expressions of type rate, cron, and at are supported.");
        }

        string inner = match.Groups[2].Value;
        return match.Groups[1].Value switch
        {
            "rate" => CheckRate(expression, inner),
            "at" => CheckAt(inner),
            _ => CheckCron(expression, inner),
        };
    }

    private static Regex Whole(string pattern) => new(@"\A(?:" + pattern + @")\z", RegexOptions.CultureInvariant);

    private static Regex[] Fields(params string[] patterns) => [.. patterns.Select(Whole)];

    private static ScheduleKind CheckAt(string inner) =>
        DateTime.TryParseExact(inner, s_atFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? ScheduleKind.At
            : throw new ServiceException("InvalidSchedule", "Invalid schedule at DateTime expression");

    private ScheduleKind CheckRate(string expression, string inner)
    {
        Match match = _rate.Match(inner);
        long count = match.Success ? long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
        if (count == 0 || (count == 1) != (match.Groups[3].Length == 0))
        {
            throw new ServiceException(
                "InvalidSchedule",
                $"Schedule expression {expression} is not a valid rate expression. Supported examples are: rate(30 minutes), rate(2 hours) and rate(5 days).");
        }

        long minutes = count * match.Groups[2].Value switch { "minute" => 1, "hour" => 60, _ => 24 * 60 };
        return minutes switch
        {
            < LeastMinutes => throw new ServiceException(
                "InvalidSchedule",
                $"Schedule expression {expression} is not valid. Minimum interval for rate based association is 30 minutes."),
            >= TooManyMinutes => throw new ServiceException(
                "InvalidSchedule",
                $"Schedule expression {expression} is not valid. The interval for rate based association must be less than 31 days."),
            _ => ScheduleKind.Rate,
        };
    }

    private ScheduleKind CheckCron(string expression, string inner)
    {
        string[] fields = inner.Split(' ');
        bool seconds = fields.Length == 7;
        if ((!seconds && fields.Length != 6) || fields.Contains(string.Empty))
        {
            throw new ServiceException("InvalidSchedule", $"Schedule expression {expression} is not a valid cron expression.");
        }

        int first = seconds ? 1 : 0;
        bool accepted = (!seconds || fields[0] is "0" or "00")
            && Array.Exists(_cron, line => !line.Where((field, i) => !field.IsMatch(fields[first + i])).Any());
        if (!accepted)
        {
            throw new ServiceException(
                "InvalidSchedule",
                $"Schedule expression {expression} is currently not accepted. Supported expressions are every half, 1, 2, 4, 8 or 12 hour(s), every specified day and time of the week, or a specific day in a specific week of the month");
        }

        return _monthly.IsMatch(fields[first + 4]) ? ScheduleKind.MonthlyCron : ScheduleKind.Cron;
    }
}
