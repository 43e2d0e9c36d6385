using System;
using System.Globalization;
using System.Text;

namespace SsmAssociationTools.Rules;

/// <summary>
/// Where in an entry a reader or a check stands. Becomes text only when something is wrong, so a valid entry costs no text.
/// Not safe for concurrent use.
/// </summary>
internal sealed class IssuePath
{
    /// <summary>Names of the members entered; null where an index was.</summary>
    private string?[] _names = new string?[16];
    private int[] _indexes = new int[16];

    /// <summary>How many steps were entered; give it to <see cref="LeaveTo"/> after an exception.</summary>
    public int Depth { get; private set; }

    /// <summary>Goes into a member, or a key of a map.</summary>
    public void Enter(string name) => Enter(name, 0);

    /// <summary>Goes to an item of a list.</summary>
    public void Enter(int index) => Enter(null, index);

    /// <summary>Goes back by one step.</summary>
    public void Leave() => Depth--;

    /// <summary>Goes back to a depth seen before.</summary>
    public void LeaveTo(int depth) => Depth = depth;

    /// <summary>The path of a member of where it stands.</summary>
    public string To(string member) => Depth == 0 ? member : ToString() + "." + member;

    /// <summary>The path of an item of a member of where it stands.</summary>
    public string To(string member, int index) => To(member) + "[" + index.ToString(CultureInfo.InvariantCulture) + "]";

    /// <summary>The path as text.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        for (int i = 0; i < Depth; i++)
        {
            if (_names[i] is { } name)
            {
                text.Append(i == 0 ? string.Empty : ".").Append(MessageText.Of(name));
            }
            else
            {
                text.Append('[').Append(_indexes[i].ToString(CultureInfo.InvariantCulture)).Append(']');
            }
        }

        return text.ToString();
    }

    private void Enter(string? name, int index)
    {
        if (Depth == _names.Length)
        {
            Array.Resize(ref _names, Depth * 2);
            Array.Resize(ref _indexes, Depth * 2);
        }

        _names[Depth] = name;
        _indexes[Depth++] = index;
    }
}
