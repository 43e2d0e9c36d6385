using System;
using System.Collections.Generic;
using System.Globalization;

namespace SsmAssociationTools.Documents;

/// <summary>The sets of characters that have a name in patterns of Java.</summary>
internal static class JavaSets
{
    public static readonly CharSet Digits = CharSet.Range('0', '9');
    public static readonly CharSet Space = CharSet.Of(" \t\n\u000B\f\r");
    public static readonly CharSet Horizontal = CharSet.Of(" \t\u00A0\u1680\u180E\u202F\u205F\u3000").Or(CharSet.Range('\u2000', '\u200A'));
    public static readonly CharSet Vertical = CharSet.Of("\n\u000B\f\r\u0085\u2028\u2029");

    /// <summary>What ends a line for Java.</summary>
    public static readonly CharSet LineEnds = CharSet.Of("\n\r\u0085\u2028\u2029");

    private static readonly CharSet s_upper = CharSet.Range('A', 'Z');
    private static readonly CharSet s_lower = CharSet.Range('a', 'z');
    private static readonly CharSet s_alpha = s_upper.Or(s_lower);
    private static readonly CharSet s_graph = CharSet.Range('!', '~');

    /// <summary>What \w stands for.</summary>
    public static readonly CharSet Word = s_alpha.Or(Digits).Or(CharSet.Of("_"));

    private static readonly Dictionary<string, UnicodeCategory> s_categories = new(StringComparer.Ordinal)
    {
        ["Lu"] = UnicodeCategory.UppercaseLetter,
        ["Ll"] = UnicodeCategory.LowercaseLetter,
        ["Lt"] = UnicodeCategory.TitlecaseLetter,
        ["Lm"] = UnicodeCategory.ModifierLetter,
        ["Lo"] = UnicodeCategory.OtherLetter,
        ["Mn"] = UnicodeCategory.NonSpacingMark,
        ["Mc"] = UnicodeCategory.SpacingCombiningMark,
        ["Me"] = UnicodeCategory.EnclosingMark,
        ["Nd"] = UnicodeCategory.DecimalDigitNumber,
        ["Nl"] = UnicodeCategory.LetterNumber,
        ["No"] = UnicodeCategory.OtherNumber,
        ["Zs"] = UnicodeCategory.SpaceSeparator,
        ["Zl"] = UnicodeCategory.LineSeparator,
        ["Zp"] = UnicodeCategory.ParagraphSeparator,
        ["Pd"] = UnicodeCategory.DashPunctuation,
        ["Ps"] = UnicodeCategory.OpenPunctuation,
        ["Pe"] = UnicodeCategory.ClosePunctuation,
        ["Pc"] = UnicodeCategory.ConnectorPunctuation,
        ["Po"] = UnicodeCategory.OtherPunctuation,
        ["Pi"] = UnicodeCategory.InitialQuotePunctuation,
        ["Pf"] = UnicodeCategory.FinalQuotePunctuation,
        ["Sm"] = UnicodeCategory.MathSymbol,
        ["Sc"] = UnicodeCategory.CurrencySymbol,
        ["Sk"] = UnicodeCategory.ModifierSymbol,
        ["So"] = UnicodeCategory.OtherSymbol,
    };

    /// <summary>The set of a property of ASCII, as in \p{Alpha}; null where the name is none.</summary>
    public static CharSet? OfProperty(string name) => name switch
    {
        "Lower" => s_lower,
        "Upper" => s_upper,
        "ASCII" => CharSet.Range('\0', '\u007F'),
        "Alpha" => s_alpha,
        "Digit" => Digits,
        "Alnum" => s_alpha.Or(Digits),
        "Punct" => s_graph.And(s_alpha.Or(Digits).Not()),
        "Graph" => s_graph,
        "Print" => s_graph.Or(CharSet.Of(" ")),
        "Blank" => CharSet.Of(" \t"),
        "Cntrl" => CharSet.Range('\0', '\u001F').Or(CharSet.Of("\u007F")),
        "XDigit" => Digits.Or(CharSet.Range('a', 'f')).Or(CharSet.Range('A', 'F')),
        "Space" => Space,
        _ => null,
    };

    /// <summary>The categories of Unicode that a name stands for, as in \p{Lu} and \p{L}; empty where it is none.</summary>
    public static List<UnicodeCategory> CategoriesOf(string name)
    {
        var categories = new List<UnicodeCategory>();
        foreach (KeyValuePair<string, UnicodeCategory> category in s_categories)
        {
            if (category.Key == name || (name.Length == 1 && category.Key[0] == name[0]))
            {
                categories.Add(category.Value);
            }
        }

        return categories;
    }
}
