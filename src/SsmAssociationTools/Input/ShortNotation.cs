using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using SsmAssociationTools.Json;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Input;

/// <summary>
/// The one parser of all short texts: <c>NAME=VALUE,VALUE; NAME=VALUE</c>, <c>NAME=VALUE; NAME=VALUE</c> for parameters,
/// and <c>VALUE,VALUE</c>. Messages give the character, from 1, and hold no piece of the text.
/// </summary>
internal sealed class ShortNotation
{
    private readonly string _text;

    /// <summary>
    /// Values of parameters are whole up to the semicolon: commas and equals signs belong to them, and nothing is a value as well.
    /// Everywhere else a comma separates, and an equals sign tells of a forgotten semicolon.
    /// </summary>
    private readonly bool _isParameters;
    private int _position;
    private string? _problem;

    private ShortNotation(string text, bool isParameters)
    {
        _text = text;
        _isParameters = isParameters;
    }

    /// <summary>Reads names with their values.</summary>
    public static string? ReadPairs(string text, bool isParameters, List<ShortPair> pairs)
    {
        var reader = new ShortNotation(text, isParameters);
        while (reader.Pair(out ShortPair? pair))
        {
            pairs.Add(pair!);
        }

        return reader._problem;
    }

    /// <summary>Reads values separated by commas. Nothing between two commas is no value.</summary>
    public static string? ReadValues(string text, List<string?> values)
    {
        var reader = new ShortNotation(text, isParameters: false);
        while (true)
        {
            reader.SkipSpace();
            if (reader.Peek() == ',')
            {
                reader._position++;
                continue;
            }

            if (reader.IsAtEnd)
            {
                return null;
            }

            if (reader.IsTypographic())
            {
                return reader._problem;
            }

            bool isQuoted = reader.Peek() == '"';
            string? value = isQuoted ? reader.Quoted() : reader.Until(',', ',');
            if (value is null)
            {
                return reader._problem;
            }

            values.Add(value);
            reader.SkipSpace();
            if (!reader.IsAtEnd && reader.Peek() != ',')
            {
                reader.Fail("a comma is expected after the closing quote");
                return reader._problem;
            }
        }
    }

    private bool IsAtEnd => _position >= _text.Length;

    private char Peek() => _position < _text.Length ? _text[_position] : '\0';

    private void SkipSpace()
    {
        while (_position < _text.Length && char.IsWhiteSpace(_text[_position]))
        {
            _position++;
        }
    }

    /// <summary>A quote that a word processor made curly would become a part of the value.</summary>
    private bool IsTypographic()
    {
        if (!OddCharacter.IsQuote(Peek()))
        {
            return false;
        }

        Fail(FormattableString.Invariant($"a typographic quote (U+{(int)Peek():X4}); write a straight quote (\"), or put the whole in straight quotes if it is meant"));
        return true;
    }

    private bool Fail(string problem)
    {
        _problem = string.Format(CultureInfo.InvariantCulture, "character {0}: {1}.", _position + 1, problem);
        return false;
    }

    private bool Pair(out ShortPair? pair)
    {
        pair = null;
        do
        {
            SkipSpace();
        }
        while (Peek() == ';' && _position++ >= 0);

        if (IsAtEnd)
        {
            return false;
        }

        int start = _position;
        if (IsTypographic())
        {
            return false;
        }

        bool isQuoted = Peek() == '"';
        string? name = isQuoted ? Quoted() : Until('=', ';');
        if (name is null)
        {
            return false;
        }

        SkipSpace();
        if (Peek() != '=')
        {
            _position = start;
            return Fail("NAME=VALUE is expected, and no equals sign follows; a value that holds a semicolon stands in double quotes");
        }

        if (name.Length == 0 || (_isParameters && !isQuoted && HasSpace(name)))
        {
            _position = start;
            return Fail(name.Length == 0
                ? "a name is expected before the equals sign"
                : "a parameter name has no white space; a value that holds a semicolon stands in double quotes");
        }

        _position++;
        if (!_isParameters && !isQuoted && name.Equals("Key", StringComparison.OrdinalIgnoreCase))
        {
            return CliPair(out pair);
        }

        pair = new ShortPair(name);
        SkipSpace();
        pair.IsQuoted = Peek() == '"';
        return Values(pair.Values) || Drop(out pair);
    }

    /// <summary>
    /// Takes a value apart that the AWS CLI would read as several parameters: <c>Scan,RebootOption=NoReboot</c>. That is so
    /// where every further part is NAME=VALUE and no value holds what may be a command or a text of its own.
    /// </summary>
    /// <returns>
    /// The pairs; null where the value is one value. It is in doubt where a part looks like NAME=VALUE and others do not, and where
    /// it stands in the quotes of a shell or is a JSON list of texts.
    /// </returns>
    public static List<ShortPair>? ReadCliParts(ShortPair pair, out bool isDoubtful)
    {
        isDoubtful = false;
        if (pair.IsQuoted || pair.Values.Count != 1)
        {
            return null;
        }

        string value = pair.Values[0];
        isDoubtful = IsInSingleQuotes(value) || IsListOfTexts(value);
        if (isDoubtful)
        {
            return null;
        }

        string[] parts = value.Split(',');
        int named = parts.Skip(1).Count(IsNamed);
        if (named == 0)
        {
            return null;
        }

        bool isEach = named == parts.Length - 1 && IsPlainValue(parts[0]) && parts.Skip(1).All(static part => IsPlainValue(part.Substring(part.IndexOf('=') + 1)));
        if (!isEach)
        {
            isDoubtful = true;
            return null;
        }

        var pairs = new List<ShortPair> { new(pair.Name) { Values = { parts[0].Trim() } } };
        foreach (string part in parts.Skip(1))
        {
            int equals = part.IndexOf('=');
            pairs.Add(new ShortPair(part.Substring(0, equals).Trim()) { Values = { part.Substring(equals + 1).Trim() } });
        }

        return pairs;
    }

    /// <summary>Quotes of a shell, which belong to the value here.</summary>
    public static bool IsInSingleQuotes(string value) => value.Length > 1 && value[0] == '\'' && value[value.Length - 1] == '\'';

    private static bool IsListOfTexts(string value) =>
        value.Length > 1 && value[0] == '[' && JsonText.Read(value, out object? list, out _) == JsonFault.None && list is IList { Count: > 0 } items
        && items.Cast<object?>().All(static item => item is string);

    private static bool IsNamed(string part)
    {
        string name = part.Substring(0, Math.Max(0, part.IndexOf('='))).Trim();
        return name.Length > 0 && char.IsLetter(name[0]) && name.All(static c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '-' or '.');
    }

    private static bool IsPlainValue(string value)
    {
        string text = value.Trim();
        return text.Length > 0 && text.IndexOfAny([' ', '\t', '\n', '\r', '=', '"', '\'', '{', '}', '[', ']', '&', '?', '|', '$', '`']) < 0;
    }

    /// <summary>The AWS CLI writes <c>Key=tag:Role,Values=web,db</c>; read as a pair it would become a key named Key.</summary>
    private bool CliPair(out ShortPair? pair)
    {
        pair = null;
        SkipSpace();
        string? key = Peek() == '"' ? Quoted() : Until(',', ';');
        if (key is null)
        {
            return false;
        }

        SkipSpace();
        bool isFollowed = Peek() == ',';
        if (isFollowed)
        {
            _position++;
            SkipSpace();
        }

        int start = _position;
        if (!isFollowed || Until('=', ';') is not string word || Peek() != '='
            || !(word.Equals("Values", StringComparison.OrdinalIgnoreCase) || word.Equals("Value", StringComparison.OrdinalIgnoreCase)))
        {
            _position = start;
            return Fail("Values= is expected after Key=...,");
        }

        _position++;
        pair = new ShortPair(key);
        return Values(pair.Values) || Drop(out pair);
    }

    private static bool Drop(out ShortPair? pair)
    {
        pair = null;
        return false;
    }

    private bool Values(List<string> values)
    {
        while (true)
        {
            SkipSpace();
            if (IsTypographic())
            {
                return false;
            }

            bool isQuoted = Peek() == '"';
            int start = _position;
            string? value = isQuoted ? Quoted() : Until(';', _isParameters ? ';' : ',');
            if (value is null)
            {
                return false;
            }

            if (!isQuoted && !_isParameters)
            {
                if (value.Length == 0)
                {
                    return Fail("a value is missing; an empty value is written \"\"");
                }

                int equals = value.IndexOf('=');
                if (equals >= 0)
                {
                    _position = start + equals;
                    return Fail("an equals sign inside a value; separate keys with a semicolon, or put the value in double quotes");
                }
            }

            values.Add(value);
            SkipSpace();
            if (IsAtEnd || Peek() == ';')
            {
                return true;
            }

            if (_isParameters && isQuoted && Peek() == ',' && IsNamed(_text.Substring(_position + 1)))
            {
                // The AWS CLI puts a comma between parameters.
                _position++;
                return true;
            }

            if (_isParameters || Peek() != ',')
            {
                return Fail(_isParameters
                    ? "a semicolon is expected after the closing quote"
                    : "a comma or a semicolon is expected after the closing quote");
            }

            _position++;
        }
    }

    private string Until(char first, char second)
    {
        int start = _position;
        while (_position < _text.Length && _text[_position] != first && _text[_position] != second)
        {
            _position++;
        }

        return _text.Substring(start, _position - start).Trim();
    }

    private string? Quoted()
    {
        int start = _position++;
        var value = new StringBuilder();
        while (_position < _text.Length)
        {
            char c = _text[_position++];
            if (c != '"')
            {
                value.Append(c);
            }
            else if (Peek() == '"')
            {
                value.Append(c);
                _position++;
            }
            else
            {
                return value.ToString();
            }
        }

        _position = start;
        Fail("the closing quote is missing");
        return null;
    }

    private static bool HasSpace(string name)
    {
        foreach (char c in name)
        {
            if (char.IsWhiteSpace(c))
            {
                return true;
            }
        }

        return false;
    }
}
