using System;
using System.Globalization;
using System.Runtime.InteropServices;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Runs.Journal;

/// <summary>
/// Refuses paths that stand for no file, before anything is opened: .NET and .NET Framework each treat them in a way of
/// their own, and some of them would write to a device.
/// </summary>
internal static class JournalPath
{
    private static readonly string[] s_devices = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"];

    /// <summary>Checks a full path on this system.</summary>
    /// <exception cref="JournalException">JournalPathInvalid.</exception>
    public static void Check(string path)
    {
        string? problem = path.IndexOf('\0') >= 0 ? "a path holds no character of the code 0"
            : RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? ProblemOnWindows(path) : null;
        if (problem is not null)
        {
            throw Invalid(path, problem);
        }
    }

    /// <summary>The error for a path that the system does not take.</summary>
    public static JournalException Invalid(string path, string problem, Exception? cause = null) =>
        new(ErrorCodes.JournalPathInvalid, $"'{path}' is no path of a journal: {problem}. Give -JournalPath the path of a file.", cause);

    /// <summary>What Windows has against a path; null for nothing.</summary>
    public static string? ProblemOnWindows(string path)
    {
        string rest = path.Replace('/', '\\');
        if (rest.StartsWith(@"\\.\", StringComparison.Ordinal))
        {
            return @"\\.\ names a device";
        }

        if (rest.StartsWith(@"\\?\", StringComparison.Ordinal))
        {
            rest = rest.Substring(4);
        }

        if (rest.Length >= 2 && rest[1] == ':')
        {
            rest = rest.Substring(2);
        }

        foreach (string part in rest.Split('\\'))
        {
            if (part.Length == 0 || part is "." or "..")
            {
                continue;
            }

            foreach (char c in part)
            {
                if (c < ' ' || c is '<' or '>' or ':' or '"' or '|' or '?' or '*')
                {
                    return c < ' ' ? $"Windows allows no character of the code {((int)c).ToString(CultureInfo.InvariantCulture)} in a name" : $"Windows allows no {c} in a name";
                }
            }

            if (part[part.Length - 1] is '.' or ' ')
            {
                return "Windows takes away a dot or a space at the end of a name";
            }

            string name = part.Split('.')[0].TrimEnd(' ').ToUpperInvariant();
            if (Array.IndexOf(s_devices, name) >= 0 || (name.Length == 4 && (name.StartsWith("COM", StringComparison.Ordinal) || name.StartsWith("LPT", StringComparison.Ordinal)) && name[3] is (>= '0' and <= '9') or '\u00B9' or '\u00B2' or '\u00B3'))
            {
                return $"{name} is a device on Windows, whatever stands after it";
            }
        }

        return null;
    }
}
