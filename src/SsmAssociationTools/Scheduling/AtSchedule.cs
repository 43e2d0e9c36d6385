using System;
using System.Collections.Generic;
using System.Globalization;

namespace SsmAssociationTools.Scheduling;

/// <summary>One run at one moment.</summary>
internal sealed class AtSchedule : Schedule
{
    public AtSchedule(DateTime time) => Time = time;

    public override ScheduleKind Kind => ScheduleKind.At;

    /// <summary>The moment, in UTC.</summary>
    public DateTime Time { get; }

    public override string Describe(int offsetDays = 0) =>
        "once, on " + Time.ToString(Time.Second == 0 ? "yyyy-MM-dd 'at' HH:mm" : "yyyy-MM-dd 'at' HH:mm:ss", CultureInfo.InvariantCulture) + " UTC";

    protected override IEnumerable<DateTime> Runs(DateTime from, int offsetDays, DateTime start)
    {
        if (Time > from)
        {
            yield return Time;
        }
    }
}
