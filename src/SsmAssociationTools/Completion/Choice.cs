namespace SsmAssociationTools.Completion;

/// <summary>A value that completion offers, with what to know of it.</summary>
internal readonly struct Choice
{
    public Choice(string text, string tooltip)
    {
        Text = text;
        Tooltip = tooltip;
    }

    /// <summary>The value, without quotes.</summary>
    public string Text { get; }

    /// <summary>What it means.</summary>
    public string Tooltip { get; }
}
