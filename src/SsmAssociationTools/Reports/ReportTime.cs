using System;
using System.Globalization;

namespace SsmAssociationTools.Reports;

/// <summary>Times as a report writes them: always with UTC said, and with the offset where they are local.</summary>
internal static class ReportTime
{
    /// <summary>A minute.</summary>
    public static string Minute(DateTime utc) => utc.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A minute with its weekday.</summary>
    public static string Full(DateTime utc) => utc.ToString("dddd yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>The same moment on this computer's clock.</summary>
    public static string Local(DateTime utc, TimeZoneInfo zone)
    {
        TimeSpan offset = zone.GetUtcOffset(utc);
        return (utc + offset).ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)
            + (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString("hh\\:mm", CultureInfo.InvariantCulture);
    }
}
