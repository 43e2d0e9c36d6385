using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;

namespace SsmAssociationTools.Completion;

/// <summary>Completes -ProfileName with the profiles of the shared AWS files of this computer. Reads names only.</summary>
internal sealed class ProfileCompleter : ChoiceCompleter
{
    /// <summary>Lines that are looked at; such files are short.</summary>
    private const int MaxLines = 20_000;

    protected override IEnumerable<Choice> Choices(IDictionary bound)
    {
        string home = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".aws");
        string? given = TextOf(bound, "ProfileLocation", "AWSProfilesLocation", "ProfilesLocation");
        string credentials = given ?? Environment.GetEnvironmentVariable("AWS_SHARED_CREDENTIALS_FILE") ?? Path.Combine(home, "credentials");
        string config = Environment.GetEnvironmentVariable("AWS_CONFIG_FILE") ?? Path.Combine(given is null ? home : Path.GetDirectoryName(given) ?? home, "config");
        var names = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string name in Sections(config, isConfig: true))
        {
            names[name] = $"Profile of {config}.";
        }

        foreach (string name in Sections(credentials, isConfig: false))
        {
            names[name] = $"Profile of {credentials}.";
        }

        foreach (KeyValuePair<string, string> name in names)
        {
            yield return new Choice(name.Key, name.Value);
        }
    }

    private static List<string> Sections(string path, bool isConfig)
    {
        var names = new List<string>();
        try
        {
            int lines = 0;
            foreach (string line in File.Exists(path) ? File.ReadLines(path) : [])
            {
                if (lines++ == MaxLines)
                {
                    break;
                }

                string text = line.Trim();
                int end = text.IndexOf(']');
                if (text.Length > 2 && text[0] == '[' && end > 1 && NameOf(text.Substring(1, end - 1).Trim(), isConfig) is { } name)
                {
                    names.Add(name);
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            // Tab says nothing where there is nothing to read.
        }

        return names;
    }

    /// <summary>In a config file, profiles other than the default one are marked as such, and there are other sections.</summary>
    private static string? NameOf(string section, bool isConfig)
    {
        const string Mark = "profile";
        if (!isConfig || section == "default")
        {
            return section;
        }

        return section.StartsWith(Mark, StringComparison.Ordinal) && section.Length > Mark.Length && char.IsWhiteSpace(section[Mark.Length])
            ? section.Substring(Mark.Length).Trim().Trim('"', '\'')
            : null;
    }
}
