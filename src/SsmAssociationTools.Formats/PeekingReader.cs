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

    /// <summary>Finds the first line that is not passed over, and reads nothing. Call it first.</summary>
    public string PeekLine(Func<string, bool> isPassedOver)
    {
        int start = 0;
        while (_peeked.Length < MaxPeek)
        {
            int next = text.Read();
            if (next >= 0)
            {
                _peeked.Append((char)next);
            }

            if (next is '\n' or '\r' or < 0)
            {
                string line = _peeked.ToString(start, _peeked.Length - start).TrimEnd('\r', '\n');
                if (next < 0 || !isPassedOver(line))
                {
                    return line;
                }

                start = _peeked.Length;
            }
        }

        return string.Empty;
    }

    public override int Peek() => _position < _peeked.Length ? _peeked[_position] : text.Peek();

    public override int Read() => _position < _peeked.Length ? _peeked[_position++] : text.Read();

    public override int Read(char[] buffer, int index, int count)
    {
        int left = Math.Min(count, _peeked.Length - _position);
        if (left == 0)
        {
            return text.Read(buffer, index, count);
        }

        _peeked.CopyTo(_position, buffer, index, left);
        _position += left;
        return left;
    }
}
