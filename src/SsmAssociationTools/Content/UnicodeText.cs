using System.Collections.Generic;
using System.Globalization;
using System.Text;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Content;

/// <summary>
/// Finds text that is no valid Unicode. It would be sent as something else than was written, and what the service then says
/// of it would fit no entry.
/// </summary>
internal static class UnicodeText
{
    private const string Problem = "The text holds half of a surrogate pair, which is no character: it was cut in the middle of an emoji or of another character beyond U+FFFF. Cut it between characters.";

    /// <summary>Reports every text of an entry that is no valid Unicode. Does not show it.</summary>
    public static void Check(AssociationEntry entry, IssueCollector issues)
    {
        foreach (KeyValuePair<string, object?> member in EntryMembers.Of(entry))
        {
            Check(member.Key, member.Value, issues);
        }
    }

    private static void Check(string path, object? value, IssueCollector issues)
    {
        switch (value)
        {
            case string text when !IsValid(text):
                issues.Add(TextRules.NotUnicode, path, Problem);
                break;

            case FileMap map:
                foreach (KeyValuePair<string, object?> pair in map)
                {
                    if (!IsValid(pair.Key))
                    {
                        issues.Add(TextRules.NotUnicode, path + "." + Repaired(pair.Key), Problem);
                    }

                    Check(path + "." + Repaired(pair.Key), pair.Value, issues);
                }

                break;

            case FileList list:
                for (int i = 0; i < list.Count; i++)
                {
                    Check($"{path}[{i.ToString(CultureInfo.InvariantCulture)}]", list[i], issues);
                }

                break;
        }
    }

    private static bool IsValid(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]))
            {
                if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                {
                    return false;
                }

                i++;
            }
        }

        return true;
    }

    /// <summary>The text with the sign for what is no character in place of each half.</summary>
    private static string Repaired(string text) => IsValid(text) ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
