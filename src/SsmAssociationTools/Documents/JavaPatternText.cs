using System;

namespace SsmAssociationTools.Documents;

/// <summary>The text of a Java pattern and how far it is read.</summary>
internal sealed class JavaPatternText
{
    private const int MaxDepth = 100;

    private readonly string _text;
    private int _position;

    public JavaPatternText(string text) => _text = text;

    public bool IsEnd => _position >= _text.Length;

    /// <summary>The next character; NUL at the end.</summary>
    public char Current => Peek(0);

    /// <summary>Groups and classes that are open.</summary>
    public int Depth { get; private set; }

    /// <summary>What a pattern is answered with that is no Java, or not the same in all its versions, or that .NET cannot say.</summary>
    public static FormatException Unknown() => new("The pattern is not read alike everywhere.");

    /// <summary>Whether the next character is this one. NUL may stand in a pattern, so the end is none.</summary>
    public bool IsAt(char c) => !IsEnd && Current == c;

    /// <summary>Whether a quantifier is next.</summary>
    public bool IsAtQuantifier() => !IsEnd && Current is '?' or '*' or '+' or '{';

    /// <summary>A character further on; NUL behind the end.</summary>
    public char Peek(int count) => _position + count < _text.Length ? _text[_position + count] : '\0';

    /// <summary>Whether there is a character so much further on.</summary>
    public bool Has(int count) => _position + count < _text.Length;

    /// <exception cref="FormatException">The pattern is at its end.</exception>
    public char Read() => IsEnd ? throw Unknown() : _text[_position++];

    /// <summary>Reads so many characters.</summary>
    /// <exception cref="FormatException">There are fewer.</exception>
    public string Read(int count)
    {
        if (_position + count > _text.Length)
        {
            throw Unknown();
        }

        _position += count;
        return _text.Substring(_position - count, count);
    }

    /// <summary>Reads up to a character, and that too.</summary>
    /// <returns>What stands before it.</returns>
    /// <exception cref="FormatException">It does not come any more.</exception>
    public string ReadTo(char end)
    {
        int at = _text.IndexOf(end, _position);
        string read = at < 0 ? throw Unknown() : _text.Substring(_position, at - _position);
        _position = at + 1;
        return read;
    }

    /// <summary>Leaves characters behind, or goes back.</summary>
    public void Move(int count) => _position += count;

    /// <summary>Begins a group or a class.</summary>
    /// <exception cref="FormatException">Too many are open.</exception>
    public void Enter()
    {
        if (++Depth > MaxDepth)
        {
            throw Unknown();
        }
    }

    public void Leave() => Depth--;
}
