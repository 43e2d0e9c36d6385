using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using SsmAssociationTools.Files;
using SsmAssociationTools.Json;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Formats.Terraform;

/// <summary>
/// Reads the part of Terraform's language that needs no evaluation: blocks, arguments, texts, numbers, truth values, lists and
/// objects. Every other expression becomes a <see cref="FileFunction"/> that names its construct.
/// </summary>
internal sealed class HclReader
{
    private const int MaxDepth = 64;

    private readonly string _text;
    private int _position;
    private long _line = 1;
    private int _depth;

    /// <summary>Lines in which what is still open was opened, by depth.</summary>
    private readonly long[] _openedIn = new long[MaxDepth + 1];

    private HclReader(string text) => _text = text;

    private char Current => _position < _text.Length ? _text[_position] : '\0';

    /// <summary>Reads the blocks of a file.</summary>
    /// <exception cref="FileFormatException">The text cannot be read.</exception>
    public static IReadOnlyList<HclBlock> Read(string text)
    {
        var reader = new HclReader(text);
        var blocks = new List<HclBlock>();
        for (reader.SkipSpace(true); reader._position < text.Length; reader.SkipSpace(true))
        {
            long line = reader._line;
            string name = reader.Identifier();
            if (reader.Block(name, line) is HclBlock block)
            {
                blocks.Add(block);
            }
            else
            {
                reader.Argument();
            }
        }

        return blocks;
    }

    /// <summary>Reads what follows the name of a block; null where it is an argument.</summary>
    private HclBlock? Block(string type, long line)
    {
        var labels = new List<string>();
        SkipSpace(false);
        while (Current is not ('{' or '='))
        {
            object? label = Current == '"' ? Quoted() : Identifier();
            labels.Add(label as string ?? throw Problem("the label of a block is a plain text"));
            SkipSpace(false);
        }

        if (Current == '=')
        {
            return labels.Count == 0 ? null : throw Problem("a { is missing after the labels of a block");
        }

        return new HclBlock(type, labels, Body(line), line);
    }

    private FileMap Body(long line)
    {
        Enter();
        var body = new FileMap { Line = line };
        for (SkipSpace(true); Current != '}'; SkipSpace(true))
        {
            long at = _line;
            string name = Identifier();
            if (Block(name, at) is not HclBlock block)
            {
                if (body.TryGet(name, out _))
                {
                    throw Problem("an argument is given a second time");
                }

                body.Add(name, Argument());
            }
            else if (body.TryGet(name, out object? others) && others is FileList list)
            {
                list.Add(block.Body);
            }
            else
            {
                body.Add(name, new FileList { block.Body });
            }
        }

        Leave();
        return body;
    }

    private object? Argument()
    {
        _position++;
        object? value = Expression(isInBrackets: false);
        SkipSpace(false);
        return Current is '\n' or '\r' or '}' or '\0' ? value : throw Problem("an argument ends with its line");
    }

    /// <summary>Reads a value, or passes over an expression that only Terraform works out.</summary>
    private object? Expression(bool isInBrackets)
    {
        SkipSpace(isInBrackets);
        (int start, long line) = (_position, _line);
        object? value = Literal(out bool isLiteral);
        if (isLiteral)
        {
            SkipSpace(false);
            if (Current is '\n' or '\r' or ',' or ']' or '}' or '\0' || (_position > start && _text[_position - 1] == '\n'))
            {
                return value;
            }
        }

        (_position, _line) = (start, line);
        string name = NameOfExpression();
        SkipExpression(isInBrackets);
        return new FileFunction(name, null, line);
    }

    private object? Literal(out bool isLiteral)
    {
        isLiteral = true;
        switch (Current)
        {
            case '"':
                object? quoted = Quoted();
                isLiteral = quoted is not FileFunction;
                return quoted;
            case '<' when Next() == '<':
                object? block = Heredoc();
                isLiteral = block is not FileFunction;
                return block;
            case '[':
                return List(out isLiteral);
            case '{':
                return Object(out isLiteral);
        }

        int start = _position;
        while (char.IsLetterOrDigit(Current) || Current is '_' or '-' or '.' or '+')
        {
            _position++;
        }

        string word = _text.Substring(start, _position - start);
        switch (word)
        {
            case "true":
                return true;
            case "false":
                return false;
            case "null":
                return null;
        }

        isLiteral = word.Length > 0 && (char.IsDigit(word[0]) || word[0] == '-') && decimal.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
        return isLiteral ? new JsonNumber(word) : null;
    }

    private FileList? List(out bool isLiteral)
    {
        var list = new FileList { Line = _line };
        isLiteral = true;
        Enter();
        for (SkipSpace(true); Current != ']'; SkipSpace(true))
        {
            if (IsFor())
            {
                isLiteral = false;
                _depth--;
                return null;
            }

            list.Add(Expression(isInBrackets: true));
            SkipSpace(true);
            if (Current == ',')
            {
                _position++;
            }
            else if (Current != ']')
            {
                throw Problem("a comma or a ] is missing in a list");
            }
        }

        Leave();
        return list;
    }

    private FileMap? Object(out bool isLiteral)
    {
        var map = new FileMap { Line = _line };
        isLiteral = true;
        Enter();
        for (SkipSpace(true); Current != '}'; SkipSpace(true))
        {
            if (IsFor() || Current == '(')
            {
                isLiteral = false;
                _depth--;
                return null;
            }

            string? name = Current == '"' ? Quoted() as string : Identifier();
            SkipSpace(true);
            if (Current is not ('=' or ':') || name is null || map.TryGet(name, out _))
            {
                throw Problem("a member of an object is written NAME = VALUE, once");
            }

            _position++;
            map.Add(name, Expression(isInBrackets: false));
            SkipSpace(true);
            if (Current == ',')
            {
                _position++;
            }
        }

        Leave();
        return map;
    }

    private bool IsFor() => string.CompareOrdinal(_text, _position, "for", 0, 3) == 0 && _position + 3 < _text.Length && char.IsWhiteSpace(_text[_position + 3]);

    /// <summary>Reads a text in quotes; a <see cref="FileFunction"/> for a template.</summary>
    private object Quoted()
    {
        var result = new StringBuilder();
        bool isTemplate = false;
        _position++;
        while (Current != '"')
        {
            if (Current is '\0' or '\n' or '\r')
            {
                throw Problem("a text has no closing quote on its line");
            }

            isTemplate |= Character(result, hasEscapes: true);
        }

        _position++;
        return isTemplate ? new FileFunction("${...}", null, _line) : result.ToString();
    }

    /// <summary>Reads a character of a text.</summary>
    /// <returns>True for a piece that only Terraform works out.</returns>
    private bool Character(StringBuilder result, bool hasEscapes)
    {
        char c = Current;
        if (c == '\\' && hasEscapes)
        {
            Escape(result);
            return false;
        }

        if (c is '$' or '%')
        {
            if (Next() == c && _position + 2 < _text.Length && _text[_position + 2] == '{')
            {
                result.Append(c).Append('{');
                _position += 3;
                return false;
            }

            if (Next() == '{')
            {
                _position += 2;
                SkipBraces();
                return true;
            }
        }

        _line += c == '\n' ? 1 : 0;
        result.Append(c);
        _position++;
        return false;
    }

    private void Escape(StringBuilder result)
    {
        char c = Next();
        int digits = c == 'u' ? 4 : c == 'U' ? 8 : 0;
        if (digits > 0)
        {
            if (_position + 2 + digits > _text.Length
                || !int.TryParse(_text.Substring(_position + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code)
                || code is < 0 or > 0x10FFFF)
            {
                throw Problem("\\u has four and \\U eight hexadecimal digits");
            }

            result.Append(code is > 0xFFFF ? char.ConvertFromUtf32(code) : ((char)code).ToString());
            _position += 2 + digits;
            return;
        }

        result.Append(c switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '"' => '"',
            '\\' => '\\',
            _ => throw Problem("a backslash in a text is written \\\\"),
        });
        _position += 2;
    }

    /// <summary>Reads a text of several lines, <c>&lt;&lt;EOT</c> or <c>&lt;&lt;-EOT</c>.</summary>
    private object Heredoc()
    {
        long line = _line;
        _position += 2;
        bool isIndented = Current == '-';
        _position += isIndented ? 1 : 0;
        string end = Identifier();
        SkipSpace(false);
        if (Current != '\n')
        {
            throw Problem("a line break follows the word that ends a text of several lines");
        }

        _position++;
        _line++;
        var lines = new List<string>();
        bool isTemplate = false;
        while (true)
        {
            int stop = _text.IndexOf('\n', _position);
            string raw = _text.Substring(_position, (stop < 0 ? _text.Length : stop) - _position);
            if (raw.Trim() == end)
            {
                // The line break after the word ends the argument.
                _position += raw.TrimEnd('\r').Length;
                break;
            }

            if (stop < 0)
            {
                throw new FileFormatException(line, $"This is no Terraform configuration (line {line.ToString(CultureInfo.InvariantCulture)}): a text of several lines has no end.");
            }

            var one = new StringBuilder();
            while (_position < stop)
            {
                isTemplate |= Character(one, hasEscapes: false);
            }

            if (_position == stop)
            {
                lines.Add(one.Append('\n').ToString());
                _position++;
                _line++;
            }
        }

        if (isTemplate)
        {
            return new FileFunction("${...}", null, line);
        }

        int indent = isIndented ? Indent(lines) : 0;
        return string.Concat(lines.ConvertAll(text => text.Trim().Length == 0 && text.Length <= indent ? "\n" : text.Substring(indent)));
    }

    private static int Indent(List<string> lines)
    {
        int least = int.MaxValue;
        foreach (string line in lines)
        {
            int spaces = line.Length - line.TrimStart(' ', '\t').Length;
            least = line.Trim().Length == 0 ? least : Math.Min(least, spaces);
        }

        return least == int.MaxValue ? 0 : least;
    }

    /// <summary>What an expression begins with, for a message.</summary>
    private string NameOfExpression()
    {
        int end = _position;
        while (end < _text.Length && end - _position < 60 && (char.IsLetterOrDigit(_text[end]) || _text[end] is '_' or '.' or '-'))
        {
            end++;
        }

        string name = _text.Substring(_position, end - _position);
        return name.Length == 0 ? Current is '"' or '<' ? "${...}" : "an expression" : end < _text.Length && _text[end] == '(' ? name + "()" : name;
    }

    private void SkipExpression(bool isInBrackets)
    {
        int depth = 0;
        while (_position < _text.Length)
        {
            char c = Current;
            if (depth == 0 && (c is ',' or ']' or '}' or ')' || (c == '\n' && !isInBrackets)))
            {
                return;
            }

            if (c == '"')
            {
                Quoted();
                continue;
            }

            if (c == '<' && Next() == '<' && _position + 2 < _text.Length && (char.IsLetter(_text[_position + 2]) || _text[_position + 2] == '-'))
            {
                Heredoc();
                continue;
            }

            if (IsComment())
            {
                SkipComment();
                continue;
            }

            depth += c is '(' or '[' or '{' ? 1 : c is ')' or ']' or '}' ? -1 : 0;
            _line += c == '\n' ? 1 : 0;
            _position++;
        }
    }

    /// <summary>Passes over the rest of <c>${...}</c>.</summary>
    private void SkipBraces()
    {
        Enter(0);
        SkipExpressionsTo('}');
        _depth--;
        _position++;
    }

    private void SkipExpressionsTo(char end)
    {
        int depth = 0;
        while (depth > 0 || Current != end)
        {
            char c = Current;
            if (_position >= _text.Length)
            {
                throw Problem("a ${ has no closing }");
            }

            if (c == '"')
            {
                Quoted();
                continue;
            }

            depth += c is '{' ? 1 : c is '}' ? -1 : 0;
            _line += c == '\n' ? 1 : 0;
            _position++;
        }
    }

    private string Identifier()
    {
        int start = _position;
        while (char.IsLetterOrDigit(Current) || Current is '_' or '-')
        {
            _position++;
        }

        return _position > start ? _text.Substring(start, _position - start) : throw Problem("a name is expected here");
    }

    /// <summary>Passes over white space and comments.</summary>
    private void SkipSpace(bool overLines)
    {
        while (_position < _text.Length)
        {
            char c = _text[_position];
            if (IsComment())
            {
                SkipComment();
            }
            else if (c is ' ' or '\t' or '\uFEFF' || (c == '\r' && (overLines || Next() == '\n')) || (c == '\n' && overLines))
            {
                _line += c == '\n' ? 1 : 0;
                _position++;
            }
            else
            {
                return;
            }
        }
    }

    private bool IsComment() => Current == '#' || (Current == '/' && Next() is '/' or '*');

    private void SkipComment()
    {
        bool isBlock = Next() == '*' && Current == '/';
        int end = isBlock ? _text.IndexOf("*/", _position + 2, StringComparison.Ordinal) : _text.IndexOf('\n', _position);
        if (isBlock && end < 0)
        {
            // What it holds is not read, and would be missing without a word.
            throw Problem("a comment that begins with /* has no */, so all after it is lost");
        }

        end = end < 0 ? _text.Length : isBlock ? end + 2 : end;
        for (; _position < end; _position++)
        {
            _line += _text[_position] == '\n' ? 1 : 0;
        }
    }

    private char Next() => _position + 1 < _text.Length ? _text[_position + 1] : '\0';

    private void Enter(int characters = 1)
    {
        if (++_depth > MaxDepth)
        {
            throw new FileFormatException(_line, "Blocks, lists and objects are nested deeper than 64 levels here.");
        }

        _openedIn[_depth] = _line;
        _position += characters;
    }

    private void Leave()
    {
        _depth--;
        _position++;
    }

    private FileFormatException Problem(string cause) =>
        new(_line, $"This is no Terraform configuration (line {Number(_line)}): {(_position >= _text.Length ? AtEnd() : cause)}.");

    /// <summary>What is missing where the text ends too early. The place to look at is where it was opened.</summary>
    private string AtEnd() => _depth > 0
        ? $"the text ends, and the bracket that opens in line {Number(_openedIn[_depth])} is not closed"
        : "the text ends before its last bracket or quote";

    private static string Number(long line) => line.ToString(CultureInfo.InvariantCulture);
}
