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
    private readonly JavaPatternText _text;
    private readonly JavaSetReader _sets;
    private readonly StringBuilder _written = new();
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private int _groups;
    private int _lookBehinds;
    private bool _ignoresCase;

    /// <summary>Whether what was read last can match no character.</summary>
    private bool _canBeEmpty;
    private bool _dotIsAll;

    public JavaPatternReader(string source)
    {
        string text = WithoutQuotes(source);
        foreach (char c in text)
        {
            if (char.IsSurrogate(c))
            {
                throw Unknown();
            }
        }

        _text = new JavaPatternText(text);
        _sets = new JavaSetReader(_text);
        Alternatives();
        if (!_text.IsEnd)
        {
            throw Unknown();
        }

        Expression = _written.ToString();
    }

    /// <summary>The expression in the words of .NET; no option belongs to it.</summary>
    public string Expression { get; }

    /// <summary>Values with characters beyond this one are not sure to be read alike.</summary>
    public char LastSureCharacter => _sets.LastSureCharacter;

    private static FormatException Unknown() => JavaPatternText.Unknown();

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
        _text.Enter();
        bool canBeEmpty = Sequence();
        while (_text.IsAt('|'))
        {
            _text.Move(1);
            _written.Append('|');
            canBeEmpty |= Sequence();
        }

        _text.Leave();
        _canBeEmpty = canBeEmpty;
    }

    /// <returns>Whether it can match no character.</returns>
    private bool Sequence()
    {
        bool canBeEmpty = true;
        while (!_text.IsEnd && _text.Current is not ('|' or ')'))
        {
            int start = _written.Length;
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
        char c = _text.Read();
        switch (c)
        {
            case '(':
                return Group();
            case '[':
                Write(_sets.Class(_ignoresCase));
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
                _written.Append((_dotIsAll ? CharSet.All : JavaSets.LineEnds.Not()).ToString());
                return true;
            case '?' or '*' or '+' or '{':
                throw Unknown();
            default:
                Literal(c);
                return true;
        }
    }

    private void Literal(char c) => Write(CharSet.Range(c, c));

    private void Write(CharSet set) => _written.Append((_ignoresCase ? set.InBothCases() : set).ToString());

    /// <summary>Java's $ and \Z stand before the last line end too, whichever of its line ends that is.</summary>
    private void EndOfText() => Assertion(@"\z|(?=\r\n\z)|(?<!\r)(?=\n\z)|(?=[\r\u0085\u2028\u2029]\z)");

    private void Assertion(string text)
    {
        _written.Append("(?:").Append(text).Append(')');
        _canBeEmpty = true;
    }

    private void Quantifier(int start)
    {
        string quantifier;
        switch (_text.Current)
        {
            case '?' or '*' or '+':
                quantifier = _text.Read().ToString();
                break;
            case '{':
                quantifier = _text.ReadTo('}') + "}";
                if (!IsCount(quantifier))
                {
                    throw Unknown();
                }

                break;
            default:
                return;
        }

        bool isPossessive = _text.IsAt('+');
        bool isLazy = _text.IsAt('?');
        _text.Move(isPossessive || isLazy ? 1 : 0);
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

        _written.Insert(start, "(?:").Append(')').Append(quantifier).Append(isLazy ? "?" : string.Empty);
        if (isPossessive)
        {
            _written.Insert(start, "(?>").Append(')');
        }

        if (_text.IsAtQuantifier())
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
        if (!_text.IsAt('?'))
        {
            _groups++;
            Inside("(");
            return true;
        }

        _text.Move(1);
        char kind = _text.Read();
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
            case '<' when _text.Current is '=' or '!':
                string open = "(?<" + _text.Read();
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
                _text.Move(-1);
                return Flags();
        }
    }

    private void Inside(string open)
    {
        bool ignoresCase = _ignoresCase;
        bool dotIsAll = _dotIsAll;
        _written.Append(open);
        Alternatives();
        if (_text.Read() != ')')
        {
            throw Unknown();
        }

        _written.Append(')');
        _ignoresCase = ignoresCase;
        _dotIsAll = dotIsAll;
    }

    private string Name()
    {
        string name = _text.ReadTo('>');
        for (int i = 0; i < name.Length; i++)
        {
            if (name[i] is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z')) && (i == 0 || name[i] is not (>= '0' and <= '9')))
            {
                throw Unknown();
            }
        }

        return name.Length == 0 ? throw Unknown() : name;
    }

    /// <summary>(?i) to the end of the group, and (?i:...).</summary>
    private bool Flags()
    {
        bool ignoresCase = _ignoresCase;
        bool dotIsAll = _dotIsAll;
        bool isOn = true;
        for (; !_text.IsEnd && _text.Current is not (')' or ':'); _text.Move(1))
        {
            switch (_text.Current)
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

        char end = _text.Read();
        (bool outerCase, bool outerDot) = (_ignoresCase, _dotIsAll);
        (_ignoresCase, _dotIsAll) = (ignoresCase, dotIsAll);
        if (end == ')')
        {
            if (_text.IsAtQuantifier())
            {
                throw Unknown();
            }

            return false;
        }

        _written.Append("(?:");
        Alternatives();
        if (_text.Read() != ')')
        {
            throw Unknown();
        }

        _written.Append(')');
        (_ignoresCase, _dotIsAll) = (outerCase, outerDot);
        return true;
    }

    private void Escape()
    {
        char c = _text.IsEnd ? throw Unknown() : _text.Current;
        switch (c)
        {
            case 'A' or 'z':
                _text.Move(1);
                Assertion(@"\" + c);
                break;
            case 'Z':
                _text.Move(1);
                EndOfText();
                break;
            case 'b' or 'B':
                _text.Move(1);
                if (_text.IsAt('{'))
                {
                    throw Unknown();
                }

                // Versions of Java differ in which letters beyond ASCII belong to a word here.
                _sets.Limit('\u007F');
                Assertion(c == 'b' ? $"(?<={JavaSets.Word})(?!{JavaSets.Word})|(?<!{JavaSets.Word})(?={JavaSets.Word})" : $"(?<={JavaSets.Word})(?={JavaSets.Word})|(?<!{JavaSets.Word})(?!{JavaSets.Word})");
                break;
            case 'R':
                _text.Move(1);
                if (_text.Depth > 1 || _text.IsAtQuantifier())
                {
                    // In loops it takes \r\n apart in some versions.
                    throw Unknown();
                }

                _written.Append(@"(?:\r\n|" + JavaSets.Vertical + ")");
                break;
            case 'k':
                _text.Move(1);
                if (_text.Read() != '<' || !_names.TryGetValue(Name(), out int named))
                {
                    throw Unknown();
                }

                Reference(named);
                break;
            case >= '1' and <= '9':
                Reference(ReferenceNumber());
                break;
            default:
                if (_sets.Escape(_ignoresCase) is { } set)
                {
                    Write(set);
                }
                else
                {
                    Literal(_sets.Character());
                }

                break;
        }
    }

    private int ReferenceNumber()
    {
        int number = _text.Read() - '0';
        while (_text.Current is >= '0' and <= '9' && (number * 10) + _text.Current - '0' <= _groups)
        {
            number = (number * 10) + _text.Read() - '0';
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

        _written.Append(@"(?:\").Append(number.ToString(CultureInfo.InvariantCulture)).Append(')');
        _canBeEmpty = true;
    }
}
