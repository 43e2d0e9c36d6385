using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using SsmAssociationTools.Scheduling;

namespace SsmAssociationTools.Content;

/// <summary>
/// A content in the form in which what is wanted is held against what exists. What a service may respell without changing its
/// meaning has one spelling, and what it may fill in by its documentation is left out, so that a difference is one in meaning:
/// otherwise it would be "changed" again with every run, and an entry without a name would be created again.
/// </summary>
internal static class ComparedContent
{
    /// <summary>What holds where an association says nothing of it, by the user guide.</summary>
    private const string ErrorsByDefault = "100%";
    private const string ConcurrencyByDefault = "50";

    private static readonly Regex s_space = new(@"\s+", RegexOptions.CultureInvariant);

    /// <summary>Makes the form to be compared.</summary>
    /// <param name="content">A content without what the service fills in (<see cref="ReadBackContent"/>); it is not changed.</param>
    public static AssociationEntry Of(AssociationEntry content)
    {
        AssociationEntry compared = ReadBackContent.Of(content, null);
        compared.MaxErrors = compared.MaxErrors == ErrorsByDefault ? null : compared.MaxErrors;
        compared.MaxConcurrency = compared.MaxConcurrency == ConcurrencyByDefault ? null : compared.MaxConcurrency;
        compared.ScheduleExpression = Schedule(compared.ScheduleExpression);
        compared.CalendarNames = compared.CalendarNames?.Distinct(StringComparer.Ordinal).ToArray();
        compared.Targets = compared.Targets?.Select(static target => new AssociationTarget
        {
            Key = target?.Key,
            Values = target?.Values?.Distinct(StringComparer.Ordinal).ToArray(),
        }).ToArray();
        return compared;
    }

    /// <summary>The members in which two contents differ in meaning, with their values as they are written.</summary>
    public static IReadOnlyList<MemberDifference> Differences(AssociationEntry wanted, AssociationEntry existing)
    {
        var paths = new HashSet<string>(EntryDifferences.Between(Of(wanted), Of(existing)).Select(static difference => difference.Path), StringComparer.Ordinal);
        return paths.Count == 0 ? [] : EntryDifferences.Between(wanted, existing).Where(difference => paths.Contains(difference.Path)).ToArray();
    }

    /// <summary>Case and white space say nothing in a schedule, and an hour is 60 minutes.</summary>
    private static string? Schedule(string? expression)
    {
        if (expression is null)
        {
            return null;
        }

        string text = s_space.Replace(expression.Trim(), " ").Replace("( ", "(").Replace(" )", ")");
        return text.StartsWith("rate", StringComparison.OrdinalIgnoreCase) ? LooseSchedule.Of(text) : text.ToUpperInvariant();
    }
}
