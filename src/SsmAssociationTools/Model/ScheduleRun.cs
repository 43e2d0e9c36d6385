using System;
using System.Globalization;
using SsmAssociationTools.Model;

namespace SsmAssociationTools;

/// <summary>One time at which an association will run, as far as its schedule tells: the output of Get-SsmAssociationSchedule.</summary>
public sealed class ScheduleRun
{
    internal ScheduleRun(int number, DateTime utc, string expression, string description)
    {
        Number = number;
        Utc = utc;
        Expression = expression;
        Description = description;
    }

    /// <summary>Which run of its schedule this is, from 1.</summary>
    public int Number { get; }

    /// <summary>The time, in UTC.</summary>
    public DateTime Utc { get; }

    /// <summary>The same time on this computer's clock.</summary>
    public DateTime Local => Utc.ToLocalTime();

    /// <summary>The schedule expression.</summary>
    public string Expression { get; }

    /// <summary>Days after the day that the cron expression names; null without an offset.</summary>
    public int? ScheduleOffset { get; internal set; }

    /// <summary>The schedule in words.</summary>
    public string Description { get; }

    /// <summary>What no documentation of the service says for sure, or what the time depends on; null where nothing is open.</summary>
    public string? Note { get; internal set; }

    /// <summary>Place of the schedule or entry in the input, from 0.</summary>
    public long Index { get; internal set; }

    /// <summary>The document of the entry; null for an expression alone.</summary>
    public string? Name { get; internal set; }

    /// <summary>The descriptive name of the entry; null for an expression alone, or where the entry has none.</summary>
    public string? AssociationName { get; internal set; }

    /// <summary>The time with the schedule in words.</summary>
    /// <returns>Text such as <c>2026-11-29 02:00 UTC (every Sunday at 02:00 UTC)</c>.</returns>
    public override string ToString() =>
        VisibleText.Of($"{Utc.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)} ({Description})");
}
