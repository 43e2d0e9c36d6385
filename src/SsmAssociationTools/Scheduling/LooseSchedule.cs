using System.Globalization;
using System.Text.RegularExpressions;

namespace SsmAssociationTools.Scheduling;

/// <summary>
/// A schedule expression in one spelling: rate(1 hours) and rate(60 minutes), SUN and 1, 02 and 2 are the same. For telling
/// whether a service may have respelled an expression, not for what the expression means.
/// </summary>
internal static class LooseSchedule
{
    private static readonly string[] s_months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] s_days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
    private static readonly Regex s_rate = new(@"^rate\( ?([0-9]{1,9}) (minute|hour|day)s? ?\)$", RegexOptions.CultureInvariant);
    private static readonly Regex s_zeros = new(@"(?<![0-9])0+(?=[0-9])", RegexOptions.CultureInvariant);

    /// <summary>Respells an expression.</summary>
    public static string Of(string expression)
    {
        string text = Regex.Replace(expression.Trim().ToLowerInvariant(), @"\s+", " ");
        if (s_rate.Match(text) is { Success: true } rate)
        {
            long number = long.Parse(rate.Groups[1].Value, CultureInfo.InvariantCulture);
            long minutes = number * (rate.Groups[2].Value switch { "day" => 1440, "hour" => 60, _ => 1 });
            return $"rate {minutes.ToString(CultureInfo.InvariantCulture)}";
        }

        for (int i = 0; i < s_months.Length; i++)
        {
            text = Name(text, s_months[i], i + 1);
        }

        for (int i = 0; i < s_days.Length; i++)
        {
            text = Name(text, s_days[i], i + 1);
        }

        return s_zeros.Replace(text, string.Empty).Replace('?', '*').Replace("( ", "(").Replace(" )", ")");
    }

    private static string Name(string text, string name, int number) => text.Replace(name, number.ToString(CultureInfo.InvariantCulture));
}
