using System;
using System.Collections.Generic;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Scheduling;

/// <summary>The text that is being read and what was found wrong with it so far. Lives for one reading.</summary>
internal sealed class ScheduleReader
{
    private List<RuleDefinition>? _once;

    /// <summary>Takes the text.</summary>
    public ScheduleReader(string text) => Text = text;

    /// <summary>The whole expression.</summary>
    public string Text { get; }

    /// <summary>The problems so far, by their place in the text; null when there are none.</summary>
    public List<ScheduleProblem>? Problems { get; private set; }

    /// <summary>True when a problem is an error.</summary>
    public bool HasError { get; private set; }

    /// <summary>Takes a problem.</summary>
    public void Report(RuleDefinition rule, int offset, int length, string message)
    {
        Problems ??= [];
        int place = Problems.Count;
        while (place > 0 && Problems[place - 1].Offset > offset)
        {
            place--;
        }

        Problems.Insert(place, new ScheduleProblem(rule, offset, length, message));
        HasError |= rule.Severity == IssueSeverity.Error;
    }

    /// <summary>Takes a problem of a rule that is worth one message for the whole expression.</summary>
    public void ReportOnce(RuleDefinition rule, int offset, int length, string message)
    {
        _once ??= [];
        if (!_once.Contains(rule))
        {
            _once.Add(rule);
            Report(rule, offset, length, message);
        }
    }

    /// <summary>Compares a part of the text.</summary>
    public bool Is(int start, int end, string expected, bool ignoreCase) =>
        end - start == expected.Length
        && string.Compare(
            Text,
            start,
            expected,
            0,
            expected.Length,
            ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal) == 0;

    /// <summary>Reads a part that consists of ASCII digits only.</summary>
    /// <param name="value">The number; stops growing at 100 million, which is above every limit of the grammar.</param>
    public bool TryNumber(int start, int end, out int value)
    {
        value = 0;
        if (start >= end)
        {
            return false;
        }

        for (int i = start; i < end; i++)
        {
            int digit = Text[i] - '0';
            if (digit < 0 || digit > 9)
            {
                return false;
            }

            value = Math.Min(100_000_000, (value * 10) + digit);
        }

        return true;
    }

    /// <summary>A part of the text for a message: cut where it is long, without control characters.</summary>
    public string Show(int start, int end) => MessageText.Of(Text.Substring(start, end - start));
}
