using System;
using System.Collections.Generic;
using System.Globalization;

namespace SsmAssociationTools.Documents;

/// <summary>
/// Reads what stands for one character of a value in a pattern of Java: an escape or a class. Each becomes the list of the
/// characters that it matches.
/// </summary>
internal sealed class JavaSetReader
{
    private readonly JavaPatternText _text;

    public JavaSetReader(JavaPatternText text) => _text = text;

    /// <summary>Values with characters beyond this one are not sure to be read alike.</summary>
    public char LastSureCharacter { get; private set; } = char.MaxValue;

    /// <summary>Says that characters beyond one are not sure to be read alike.</summary>
    public void Limit(char last) => LastSureCharacter = last < LastSureCharacter ? last : LastSureCharacter;

    /// <summary>Reads an escape that stands for a set, its backslash left behind.</summary>
    /// <returns>The set; null where the escape stands for one character, which is left to be read.</returns>
    public CharSet? Escape(bool ignoresCase)
    {
        char c = _text.IsEnd ? throw JavaPatternText.Unknown() : _text.Current;
        CharSet? set = c switch
        {
            'd' or 'D' => JavaSets.Digits,
            'w' or 'W' => JavaSets.Word,
            's' or 'S' => JavaSets.Space,
            'h' or 'H' => JavaSets.Horizontal,
            'v' or 'V' => JavaSets.Vertical,
            _ => null,
        };
        if (c is 'p' or 'P')
        {
            _text.Move(1);
            set = Property(ignoresCase);
        }
        else if (set is not null)
        {
            _text.Move(1);
        }

        return set is not null && c is >= 'A' and <= 'Z' ? set.Not() : set;
    }

    /// <summary>Reads an escape that stands for one character, its backslash left behind.</summary>
    public char Character()
    {
        char c = _text.Read();
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
                return (char)(_text.Read() ^ 64);
            case 'x' when _text.IsAt('{'):
                _text.Move(1);
                return Hexadecimal(_text.ReadTo('}'));
            case 'x':
                return Hexadecimal(_text.Read(2));
            case 'u':
                return Hexadecimal(_text.Read(4));
            case '0':
                return Octal();
            case (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '1' and <= '9'):
                throw JavaPatternText.Unknown();
            default:
                return c;
        }
    }

    /// <summary>Reads a class behind its opening bracket, and its closing one.</summary>
    public CharSet Class(bool ignoresCase)
    {
        bool isNegated = _text.IsAt('^');
        _text.Move(isNegated ? 1 : 0);
        CharSet set = Members(ignoresCase, out bool isNested);
        _text.Move(1);
        if (isNegated && isNested)
        {
            // Up to version 8 the negation held for the first part only.
            throw JavaPatternText.Unknown();
        }

        return isNegated ? set.Not() : set;
    }

    /// <summary>Reads the members of a class up to its closing bracket.</summary>
    /// <param name="isNested">True where there are classes in it.</param>
    private CharSet Members(bool ignoresCase, out bool isNested)
    {
        _text.Enter();
        CharSet? set = null;
        isNested = false;
        while (!_text.IsAt(']') || set is null)
        {
            if (_text.IsEnd)
            {
                throw JavaPatternText.Unknown();
            }

            if (_text.Current == '[')
            {
                _text.Move(1);
                isNested = true;
                CharSet inner = Class(ignoresCase);
                set = set?.Or(inner) ?? inner;
            }
            else if (_text.Current == '&' && _text.Peek(1) == '&')
            {
                _text.Move(2);
                isNested = true;
                CharSet right = RightOfAnd(ignoresCase);
                set = set?.And(right) ?? throw JavaPatternText.Unknown();
                if (_text.Current != ']')
                {
                    throw JavaPatternText.Unknown();
                }
            }
            else
            {
                CharSet item = Item(ignoresCase);
                set = set?.Or(item) ?? item;
            }
        }

        _text.Leave();

        // Both cases are in a set before it is negated, so that none comes in afterwards.
        return ignoresCase ? set!.InBothCases() : set!;
    }

    private CharSet RightOfAnd(bool ignoresCase)
    {
        CharSet? right = null;
        while (_text.IsAt('['))
        {
            _text.Move(1);
            CharSet inner = Class(ignoresCase);
            right = right?.Or(inner) ?? inner;
        }

        if (right is not null)
        {
            // Whatever follows other than the end takes the place of what stood before it, in some versions.
            return _text.IsAt(']') ? right : throw JavaPatternText.Unknown();
        }

        return _text.IsEnd || _text.Current is ']' or '&' ? throw JavaPatternText.Unknown() : Members(ignoresCase, out _);
    }

    /// <summary>One character, a range, or an escape that stands for a set.</summary>
    private CharSet Item(bool ignoresCase)
    {
        char first = _text.Read();
        if (first == '\\')
        {
            if (Escape(ignoresCase) is { } set)
            {
                return set;
            }

            first = Character();
        }

        if (_text.Current != '-' || !_text.Has(1) || _text.Peek(1) is ']' or '[')
        {
            return CharSet.Range(first, first);
        }

        _text.Move(1);
        char last = _text.Read();
        last = last == '\\' ? Escape(ignoresCase) is null ? Character() : throw JavaPatternText.Unknown() : last;
        return last < first ? throw JavaPatternText.Unknown() : CharSet.Range(first, last);
    }

    private CharSet Property(bool ignoresCase)
    {
        if (_text.IsEnd || ignoresCase)
        {
            // Versions of Java differ in what letter case means to \p{Lower} and its like.
            throw JavaPatternText.Unknown();
        }

        char first = _text.Read();
        string name = first == '{' ? _text.ReadTo('}') : first.ToString();
        if (JavaSets.OfProperty(name) is { } set)
        {
            return set;
        }

        List<UnicodeCategory> categories = JavaSets.CategoriesOf(name.Length > 2 && name.StartsWith("Is", StringComparison.Ordinal) ? name.Substring(2) : name);
        if (categories.Count == 0)
        {
            throw JavaPatternText.Unknown();
        }

        // Each version of Unicode adds characters, and neither side says which version it has.
        Limit('\u024F');
        return CharSet.Of(categories);
    }

    private static char Hexadecimal(string digits) =>
        int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int number)
        && number is >= 0 and <= char.MaxValue && !char.IsSurrogate((char)number)
            ? (char)number
            : throw JavaPatternText.Unknown();

    private char Octal()
    {
        int number = 0;
        int digits = 0;
        for (int most = _text.Current is >= '0' and <= '3' ? 3 : 2; digits < most && _text.Current is >= '0' and <= '7'; digits++)
        {
            number = (number * 8) + _text.Read() - '0';
        }

        return digits == 0 ? throw JavaPatternText.Unknown() : (char)number;
    }
}
