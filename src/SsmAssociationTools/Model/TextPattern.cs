#if NET
using System;
#endif
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SsmAssociationTools.Model;

/// <summary>
/// A pattern of the API model with words for people. It is read as the service reads it: the whole text must match, \w, \d
/// and \s are ASCII, and a dot is no line break of any kind.
/// </summary>
internal sealed class TextPattern
{
    /// <summary>A compiled expression costs a session's first call several milliseconds, and pays back from some hundred texts on.</summary>
    private const int UsesBeforeCompiling = 200;

    private readonly string _expression;
    private Regex? _regex;
    private int _uses;

    /// <param name="modelText">The regular expression exactly as the API model has it.</param>
    /// <param name="read">The one that is checked, where it is not the model's own.</param>
    public TextPattern(string modelText, string checks, string advice, string example, string? read = null)
    {
        ModelText = modelText;
        Checks = checks;
        Advice = advice;
        Example = example;
        _expression = @"\A(?:" + AsTheServiceReads(read ?? modelText) + @")\z";
    }

    public string ModelText { get; }

    /// <summary>What the rule demands.</summary>
    public string Checks { get; }

    /// <summary>What to write instead.</summary>
    public string Advice { get; }

    /// <summary>A value that breaks it.</summary>
    public string Example { get; }

    /// <summary>Shortest length that the pattern itself allows, where a rule of its own checks it.</summary>
    public int? MinLength { get; init; }

    /// <summary>Longest length that the pattern itself allows, where a rule of its own checks it.</summary>
    public int? MaxLength { get; init; }

    /// <summary>A member and value that break the length, where the pattern has one.</summary>
    public string? LengthExample { get; init; }

    /// <summary>Why the longest length may be wrong, and what to do then.</summary>
    public string? LengthDoubt { get; init; }

    /// <summary>The text is a number, with a percent sign or without.</summary>
    public bool IsNumber { get; init; }

    public bool Matches(string text)
    {
        // Two threads may both make one: either matches the same.
        Regex regex = _regex ??= new Regex(_expression, RegexOptions.CultureInvariant);
        if (_uses < UsesBeforeCompiling && ++_uses == UsesBeforeCompiling)
        {
            _regex = regex = new Regex(_expression, RegexOptions.Compiled | RegexOptions.CultureInvariant);
        }

        return regex.IsMatch(OneUnitEach(text));
    }

    /// <summary>Java's classes in .NET's words. The ECMAScript mode would do for all but one: it takes a dotted capital I for \w.</summary>
    private static string AsTheServiceReads(string pattern)
    {
        var text = new StringBuilder();
        bool isInClass = false;
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            isInClass = c == '[' || (isInClass && c != ']');
            string? members = c == '\\' ? pattern[i + 1] switch
            {
                'w' => "a-zA-Z0-9_",
                'd' => "0-9",
                's' => @" \t-\r",
                _ => null,
            } : null;
            if (members is not null)
            {
                text.Append(isInClass ? members : "[" + members + "]");
                i++;
            }
            else if (c == '\\')
            {
                text.Append(c).Append(pattern[++i]);
            }
            else
            {
                text.Append(c == '.' && !isInClass ? @"[^\n\r\u0085\u2028\u2029]" : c.ToString());
            }
        }

        return text.ToString();
    }

    /// <summary>.NET matches halves of a character outside the basic plane; another of its class stands for it here.</summary>
    private static string OneUnitEach(string text)
    {
#if NET
        // Nearly every text is one that has none, and this looks at many characters at a time.
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            return text;
        }

#endif
        StringBuilder? plain = null;
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                plain?.Append(text[i]);
                continue;
            }

            plain ??= new StringBuilder(text, 0, i, text.Length);
            if (!char.IsSurrogatePair(text, i))
            {
                plain.Append(text[i]);
                continue;
            }

            plain.Append(CharUnicodeInfo.GetUnicodeCategory(text, i) switch
            {
                <= UnicodeCategory.OtherLetter => '\u00AA',
                UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => '\u00B2',
                _ => '\uFFFC',
            });
            i++;
        }

        return plain?.ToString() ?? text;
    }
}
