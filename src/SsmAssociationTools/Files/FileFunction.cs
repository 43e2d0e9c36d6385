namespace SsmAssociationTools.Files;

/// <summary>A value that only CloudFormation can work out, such as <c>!Ref Name</c>.</summary>
internal sealed class FileFunction(string name, long line)
{
    /// <summary>The function as written, such as <c>!Sub</c>.</summary>
    public string Name { get; } = name;

    /// <summary>Line of the file, from 1.</summary>
    public long Line { get; } = line;
}
