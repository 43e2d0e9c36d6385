#if NET
using System;
#endif
using System.Collections.Generic;

namespace SsmAssociationTools.Rules;

/// <summary>What no text of an entry should be, wherever it stands. Shows no value, so that values of Parameters can be checked.</summary>
internal static class TextRules
{
    private static readonly RuleDefinition s_notUnicode = new(
        "Entry.NotUnicode",
        IssueSeverity.Error,
        "Every text is valid Unicode: no half of a character outside the basic plane.",
        "Parameters.message = (the first half of an emoji)",
        "inferred: JSON carries no such text; what arrives is another one");

    /// <summary>Text that is no valid Unicode.</summary>
    public static RuleDefinition NotUnicode => s_notUnicode;

    private static readonly RuleDefinition s_typeName = new(
        "Entry.TypeName",
        IssueSeverity.Error,
        "No text is the name of a .NET type, which is what is left of a list or an object that was made into text.",
        "Targets = tag:Role=System.Object[]",
        "inferred: Export-Csv and ConvertTo-Json write so");

    private static readonly RuleDefinition s_character = new(
        "Entry.Character",
        IssueSeverity.Warning,
        "No text has an invisible character, a space that is no plain one, a dash that begins a word, or typographic quotes around it.",
        "Parameters.commands = (ls, a no-break space, -l)",
        "inferred: spreadsheets and web pages put them in, and nothing on a node takes them for the plain ones");

    /// <summary>All rules of this class.</summary>
    public static IReadOnlyList<RuleDefinition> All { get; } = [s_notUnicode, s_typeName, s_character];

    /// <summary>Checks a text at the path.</summary>
    /// <param name="isNamed">True where another problem of the text names its character already.</param>
    public static void Check(string text, IssuePath path, IssueCollector issues, bool isNamed)
    {
        if (TypeNames.IsTypeName(text))
        {
            issues.Add(s_typeName, path.ToString(), "This is the name of a .NET type. " + TypeNames.Cause);
        }

        if (!HasOther(text))
        {
            return;
        }

        if (OddCharacter.IndexOfHalf(text) is >= 0 and int half)
        {
            issues.Add(s_notUnicode, path.ToString(), OddCharacter.Sentence(text, half));
        }
        else if (!isNamed && OddCharacter.InFreeText(text) is { } sentence)
        {
            issues.Add(s_character, path.ToString(), sentence + " If it is meant, turn this rule off.");
        }
    }

    /// <summary>Every text of every entry comes by here.</summary>
    private static bool HasOther(string text)
    {
#if NET
        return text.AsSpan().IndexOfAnyExceptInRange('\0', '~') >= 0;
#else
        foreach (char c in text)
        {
            if (c > '~')
            {
                return true;
            }
        }

        return false;
#endif
    }
}
