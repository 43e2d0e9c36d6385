using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace SsmAssociationTools.Json;

/// <summary>
/// Reads JSON text strictly as RFC 8259 defines it, into <see cref="JsonObject"/>, lists, text, <see cref="JsonNumber"/>,
/// truth values and null. Messages give line and column and hold no piece of the text, which may carry parameter values.
/// </summary>
/// <remarks>
/// Of the readers that .NET Framework and .NET share without a package there is only JsonReaderWriterFactory, and it
/// answers with XML. Tried, it takes commas before a closing bracket, numbers such as 01, 1. and --1, NaN, members given
/// twice and halves of surrogate pairs (replaced without a word), drops a member named __type, and tells offsets of its own
/// buffer. Closing these gaps from outside means reading the text again; this reader does it once, with positions.
/// </remarks>
internal sealed class JsonText
{
    /// <summary>Levels within each other, at most.</summary>
    public const int MaxDepth = 32;

    /// <summary>From this many members on, looking for a member given twice uses a set.</summary>
    private const int SmallObject = 12;

    private readonly string _text;
    private readonly int _maxDepth;
    private int _position;
    private int _depth;

    private JsonText(string text, int maxDepth)
    {
        _text = text;
        _maxDepth = maxDepth;
    }

    /// <summary>What keeps the text from being read.</summary>
    private JsonFault Fault { get; set; }

    /// <summary>What was expected or is wrong, without any piece of the text.</summary>
    private string? Problem { get; set; }

    /// <summary>True when text can only be meant as a JSON object or list.</summary>
    public static bool LooksLikeJson(string text) => text.Length > 0 && text[0] is '{' or '[';

    /// <summary>Reads a text.</summary>
    /// <param name="maxDepth">Levels within each other, at most.</param>
    public static JsonFault Read(string text, out object? value, out string? message, int maxDepth = MaxDepth)
    {
        var reader = new JsonText(text, maxDepth);
        if (text.Length > 0 && text[0] == '\uFEFF')
        {
            reader._position = 1;
        }

        reader.SkipSpace();
        if (reader.Value(out value))
        {
            reader.SkipSpace();
            if (reader._position < text.Length)
            {
                reader.Fail("there is text after the end of the JSON value");
            }
        }

        if (reader.Fault == JsonFault.None)
        {
            message = null;
            return JsonFault.None;
        }

        value = null;
        message = reader.Where() + ": " + reader.Problem + ".";
        return reader.Fault;
    }

    private string Where()
    {
        int line = 1;
        int start = 0;
        for (int i = 0; i < _position && i < _text.Length; i++)
        {
            if (_text[i] == '\n')
            {
                line++;
                start = i + 1;
            }
        }

        return string.Format(CultureInfo.InvariantCulture, "line {0}, column {1}", line, _position - start + 1);
    }

    private bool Fail(string problem, JsonFault fault = JsonFault.Syntax)
    {
        if (Fault == JsonFault.None)
        {
            Fault = fault;
            Problem = problem;
        }

        return false;
    }

    private void SkipSpace()
    {
        while (_position < _text.Length && _text[_position] is ' ' or '\t' or '\n' or '\r')
        {
            _position++;
        }
    }

    /// <summary>The character here; a zero character, which JSON has nowhere, at the end.</summary>
    private char Peek() => _position < _text.Length ? _text[_position] : '\0';

    private bool Value(out object? value)
    {
        value = null;
        switch (Peek())
        {
            case '{':
                return Nested(isObject: true, out value);
            case '[':
                return Nested(isObject: false, out value);
            case '"':
                bool isText = Text(out string? text);
                value = text;
                return isText;
            case 't':
                value = true;
                return Word("true");
            case 'f':
                value = false;
                return Word("false");
            case 'n':
                return Word("null");
            case '-' or (>= '0' and <= '9'):
                return Number(out value);
            case '\0' when _position >= _text.Length:
                return Fail("the text ends where a value is expected");
            default:
                return Fail("a value is expected: an object, a list, text in double quotes, a number, true, false or null");
        }
    }

    private bool Nested(bool isObject, out object? value)
    {
        value = null;
        if (_depth == _maxDepth)
        {
            return Fail(string.Format(CultureInfo.InvariantCulture, "objects and lists are nested deeper than {0} levels", _maxDepth), JsonFault.TooDeep);
        }

        _depth++;
        _position++;
        bool isRead = isObject ? Object(out value) : List(out value);
        _depth--;
        return isRead;
    }

    private bool Object(out object? value)
    {
        var result = new JsonObject();
        HashSet<string>? names = null;
        value = result;
        SkipSpace();
        if (Peek() == '}')
        {
            _position++;
            return true;
        }

        while (true)
        {
            if (Peek() != '"')
            {
                return Fail(_position >= _text.Length ? "the text ends inside an object" : "a member name in double quotes is expected");
            }

            int start = _position;
            if (!Text(out string? name))
            {
                return false;
            }

            if (IsDuplicate(result, ref names, name!))
            {
                _position = start;
                return Fail("this member is given a second time in the same object; leave one of them", JsonFault.Duplicate);
            }

            SkipSpace();
            if (Peek() != ':')
            {
                return Fail("a colon is expected after the member name");
            }

            _position++;
            SkipSpace();
            if (!Value(out object? member))
            {
                return false;
            }

            result.Members.Add(new KeyValuePair<string, object?>(name!, member));
            SkipSpace();
            if (!More('}', out bool isEnd))
            {
                return Fail(_position >= _text.Length ? "the text ends inside an object" : "a comma or } is expected");
            }

            if (isEnd)
            {
                return true;
            }
        }
    }

    private bool List(out object? value)
    {
        var result = new List<object?>();
        value = result;
        SkipSpace();
        if (Peek() == ']')
        {
            _position++;
            return true;
        }

        while (true)
        {
            if (!Value(out object? item))
            {
                return false;
            }

            result.Add(item);
            SkipSpace();
            if (!More(']', out bool isEnd))
            {
                return Fail(_position >= _text.Length ? "the text ends inside a list" : "a comma or ] is expected");
            }

            if (isEnd)
            {
                return true;
            }
        }
    }

    private bool More(char end, out bool isEnd)
    {
        char c = Peek();
        isEnd = c == end;
        if (!isEnd && c != ',')
        {
            return false;
        }

        _position++;
        if (!isEnd)
        {
            SkipSpace();
        }

        return true;
    }

    private static bool IsDuplicate(JsonObject value, ref HashSet<string>? names, string name)
    {
        if (names is null)
        {
            foreach (KeyValuePair<string, object?> member in value.Members)
            {
                if (member.Key == name)
                {
                    return true;
                }
            }

            if (value.Members.Count < SmallObject)
            {
                return false;
            }

            names = new HashSet<string>(StringComparer.Ordinal);
            foreach (KeyValuePair<string, object?> member in value.Members)
            {
                names.Add(member.Key);
            }
        }

        return !names.Add(name);
    }

    private bool Word(string word)
    {
        if (string.CompareOrdinal(_text, _position, word, 0, word.Length) != 0)
        {
            return Fail("a value is expected: text stands in double quotes");
        }

        _position += word.Length;
        return true;
    }

    private bool Number(out object? value)
    {
        value = null;
        int start = _position;
        if (Peek() == '-')
        {
            _position++;
        }

        if (Peek() == '0')
        {
            _position++;
            if (Peek() is >= '0' and <= '9')
            {
                return Fail("a number does not begin with 0; write it as text, in double quotes");
            }
        }
        else if (!Digits())
        {
            return false;
        }

        if (Peek() == '.')
        {
            _position++;
            if (!Digits())
            {
                return false;
            }
        }

        if (Peek() is 'e' or 'E')
        {
            _position++;
            if (Peek() is '+' or '-')
            {
                _position++;
            }

            if (!Digits())
            {
                return false;
            }
        }

        value = new JsonNumber(_text.Substring(start, _position - start));
        return true;
    }

    private bool Digits()
    {
        int start = _position;
        while (Peek() is >= '0' and <= '9')
        {
            _position++;
        }

        return _position > start || Fail("a digit is expected");
    }

    private bool Text(out string? value)
    {
        value = null;
        int start = ++_position;
        while (_position < _text.Length)
        {
            char c = _text[_position];
            if (c == '"')
            {
                value = _text.Substring(start, _position - start);
                _position++;
                return true;
            }

            if (c == '\\' || c < ' ' || char.IsSurrogate(c))
            {
                return LongText(start, out value);
            }

            _position++;
        }

        return Fail("the text ends inside a quoted text");
    }

    private bool LongText(int start, out string? value)
    {
        value = null;
        var text = new StringBuilder(_text, start, _position - start, Math.Max(16, (_position - start) * 2));
        while (_position < _text.Length)
        {
            char c = _text[_position];
            if (c == '"')
            {
                value = text.ToString();
                if (!IsWellFormed(value))
                {
                    return Fail("a quoted text ends here that holds half of a surrogate pair");
                }

                _position++;
                return true;
            }

            if (c < ' ')
            {
                return Fail("a control character inside a quoted text; write it as an escape such as \\n");
            }

            if (c == '\\')
            {
                if (!Escape(text))
                {
                    return false;
                }
            }
            else
            {
                text.Append(c);
                _position++;
            }
        }

        return Fail("the text ends inside a quoted text");
    }

    private bool Escape(StringBuilder text)
    {
        char c = _position + 1 < _text.Length ? _text[_position + 1] : '\0';
        switch (c)
        {
            case '"' or '\\' or '/':
                text.Append(c);
                break;
            case 'b':
                text.Append('\b');
                break;
            case 'f':
                text.Append('\f');
                break;
            case 'n':
                text.Append('\n');
                break;
            case 'r':
                text.Append('\r');
                break;
            case 't':
                text.Append('\t');
                break;
            case 'u':
                int code = 0;
                for (int i = 2; i < 6; i++)
                {
                    int digit = _position + i < _text.Length ? HexValue(_text[_position + i]) : -1;
                    if (digit < 0)
                    {
                        return Fail("four hexadecimal digits are expected after \\u");
                    }

                    code = (code * 16) + digit;
                }

                text.Append((char)code);
                _position += 4;
                break;
            default:
                return Fail("an escape that JSON does not have; a backslash itself is written \\\\");
        }

        _position += 2;
        return true;
    }

    private static int HexValue(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => -1,
    };

    private static bool IsWellFormed(string text)
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
}
