using System;
using System.Globalization;

namespace SsmAssociationTools.Aws;

/// <summary>Reads what a service says of time. It may say anything; what makes no sense counts as not said.</summary>
internal static class ServiceTime
{
    /// <summary>The three forms of a date in HTTP, and the mark of UTC that some servers write.</summary>
    private static readonly string[] s_forms =
    [
        "ddd, dd MMM yyyy HH:mm:ss 'GMT'", "ddd, dd MMM yyyy HH:mm:ss 'UTC'", "ddd, d MMM yyyy HH:mm:ss 'GMT'",
        "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFF'Z'",
    ];

    /// <summary>Systems Manager is younger than this.</summary>
    private static readonly DateTime s_first = new(2010, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>A service may ask for a wait of years. It is asked again after this; a run may have less time.</summary>
    private static readonly TimeSpan s_longestWait = TimeSpan.FromMinutes(5);

    private static readonly DateTime s_last = new(2100, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Reads a date of a header.</summary>
    public static DateTime? Read(string? text) =>
        DateTime.TryParseExact(text, s_forms, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out DateTime time)
            ? Sensible(time)
            : null;

    /// <summary>A date of an answer; null where it is none that an association can have.</summary>
    public static DateTime? Sensible(DateTime? time) =>
        time?.ToUniversalTime() is { } utc && utc >= s_first && utc < s_last ? utc : null;

    /// <summary>Reads a Retry-After, in seconds or as a date.</summary>
    public static TimeSpan? Wait(string text, DateTime now)
    {
        if (double.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds))
        {
            return double.IsNaN(seconds) || seconds < 0 ? null : TimeSpan.FromSeconds(Math.Min(seconds, s_longestWait.TotalSeconds));
        }

        if (!DateTime.TryParseExact(text, s_forms, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out DateTime until))
        {
            return null;
        }

        TimeSpan wait = until - now;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait > s_longestWait ? s_longestWait : wait;
    }
}
