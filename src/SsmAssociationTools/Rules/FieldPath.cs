using System;
using System.Globalization;
using System.Text;

namespace SsmAssociationTools.Rules;

/// <summary>
/// Where in an entry a check stands. Becomes text only when something is wrong, so a valid entry costs no text.
/// </summary>
internal sealed class FieldPath
{
    private Step[] _steps = new Step[8];
    private int _count;

    /// <summary>Goes into a member, or a key of a map.</summary>
    public void Push(string name) => Push(new Step(name, 0));

    /// <summary>Goes to an item of a list.</summary>
    public void Push(int index) => Push(new Step(null, index));

    /// <summary>Goes back by one step.</summary>
    public void Pop() => _count--;

    /// <summary>The path as text.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        for (int i = 0; i < _count; i++)
        {
            Step step = _steps[i];
            if (step.Name is null)
            {
                text.Append('[').Append(step.Index.ToString(CultureInfo.InvariantCulture)).Append(']');
            }
            else
            {
                text.Append(text.Length == 0 ? string.Empty : ".").Append(Shown.Text(step.Name));
            }
        }

        return text.ToString();
    }

    private void Push(Step step)
    {
        if (_count == _steps.Length)
        {
            Array.Resize(ref _steps, _count * 2);
        }

        _steps[_count++] = step;
    }

    private readonly struct Step
    {
        public Step(string? name, int index)
        {
            Name = name;
            Index = index;
        }

        public string? Name { get; }

        public int Index { get; }
    }
}
