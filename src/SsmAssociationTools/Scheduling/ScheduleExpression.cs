using System;
using System.Collections.Generic;

namespace SsmAssociationTools.Scheduling;

/// <summary>
/// The verdict on the text of a schedule for an association: its kind, the schedule when nothing is wrong with it, and
/// everything that is. Depends on the text alone, never on the time of day, so it can be kept and shared.
/// </summary>
internal sealed class ScheduleExpression
{
    private static readonly IReadOnlyList<ScheduleProblem> s_none = [];

    private ScheduleExpression(string text, ScheduleKind kind, Schedule? schedule, IReadOnlyList<ScheduleProblem> problems)
    {
        Text = text;
        Kind = kind;
        Schedule = schedule;
        Problems = problems;
    }

    /// <summary>The text as given.</summary>
    public string Text { get; }

    /// <summary>The kind that the text begins with, also where the rest is wrong.</summary>
    public ScheduleKind Kind { get; }

    /// <summary>The schedule; null when a problem is an error.</summary>
    public Schedule? Schedule { get; }

    /// <summary>All problems, from left to right; empty when there are none.</summary>
    public IReadOnlyList<ScheduleProblem> Problems { get; }

    /// <summary>
    /// Reads a schedule expression. Never throws for any text; takes time in proportion to the length of the text.
    /// </summary>
    public static ScheduleExpression Parse(string text)
    {
        if (text is null)
        {
            throw new ArgumentNullException(nameof(text));
        }

        var reader = new ScheduleReader(text);
        ScheduleKind kind = ReadKind(reader, out int bodyStart, out int bodyEnd);
        if (bodyEnd < 0)
        {
            return new ScheduleExpression(text, kind, null, reader.Problems ?? s_none);
        }

        Schedule? schedule = kind switch
        {
            ScheduleKind.Rate => RateGrammar.Read(reader, bodyStart, bodyEnd),
            ScheduleKind.Cron => CronGrammar.Read(reader, bodyStart, bodyEnd),
            _ => AtGrammar.Read(reader, bodyStart, bodyEnd),
        };

        return new ScheduleExpression(text, kind, reader.HasError ? null : schedule, reader.Problems ?? s_none);
    }

    /// <summary>Reads <c>kind(</c> and <c>)</c>. The end of the body is -1 where there is no body to read.</summary>
    private static ScheduleKind ReadKind(ScheduleReader reader, out int bodyStart, out int bodyEnd)
    {
        string text = reader.Text;
        bodyStart = 0;
        bodyEnd = -1;

        int start = 0;
        while (start < text.Length && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        int end = text.Length;
        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        if (start > 0)
        {
            reader.Report(ScheduleRules.Form, 0, start, "remove the white space before the expression.");
        }

        int open = start;
        while (open < end && IsLetter(text[open]))
        {
            open++;
        }

        ScheduleKind kind = KindOf(reader, start, open);
        if (kind == ScheduleKind.None || open == end || text[open] != '(')
        {
            reader.Report(
                ScheduleRules.Form,
                kind == ScheduleKind.None ? start : open,
                kind == ScheduleKind.None ? end - start : Math.Min(1, end - open),
                "write rate(...), cron(...) or at(...), with round brackets and nothing around them.");
            return kind;
        }

        int close = text.IndexOf(')', open, end - open);
        int nested = text.IndexOf('(', open + 1, end - open - 1);
        if (close < 0)
        {
            reader.Report(ScheduleRules.Form, end, 0, "the closing bracket is missing: end the expression with ).");
            return kind;
        }

        if (nested >= 0 && nested < close)
        {
            reader.Report(ScheduleRules.Form, nested, 1, "remove the second opening bracket.");
            return kind;
        }

        if (close != end - 1)
        {
            reader.Report(ScheduleRules.Form, close + 1, end - close - 1, "remove what follows the closing bracket; one entry takes one schedule.");
            return kind;
        }

        if (end < text.Length)
        {
            reader.Report(ScheduleRules.Form, end, text.Length - end, "remove the white space after the expression.");
        }

        bodyStart = open + 1;
        bodyEnd = close;
        return kind;
    }

    private static ScheduleKind KindOf(ScheduleReader reader, int start, int end)
    {
        ScheduleKind kind = (end - start) switch
        {
            4 when reader.Is(start, end, "rate", ignoreCase: true) => ScheduleKind.Rate,
            4 when reader.Is(start, end, "cron", ignoreCase: true) => ScheduleKind.Cron,
            2 when reader.Is(start, end, "at", ignoreCase: true) => ScheduleKind.At,
            _ => ScheduleKind.None,
        };

        if (kind != ScheduleKind.None)
        {
            string expected = kind == ScheduleKind.Rate ? "rate" : kind == ScheduleKind.Cron ? "cron" : "at";
            if (!reader.Is(start, end, expected, ignoreCase: false))
            {
                reader.Report(ScheduleRules.LetterCase, start, end - start, $"write {expected} in lower case, as every documented example does.");
            }
        }

        return kind;
    }

    private static bool IsLetter(char c) => (c is >= 'a' and <= 'z') || (c is >= 'A' and <= 'Z');
}
