using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace SsmAssociationTools.Json;

/// <summary>Writes JSON text in one line. Characters of all languages stay what they are; half of one is written as an escape.</summary>
internal sealed class JsonWriter
{
    private readonly StringBuilder _text = new();
    private bool _isFirst = true;

    public JsonWriter Begin(char bracket)
    {
        Separate();
        _text.Append(bracket);
        _isFirst = true;
        return this;
    }

    public JsonWriter End(char bracket)
    {
        _text.Append(bracket);
        _isFirst = false;
        return this;
    }

    public JsonWriter Name(string name)
    {
        Separate();
        Quote(name);
        _text.Append(':');
        _isFirst = true;
        return this;
    }

    public void Value(string? value)
    {
        Separate();
        if (value is null)
        {
            _text.Append("null");
        }
        else
        {
            Quote(value);
        }
    }

    public void Value(bool value)
    {
        Separate();
        _text.Append(value ? "true" : "false");
    }

    public void Value(int value)
    {
        Separate();
        _text.Append(value.ToString(CultureInfo.InvariantCulture));
    }

    public void Values(IEnumerable<string?> values)
    {
        Begin('[');
        foreach (string? value in values)
        {
            Value(value);
        }

        End(']');
    }

    public override string ToString() => _text.ToString();

    private void Separate()
    {
        if (!_isFirst)
        {
            _text.Append(',');
        }

        _isFirst = false;
    }

    private void Quote(string value)
    {
        _text.Append('"');
        for (int i = 0; i < value.Length; i++)
        {
            char c = value[i];
            if (c is '"' or '\\')
            {
                _text.Append('\\').Append(c);
            }
            else if (char.IsSurrogatePair(value, i))
            {
                _text.Append(c).Append(value[++i]);
            }
            else if (c is < ' ' or '\u007F' or '\u2028' or '\u2029' or '\uFEFF' || char.IsSurrogate(c))
            {
                _text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                _text.Append(c);
            }
        }

        _text.Append('"');
    }
}
