namespace SsmAssociationTools.Files;

/// <summary>An error or a warning of one record.</summary>
internal readonly struct ImportProblem(string kind, string text)
{
    /// <summary>What it is about, so that the same in a thousand rows is not said a thousand times: member and rule.</summary>
    public string Kind { get; } = kind;

    /// <summary>Member, what is wrong, what to do.</summary>
    public string Text { get; } = text;
}
