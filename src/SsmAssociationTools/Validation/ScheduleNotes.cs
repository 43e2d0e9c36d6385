using System.Collections.Generic;
using SsmAssociationTools.Scheduling;

namespace SsmAssociationTools.Validation;

/// <summary>Says what is open about the run times of a schedule.</summary>
internal static class ScheduleNotes
{
    /// <summary>Collects what the documentation leaves open and what the times depend on.</summary>
    /// <param name="entry">The entry that has the schedule; null where only the expression is known.</param>
    public static string? Of(ScheduleExpression expression, int offsetDays, AssociationEntry? entry)
    {
        var notes = new List<string>();
        foreach (ScheduleProblem problem in expression.Problems)
        {
            if (problem.Severity == IssueSeverity.Warning)
            {
                notes.Add(ScheduleOptionRules.Sentence(expression.Text, problem));
            }
        }

        Schedule schedule = expression.Schedule!;
        if (schedule.Kind == ScheduleKind.Rate)
        {
            notes.Add("The service counts from when the association is created; these times count from the moment given as -From.");
        }

        if (offsetDays > 0 && !schedule.IsNthWeekday)
        {
            notes.Add("The service is known to take an offset with DAY#1 to DAY#5 only.");
        }

        if (entry is not null && entry.ApplyOnlyAtCronInterval != true && schedule.Kind != ScheduleKind.At)
        {
            notes.Add("The association also runs at once when it is created.");
        }

        return notes.Count == 0 ? null : string.Join(" ", notes);
    }
}
