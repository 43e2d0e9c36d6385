using System;
using System.Globalization;

namespace SsmAssociationTools.Reports;

/// <summary>Times as a report writes them: always with UTC said, and with the offset where they are local.</summary>
internal static class ReportTime
{
    /// <summary>A minute.</summary>
    /// <param name="utc">The moment, in UTC.</param>
    /// <returns>Text such as <c>2026-11-29 02:00</c>, which sorts as it reads.</returns>
    public static string Minute(DateTime utc) => utc.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A minute with its weekday.</summary>
    /// <param name="utc">The moment, in UTC.</param>
    /// <returns>Text such as <c>Sunday 2026-11-29 02:00 UTC</c>.</returns>
    public static string Full(DateTime utc) => utc.ToString("dddd yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>The same moment on this computer's clock.</summary>
    /// <param name="utc">The moment, in UTC.</param>
    /// <param name="zone">The clock's zone.</param>
    /// <returns>Text such as <c>2026-11-29 03:00 UTC+01:00</c>.</returns>
    public static string Local(DateTime utc, TimeZoneInfo zone)
    {
        TimeSpan offset = zone.GetUtcOffset(utc);
        return (utc + offset).ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)
            + (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString("hh\\:mm", CultureInfo.InvariantCulture);
    }
}
