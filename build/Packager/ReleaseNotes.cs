using System;
using System.Linq;

namespace SsmAssociationTools.Packager;

/// <summary>The newest section of the change log.</summary>
internal static class ReleaseNotes
{
    /// <summary>Takes the newest section out of a change log: what stands below its first heading of the second level.</summary>
    /// <param name="changeLog">The change log's text.</param>
    /// <param name="version">The version that the section must be about; a section that is headed "Unreleased" is about it too.</param>
    /// <returns>The section without its heading.</returns>
    /// <exception cref="PackagingException">There is no section, it is empty, or it is about another version.</exception>
    public static string Newest(string changeLog, string version)
    {
        string[] lines = changeLog.ReplaceLineEndings("\n").Split('\n');
        int heading = Array.FindIndex(lines, IsHeading);
        if (heading < 0)
        {
            throw new PackagingException("The change log has no section: a line such as '## " + version + "' is expected.");
        }

        string[] words = lines[heading].Split([' ', '[', ']', '(', ')'], StringSplitOptions.RemoveEmptyEntries);
        if (!words.Contains(version, StringComparer.OrdinalIgnoreCase) && !words.Contains("Unreleased", StringComparer.OrdinalIgnoreCase))
        {
            throw new PackagingException($"The change log's newest section is '{lines[heading]}', but the manifest has version {version}.");
        }

        string notes = string.Join('\n', lines.Skip(heading + 1).TakeWhile(line => !IsHeading(line))).Trim();
        return notes.Length > 0 ? notes : throw new PackagingException($"The change log says nothing under '{lines[heading]}'.");
    }

    private static bool IsHeading(string line) => line.StartsWith("## ", StringComparison.Ordinal);
}
