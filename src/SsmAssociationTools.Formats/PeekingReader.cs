using System;
using System.IO;
using System.Text;

namespace SsmAssociationTools.Formats;

/// <summary>Lets the beginning of a text be looked at before it is read.</summary>
internal sealed class PeekingReader(TextReader text) : TextReader
{
    /// <summary>A heading is shorter than this, in characters.</summary>
    private const int MaxPeek = 1_000_000;

    private readonly StringBuilder _peeked = new();
    private int _position;

    /// <summary>True when a read met the end.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Finds the first line that is not passed over, and reads nothing. Call it before anything is read.</summary>
    public string PeekLine(Func<string, bool> isPassedOver)
    {
        int start = _position;
        for (int i = start; i < MaxPeek; i++)
        {
            int next = i < _peeked.Length ? _peeked[i] : text.Read();
            if (next >= 0 && i == _peeked.Length)
            {
                _peeked.Append((char)next);
            }

            if (next is '\n' or '\r' or < 0)
            {
                string line = _peeked.ToString(start, i - start);
                if (next < 0 || !isPassedOver(line))
                {
                    return line;
                }

                start = i + 1;
            }
        }

        return string.Empty;
    }

    /// <summary>Leaves out what was looked at so far, with the line break that ends it.</summary>
    public void PassOver()
    {
        if (_peeked.Length > 0 && _peeked[_peeked.Length - 1] == '\r' && text.Peek() == '\n')
        {
            text.Read();
        }

        _position = _peeked.Length;
    }

    public override int Peek() => _position < _peeked.Length ? _peeked[_position] : text.Peek();

    public override int Read() => _position < _peeked.Length ? _peeked[_position++] : text.Read();

    public override int Read(char[] buffer, int index, int count)
    {
        int left = Math.Min(count, _peeked.Length - _position);
        if (left == 0)
        {
            int read = text.Read(buffer, index, count);
            IsAtEnd |= read == 0 && count > 0;
            return read;
        }

        _peeked.CopyTo(_position, buffer, index, left);
        _position += left;
        return left;
    }
}
