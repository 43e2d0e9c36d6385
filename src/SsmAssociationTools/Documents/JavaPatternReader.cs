using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace SsmAssociationTools.Documents;

/// <summary>
/// Reads a regular expression of Java and writes it in the words of .NET. Classes become lists of characters, so that none
/// of the differences in \w, \d, \s, negation, union, intersection and letter case is left. Whatever Java does not take, whatever
/// its versions read differently, and what .NET cannot say is a <see cref="FormatException"/>.
/// </summary>
internal sealed class JavaPatternReader
{
    /// <summary>What ends a line for Java.</summary>
    private static readonly CharSet s_lineEnds = CharSet.Of("\n\r\u0085\u2028\u2029");
    private static readonly CharSet s_digits = CharSet.Range('0', '9');
    private static readonly CharSet s_upper = CharSet.Range('A', 'Z');
    private static readonly CharSet s_lower = CharSet.Range('a', 'z');
    private static readonly CharSet s_alpha = s_upper.Or(s_lower);
    private static readonly CharSet s_word = s_alpha.Or(s_digits).Or(CharSet.Of("_"));
    private static readonly CharSet s_space = CharSet.Of(" \t\n\u000B\f\r");
    private static readonly CharSet s_horizontal = CharSet.Of(" \t\u00A0\u1680\u180E\u202F\u205F\u3000").Or(CharSet.Range('\u2000', '\u200A'));
    private static readonly CharSet s_vertical = CharSet.Of("\n\u000B\f\r\u0085\u2028\u2029");
    private static readonly CharSet s_graph = CharSet.Range('!', '~');

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

    private readonly string _source;
    private readonly StringBuilder _text = new();
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private int _position;
    private int _groups;
    private int _depth;
    private int _lookBehinds;
    private bool _ignoresCase;

    /// <summary>Whether what was read last can match no character.</summary>
    private bool _canBeEmpty;
    private bool _dotIsAll;

    public JavaPatternReader(string source)
    {
        _source = WithoutQuotes(source);
        foreach (char c in _source)
        {
            if (char.IsSurrogate(c))
            {
                throw Unknown();
            }
        }

        Alternatives();
        if (_position < _source.Length)
        {
            throw Unknown();
        }

        Expression = _text.ToString();
    }

    /// <summary>The expression in the words of .NET; no option belongs to it.</summary>
    public string Expression { get; }

    /// <summary>Values with characters beyond this one are not sure to be read alike.</summary>
    public char LastSureCharacter { get; private set; } = char.MaxValue;

    private bool IsEnd => _position >= _source.Length;

    private char Current => _position < _source.Length ? _source[_position] : '\0';

    private static FormatException Unknown() => new("The pattern is not read alike everywhere.");

    /// <summary>Writes what stands between \Q and \E as escapes of its characters.</summary>
    private static string WithoutQuotes(string source)
    {
        var text = new StringBuilder();
        for (int i = 0; i < source.Length; i++)
        {
            if (source[i] != '\\' || i + 1 == source.Length)
            {
                text.Append(source[i]);
            }
            else if (source[i + 1] != 'Q')
            {
                text.Append(source[i]).Append(source[++i]);
            }
            else
            {
                int end = source.IndexOf("\\E", i + 2, StringComparison.Ordinal);
                int last = end < 0 ? source.Length : end;
                for (int j = i + 2; j < last; j++)
                {
                    text.Append("\\u").Append(((int)source[j]).ToString("X4", CultureInfo.InvariantCulture));
                }

                i = end < 0 ? source.Length : end + 1;
            }
        }

        return text.ToString();
    }

    private void Alternatives()
    {
        if (++_depth > 100)
        {
            throw Unknown();
        }

        bool canBeEmpty = Sequence();
        while (Current == '|' && !IsEnd)
        {
            _position++;
            _text.Append('|');
            canBeEmpty |= Sequence();
        }

        _depth--;
        _canBeEmpty = canBeEmpty;
    }

    /// <returns>Whether it can match no character.</returns>
    private bool Sequence()
    {
        bool canBeEmpty = true;
        while (!IsEnd && Current is not ('|' or ')'))
        {
            int start = _text.Length;
            _canBeEmpty = false;
            if (Atom())
            {
                Quantifier(start);
                canBeEmpty &= _canBeEmpty;
            }
        }

        return canBeEmpty;
    }

    /// <summary>Reads what a quantifier can follow.</summary>
    /// <returns>False where none can.</returns>
    private bool Atom()
    {
        char c = _source[_position++];
        switch (c)
        {
            case '(':
                return Group();
            case '[':
                Write(Class(isBracketed: true));
                return true;
            case '\\':
                Escape();
                return true;
            case '^':
                Assertion(@"\A");
                return true;
            case '$':
                EndOfText();
                return true;
            case '.':
                _text.Append((_dotIsAll ? CharSet.All : s_lineEnds.Not()).ToString());
                return true;
            case '?' or '*' or '+' or '{':
                throw Unknown();
            default:
                Literal(c);
                return true;
        }
    }

    private void Literal(char c) => Write(CharSet.Range(c, c));

    private void Write(CharSet set) => _text.Append((_ignoresCase ? set.InBothCases() : set).ToString());

    /// <summary>Java's $ and \Z stand before the last line end too, whichever of its line ends that is.</summary>
    private void EndOfText() => Assertion(@"\z|(?=\r\n\z)|(?<!\r)(?=\n\z)|(?=[\r\u0085\u2028\u2029]\z)");

    private void Assertion(string text)
    {
        _text.Append("(?:").Append(text).Append(')');
        _canBeEmpty = true;
    }

    private void Quantifier(int start)
    {
        if (IsEnd)
        {
            return;
        }

        string quantifier;
        switch (Current)
        {
            case '?' or '*' or '+':
                quantifier = _source[_position++].ToString();
                break;
            case '{':
                int end = _source.IndexOf('}', _position);
                quantifier = end < 0 ? throw Unknown() : _source.Substring(_position, end + 1 - _position);
                if (!IsCount(quantifier))
                {
                    throw Unknown();
                }

                _position = end + 1;
                break;
            default:
                return;
        }

        bool isPossessive = Current == '+' && !IsEnd;
        bool isLazy = Current == '?' && !IsEnd;
        _position += isPossessive || isLazy ? 1 : 0;
        if (_canBeEmpty && quantifier is not ("?" or "{0,1}" or "{1}" or "{0}"))
        {
            // When a loop over nothing ends is not the same everywhere.
            throw Unknown();
        }

        _canBeEmpty |= quantifier is "?" or "*" || quantifier.StartsWith("{0", StringComparison.Ordinal);
        if (_lookBehinds > 0 && (isPossessive || quantifier is "*" or "+" || quantifier.EndsWith(",}", StringComparison.Ordinal)))
        {
            throw Unknown();
        }

        _text.Insert(start, "(?:").Append(')').Append(quantifier).Append(isLazy ? "?" : string.Empty);
        if (isPossessive)
        {
            _text.Insert(start, "(?>").Append(')');
        }

        if (!IsEnd && Current is '?' or '*' or '+' or '{')
        {
            throw Unknown();
        }
    }

    /// <summary>{n}, {n,} or {n,m}.</summary>
    private static bool IsCount(string text)
    {
        string[] bounds = text.Substring(1, text.Length - 2).Split(',');
        if (bounds.Length > 2 || !TryNumber(bounds[0], out int least))
        {
            return false;
        }

        return bounds.Length == 1 || bounds[1].Length == 0 || (TryNumber(bounds[1], out int most) && most >= least);
    }

    private static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private bool Group()
    {
        if (Current != '?' || IsEnd)
        {
            _groups++;
            Inside("(");
            return true;
        }

        _position++;
        char kind = IsEnd ? throw Unknown() : _source[_position++];
        switch (kind)
        {
            case ':':
                Inside("(?:");
                return true;
            case '=' or '!':
                Inside("(?" + kind);
                _canBeEmpty = true;
                return true;
            case '>':
                if (_lookBehinds > 0)
                {
                    throw Unknown();
                }

                Inside("(?>");
                return true;
            case '<' when Current is '=' or '!' && !IsEnd:
                string open = "(?<" + _source[_position++];
                _lookBehinds++;
                Inside(open);
                _lookBehinds--;
                _canBeEmpty = true;
                return true;
            case '<':
                string name = Name();
                if (_names.ContainsKey(name))
                {
                    throw Unknown();
                }

                // Numbers of groups count in their order, which .NET does for nameless ones only.
                _names.Add(name, ++_groups);
                Inside("(");
                return true;
            default:
                _position--;
                return Flags();
        }
    }

    private void Inside(string open)
    {
        bool ignoresCase = _ignoresCase;
        bool dotIsAll = _dotIsAll;
        _text.Append(open);
        Alternatives();
        if (IsEnd)
        {
            throw Unknown();
        }

        _position++;
        _text.Append(')');
        _ignoresCase = ignoresCase;
        _dotIsAll = dotIsAll;
    }

    private string Name()
    {
        int end = _source.IndexOf('>', _position);
        string name = end < 0 ? throw Unknown() : _source.Substring(_position, end - _position);
        for (int i = 0; i < name.Length; i++)
        {
            if (name[i] is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z')) && (i == 0 || name[i] is not (>= '0' and <= '9')))
            {
                throw Unknown();
            }
        }

        _position = name.Length == 0 ? throw Unknown() : end + 1;
        return name;
    }

    /// <summary>(?i) to the end of the group, and (?i:...).</summary>
    private bool Flags()
    {
        bool ignoresCase = _ignoresCase;
        bool dotIsAll = _dotIsAll;
        bool isOn = true;
        for (; !IsEnd && Current is not (')' or ':'); _position++)
        {
            switch (Current)
            {
                case '-' when isOn:
                    isOn = false;
                    break;
                case 'i':
                    ignoresCase = isOn;
                    break;
                case 's':
                    dotIsAll = isOn;
                    break;
                default:
                    throw Unknown();
            }
        }

        if (IsEnd)
        {
            throw Unknown();
        }

        (bool outerCase, bool outerDot) = (_ignoresCase, _dotIsAll);
        (_ignoresCase, _dotIsAll) = (ignoresCase, dotIsAll);
        if (_source[_position++] == ')')
        {
            if (!IsEnd && Current is '?' or '*' or '+' or '{')
            {
                throw Unknown();
            }

            return false;
        }

        _text.Append("(?:");
        Alternatives();
        if (IsEnd)
        {
            throw Unknown();
        }

        _position++;
        _text.Append(')');
        (_ignoresCase, _dotIsAll) = (outerCase, outerDot);
        return true;
    }

    private void Escape()
    {
        char c = IsEnd ? throw Unknown() : _source[_position];
        switch (c)
        {
            case 'A' or 'z':
                _position++;
                Assertion(@"\" + c);
                break;
            case 'Z':
                _position++;
                EndOfText();
                break;
            case 'b' or 'B':
                _position++;
                if (Current == '{' && !IsEnd)
                {
                    throw Unknown();
                }

                // Versions of Java differ in which letters beyond ASCII belong to a word here.
                Limit('\u007F');
                Assertion(c == 'b' ? $"(?<={s_word})(?!{s_word})|(?<!{s_word})(?={s_word})" : $"(?<={s_word})(?={s_word})|(?<!{s_word})(?!{s_word})");
                break;
            case 'R':
                _position++;
                if (_depth > 1 || (!IsEnd && Current is '?' or '*' or '+' or '{'))
                {
                    // In loops it takes \r\n apart in some versions.
                    throw Unknown();
                }

                _text.Append(@"(?:\r\n|" + s_vertical + ")");
                break;
            case 'k':
                _position++;
                if (IsEnd || _source[_position++] != '<' || !_names.TryGetValue(Name(), out int named))
                {
                    throw Unknown();
                }

                Reference(named);
                break;
            case >= '1' and <= '9':
                Reference(ReferenceNumber());
                break;
            default:
                if (Set() is { } set)
                {
                    Write(set);
                }
                else
                {
                    Literal(Character());
                }

                break;
        }
    }

    private int ReferenceNumber()
    {
        int number = _source[_position++] - '0';
        while (!IsEnd && Current is >= '0' and <= '9' && (number * 10) + Current - '0' <= _groups)
        {
            number = (number * 10) + _source[_position++] - '0';
        }

        return number;
    }

    private void Reference(int number)
    {
        // To a group that is not complete yet, or in another case: rarely meant, and not read alike.
        if (number > _groups || _ignoresCase || _lookBehinds > 0)
        {
            throw Unknown();
        }

        _text.Append(@"(?:\").Append(number.ToString(CultureInfo.InvariantCulture)).Append(')');
        _canBeEmpty = true;
    }

    private void Limit(char last) => LastSureCharacter = last < LastSureCharacter ? last : LastSureCharacter;

    /// <summary>Reads an escape that stands for a set, its backslash left behind.</summary>
    /// <returns>The set; null where the escape stands for one character.</returns>
    private CharSet? Set()
    {
        char c = IsEnd ? throw Unknown() : _source[_position];
        CharSet? set = c switch
        {
            'd' or 'D' => s_digits,
            'w' or 'W' => s_word,
            's' or 'S' => s_space,
            'h' or 'H' => s_horizontal,
            'v' or 'V' => s_vertical,
            _ => null,
        };
        if (c is 'p' or 'P')
        {
            _position++;
            set = Property();
        }
        else if (set is not null)
        {
            _position++;
        }

        return set is not null && c is >= 'A' and <= 'Z' ? set.Not() : set;
    }

    private CharSet Property()
    {
        if (IsEnd || _ignoresCase)
        {
            // Versions of Java differ in what letter case means to \p{Lower} and its like.
            throw Unknown();
        }

        string name = _source[_position++].ToString();
        if (name == "{")
        {
            int end = _source.IndexOf('}', _position);
            name = end < 0 ? throw Unknown() : _source.Substring(_position, end - _position);
            _position = end + 1;
        }

        CharSet? set = name switch
        {
            "Lower" => s_lower,
            "Upper" => s_upper,
            "ASCII" => CharSet.Range('\0', '\u007F'),
            "Alpha" => s_alpha,
            "Digit" => s_digits,
            "Alnum" => s_alpha.Or(s_digits),
            "Punct" => s_graph.And(s_alpha.Or(s_digits).Not()),
            "Graph" => s_graph,
            "Print" => s_graph.Or(CharSet.Of(" ")),
            "Blank" => CharSet.Of(" \t"),
            "Cntrl" => CharSet.Range('\0', '\u001F').Or(CharSet.Of("\u007F")),
            "XDigit" => s_digits.Or(CharSet.Range('a', 'f')).Or(CharSet.Range('A', 'F')),
            "Space" => s_space,
            _ => null,
        };
        if (set is not null)
        {
            return set;
        }

        if (name.Length > 2 && name.StartsWith("Is", StringComparison.Ordinal))
        {
            name = name.Substring(2);
        }

        var categories = new List<UnicodeCategory>();
        foreach (KeyValuePair<string, UnicodeCategory> category in s_categories)
        {
            if (category.Key == name || (name.Length == 1 && category.Key[0] == name[0]))
            {
                categories.Add(category.Value);
            }
        }

        if (categories.Count == 0)
        {
            throw Unknown();
        }

        // Each version of Unicode adds characters, and neither side says which version it has.
        Limit('\u024F');
        return CharSet.Of(categories);
    }

    /// <summary>Reads an escape that stands for one character, its backslash left behind.</summary>
    private char Character()
    {
        char c = IsEnd ? throw Unknown() : _source[_position++];
        switch (c)
        {
            case 't':
                return '\t';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 'f':
                return '\f';
            case 'a':
                return '\u0007';
            case 'e':
                return '\u001B';
            case 'c':
                return IsEnd ? throw Unknown() : (char)(_source[_position++] ^ 64);
            case 'x' when Current == '{' && !IsEnd:
                int end = _source.IndexOf('}', _position);
                string digits = end < 0 ? throw Unknown() : _source.Substring(_position + 1, end - _position - 1);
                _position = end + 1;
                return Hexadecimal(digits);
            case 'x':
                return Hexadecimal(Taken(2));
            case 'u':
                return Hexadecimal(Taken(4));
            case '0':
                return Octal();
            case (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '1' and <= '9'):
                throw Unknown();
            default:
                return c;
        }
    }

    private string Taken(int count)
    {
        if (_position + count > _source.Length)
        {
            throw Unknown();
        }

        _position += count;
        return _source.Substring(_position - count, count);
    }

    private static char Hexadecimal(string digits) =>
        int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int number) && number is >= 0 and <= char.MaxValue && !char.IsSurrogate((char)number)
            ? (char)number
            : throw Unknown();

    private char Octal()
    {
        int number = 0;
        int digits = 0;
        for (int most = Current is >= '0' and <= '3' ? 3 : 2; digits < most && Current is >= '0' and <= '7' && !IsEnd; digits++)
        {
            number = (number * 8) + _source[_position++] - '0';
        }

        return digits == 0 ? throw Unknown() : (char)number;
    }

    /// <summary>Reads a class behind its opening bracket, and up to its end.</summary>
    /// <param name="isBracketed">False for the rest of a class behind &amp;&amp;, whose bracket belongs to the whole.</param>
    private CharSet Class(bool isBracketed)
    {
        if (++_depth > 100)
        {
            throw Unknown();
        }

        bool isNegated = isBracketed && Current == '^' && !IsEnd;
        _position += isNegated ? 1 : 0;
        CharSet? set = null;
        bool isNested = false;
        while (true)
        {
            if (IsEnd)
            {
                throw Unknown();
            }

            char c = Current;
            if (c == ']' && set is not null)
            {
                break;
            }

            if (c == '[')
            {
                _position++;
                isNested = true;
                CharSet inner = Class(isBracketed: true);
                set = set?.Or(inner) ?? inner;
            }
            else if (c == '&' && _position + 1 < _source.Length && _source[_position + 1] == '&')
            {
                _position += 2;
                isNested = true;
                CharSet right = RightOfAnd();
                set = set?.And(right) ?? throw Unknown();
                if (Current != ']')
                {
                    throw Unknown();
                }
            }
            else
            {
                CharSet item = Item();
                set = set?.Or(item) ?? item;
            }
        }

        _position += isBracketed ? 1 : 0;
        _depth--;
        if (isNegated && isNested)
        {
            // Up to version 8 the negation held for the first part only.
            throw Unknown();
        }

        // Both cases are in a set before it is negated, so that none comes in afterwards.
        set = _ignoresCase ? set.InBothCases() : set;
        return isNegated ? set.Not() : set;
    }

    private CharSet RightOfAnd()
    {
        CharSet? right = null;
        while (Current == '[' && !IsEnd)
        {
            _position++;
            CharSet inner = Class(isBracketed: true);
            right = right?.Or(inner) ?? inner;
        }

        if (right is not null)
        {
            // Whatever follows other than the end takes the place of what stood before it, in some versions.
            return Current == ']' && !IsEnd ? right : throw Unknown();
        }

        return IsEnd || Current is ']' or '&' ? throw Unknown() : Class(isBracketed: false);
    }

    /// <summary>One character, a range, or an escape that stands for a set.</summary>
    private CharSet Item()
    {
        char first = _source[_position++];
        if (first == '\\')
        {
            if (Set() is { } set)
            {
                return set;
            }

            first = Character();
        }

        if (Current != '-' || _position + 1 >= _source.Length || _source[_position + 1] is ']' or '[')
        {
            return CharSet.Range(first, first);
        }

        _position++;
        char last = _source[_position++];
        last = last == '\\' ? Set() is null ? Character() : throw Unknown() : last;
        return last < first ? throw Unknown() : CharSet.Range(first, last);
    }
}
