namespace SsmAssociationTools.Files;

/// <summary>What a file says that cannot be taken as it is: a problem of one record, in words without any value of the file.</summary>
internal sealed class FileNote(bool isError, string? member, string message)
{
    /// <summary>True when no entry can be made of the record.</summary>
    public bool IsError { get; } = isError;

    /// <summary>The column or member; null for the record as a whole.</summary>
    public string? Member { get; } = member;

    /// <summary>True for what is only told: it is no warning that could become an error.</summary>
    public bool IsInformation { get; init; }

    /// <summary>What it is about apart from its place, so that the same in many records is told once; null where the message says it.</summary>
    public string? Kind { get; init; }

    /// <summary>What is wrong and what to do.</summary>
    public string Message { get; } = message;
}
