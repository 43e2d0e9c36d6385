using System.Globalization;

namespace SsmAssociationTools.Rules;

/// <summary>
/// The patterns of the API model as character checks: each is true for exactly the texts that the pattern matches as a
/// whole, with \w and \d in their ASCII meaning. Several times faster than regular expressions; tests show the equality.
/// </summary>
internal static class TextPatterns
{
    /// <summary>Characters of a document's name or ARN.</summary>
    public static bool IsDocumentText(string text)
    {
        foreach (char c in text)
        {
            if (!IsWord(c) && c is not ('-' or '.' or ':' or '/'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Characters of an association's name.</summary>
    public static bool IsAssociationText(string text)
    {
        foreach (char c in text)
        {
            if (!IsWord(c) && c is not ('-' or '.'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Id of an instance or a hybrid node.</summary>
    public static bool IsNodeId(string text)
    {
        int start = PrefixLength(text);
        int rest = text.Length - start;
        return (rest == 17 || (rest == 8 && start == 2)) && start > 0 && AllWord(text, start);
    }

    /// <summary>Document version.</summary>
    public static bool IsDocumentVersion(string text) => text is "$LATEST" or "$DEFAULT" || IsPositive(text, text.Length);

    /// <summary>Number or percentage of errors.</summary>
    public static bool IsMaxErrors(string text) => text is "0" or "0%" || IsMaxConcurrency(text);

    /// <summary>Number or percentage of targets.</summary>
    public static bool IsMaxConcurrency(string text)
    {
        int length = text.Length;
        if (length > 0 && text[length - 1] == '%')
        {
            return text == "100%" || (length is 2 or 3 && IsPositive(text, length - 1));
        }

        return IsPositive(text, length);
    }

    /// <summary>Key of a target.</summary>
    /// <returns>True when every character is a letter, a separator, a number or one of _ . : / = - @.</returns>
    public static bool IsTargetKey(string text) => IsTargetKey(text, alsoPlus: false);

    /// <summary>Key of a target, plus signs allowed: other AWS definitions of the key have them.</summary>
    public static bool IsTargetKeyWithPlus(string text) => IsTargetKey(text, alsoPlus: true);

    /// <summary>Name of a role.</summary>
    public static bool IsRoleName(string text)
    {
        foreach (char c in text)
        {
            if (!IsWord(c) && c is not ('+' or '=' or ',' or '.' or '@' or '/' or '-'))
            {
                return false;
            }
        }

        return text.Length > 0;
    }

    /// <summary>Account id or organizational unit.</summary>
    public static bool IsAccountOrUnit(string text)
    {
        if (!text.StartsWith("ou-", System.StringComparison.Ordinal))
        {
            return text.Length == 12 && AllDigits(text, 0);
        }

        int dash = text.IndexOf('-', 3);
        return dash >= 3 + 4 && dash <= 3 + 32
            && text.Length - dash - 1 is >= 8 and <= 32
            && AllLowerOrDigit(text, 3, dash)
            && AllLowerOrDigit(text, dash + 1, text.Length);
    }

    /// <summary>Name of an alarm.</summary>
    public static bool IsAlarmName(string text)
    {
        bool hasOther = false;
        foreach (char c in text)
        {
            if (IsLineBreak(c))
            {
                return false;
            }

            hasOther |= c is not (' ' or '\t' or '\v' or '\f');
        }

        return hasOther;
    }

    /// <summary>ARN of a role.</summary>
    public static bool IsRoleArn(string text)
    {
        const string Start = "arn:aws";
        const string Service = ":iam::";
        const string Role = ":role/";
        if (!text.StartsWith(Start, System.StringComparison.Ordinal))
        {
            return false;
        }

        int service = text.IndexOf(':', Start.Length);
        bool hasPartition = service > Start.Length;
        if (service < 0 || (hasPartition && (text[Start.Length] != '-' || service == Start.Length + 1)))
        {
            return false;
        }

        int account = service + Service.Length;
        int role = account + 12;
        int name = role + Role.Length;
        if (name >= text.Length
            || string.CompareOrdinal(text, service, Service, 0, Service.Length) != 0
            || string.CompareOrdinal(text, role, Role, 0, Role.Length) != 0)
        {
            return false;
        }

        for (int i = account; i < role; i++)
        {
            if (text[i] is < '0' or > '9')
            {
                return false;
            }
        }

        for (int i = name; i < text.Length; i++)
        {
            if (IsLineBreak(text[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>How many characters of a node id stand before its number.</summary>
    public static int PrefixLength(string text)
    {
        if (text.StartsWith("i-", System.StringComparison.Ordinal))
        {
            return 2;
        }

        return text.StartsWith("mi-", System.StringComparison.Ordinal) ? 3 : 0;
    }

    /// <summary>Length of a text as the API counts it: a character outside the basic plane counts once.</summary>
    public static int Length(string text)
    {
        int length = text.Length;
        for (int i = 1; i < text.Length; i++)
        {
            if (char.IsLowSurrogate(text[i]) && char.IsHighSurrogate(text[i - 1]))
            {
                length--;
            }
        }

        return length;
    }

    private static bool IsTargetKey(string text, bool alsoPlus)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c < 128)
            {
                if (!IsWord(c) && c is not (' ' or '.' or ':' or '/' or '=' or '-' or '@') && !(alsoPlus && c == '+'))
                {
                    return false;
                }

                continue;
            }

            // Read by scalar value, so that letters outside the basic plane are letters.
            switch (CharUnicodeInfo.GetUnicodeCategory(text, i))
            {
                case UnicodeCategory.UppercaseLetter:
                case UnicodeCategory.LowercaseLetter:
                case UnicodeCategory.TitlecaseLetter:
                case UnicodeCategory.ModifierLetter:
                case UnicodeCategory.OtherLetter:
                case UnicodeCategory.DecimalDigitNumber:
                case UnicodeCategory.LetterNumber:
                case UnicodeCategory.OtherNumber:
                case UnicodeCategory.SpaceSeparator:
                case UnicodeCategory.LineSeparator:
                case UnicodeCategory.ParagraphSeparator:
                    i += char.IsSurrogatePair(text, i) ? 1 : 0;
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    private static bool IsPositive(string text, int length)
    {
        if (length == 0 || text[0] is < '1' or > '9')
        {
            return false;
        }

        for (int i = 1; i < length; i++)
        {
            if (text[i] is < '0' or > '9')
            {
                return false;
            }
        }

        return true;
    }

    private static bool AllWord(string text, int start)
    {
        for (int i = start; i < text.Length; i++)
        {
            if (!IsWord(text[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool AllDigits(string text, int start)
    {
        for (int i = start; i < text.Length; i++)
        {
            if (text[i] is < '0' or > '9')
            {
                return false;
            }
        }

        return true;
    }

    private static bool AllLowerOrDigit(string text, int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            if (text[i] is not ((>= 'a' and <= 'z') or (>= '0' and <= '9')))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsWord(char c) =>
        c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_';

    /// <summary>What a dot of the model's patterns does not match: the service reads them as Java does.</summary>
    private static bool IsLineBreak(char c) => c is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029';
}
