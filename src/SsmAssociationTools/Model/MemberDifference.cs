namespace SsmAssociationTools;

/// <summary>One member in which a wanted entry and an existing association differ.</summary>
public sealed class MemberDifference
{
    internal MemberDifference(string path, string? wanted, string? existing)
    {
        Path = path;
        Wanted = wanted;
        Existing = existing;
    }

    /// <summary>The member, such as <c>ScheduleExpression</c> or <c>Parameters.commands</c>.</summary>
    public string Path { get; }

    /// <summary>What is wanted, in short; null where the entry has no such member. Never a value of <c>Parameters</c>.</summary>
    public string? Wanted { get; }

    /// <summary>What exists, in short; null where the association has no such member. Never a value of <c>Parameters</c>.</summary>
    public string? Existing { get; }

    /// <summary>The difference in a line.</summary>
    /// <returns>Text such as <c>MaxErrors: 10% wanted, 5% exists</c>.</returns>
    public override string ToString() => $"{Path}: {Wanted ?? "nothing"} wanted, {Existing ?? "nothing"} exists";
}
