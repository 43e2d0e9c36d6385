namespace SsmAssociationTools.Formats.CloudFormation;

/// <summary>Something in a resource that is wrong or worth a word.</summary>
internal sealed class TemplateProblem(bool isError, string text, string? fix, string path, long line)
{
    /// <summary>False for a warning.</summary>
    public bool IsError { get; } = isError;

    /// <summary>What is the matter, a sentence without its full stop; the same for problems of one kind.</summary>
    public string Text { get; } = text;

    /// <summary>What to do, as a sentence; null where the text says it.</summary>
    public string? Fix { get; } = fix;

    /// <summary>The member; empty for the resource as a whole.</summary>
    public string Path { get; } = path;

    /// <summary>Line of the file, from 1.</summary>
    public long Line { get; } = line;
}
