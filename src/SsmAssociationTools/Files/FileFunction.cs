namespace SsmAssociationTools.Files;

/// <summary>A value that another tool works out, such as <c>!Ref Name</c>.</summary>
internal sealed class FileFunction(string name, object? argument, long line)
{
    /// <summary>The function as written, such as <c>!Sub</c>.</summary>
    public string Name { get; } = name;

    /// <summary>What it is applied to, as the file has it.</summary>
    public object? Argument { get; } = argument;

    /// <summary>Line of the file, from 1.</summary>
    public long Line { get; } = line;
}
