namespace SsmAssociationTools.Files;

/// <summary>A warning of one record.</summary>
internal readonly struct ImportWarning(string key, string text)
{
    /// <summary>What it is about, so that the same in a thousand rows is said once: member and rule.</summary>
    public string Key { get; } = key;

    /// <summary>Member, what is wrong, what to do.</summary>
    public string Text { get; } = text;
}
