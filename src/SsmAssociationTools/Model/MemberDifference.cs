using SsmAssociationTools.Model;

namespace SsmAssociationTools;

/// <summary>One member in which a wanted entry and an existing association differ.</summary>
public sealed class MemberDifference
{
    private const string HiddenValue = "(not shown)";

    private readonly bool _isHidden;

    internal MemberDifference(string path, string? wanted, string? existing)
    {
        Path = path;
        Wanted = wanted;
        Existing = existing;
    }

    private MemberDifference(string path, bool isWanted, bool exists)
    {
        Path = path;
        Wanted = isWanted ? HiddenValue : null;
        Existing = exists ? HiddenValue : null;
        _isHidden = isWanted && exists;
    }

    /// <summary>The member, such as <c>ScheduleExpression</c> or <c>Parameters.commands</c>.</summary>
    public string Path { get; }

    /// <summary>
    /// What is wanted, in short; null where the entry has no such member. Of <c>Parameters</c> only that there is a value.
    /// </summary>
    public string? Wanted { get; }

    /// <summary>
    /// What exists, in short; null where the association has no such member. Of <c>Parameters</c> only that there is a value.
    /// </summary>
    public string? Existing { get; }

    /// <summary>The difference in a line.</summary>
    /// <returns>Text such as <c>MaxErrors: 10% wanted, 5% exists</c>.</returns>
    public override string ToString() => VisibleText.Of(_isHidden
        ? Path + ": differs"
        : $"{Path}: {Wanted ?? "nothing"} wanted, {Existing ?? "nothing"} exists");

    /// <summary>What becomes of the member where it is brought to what is wanted.</summary>
    /// <param name="arrow">What stands between the old value and the new one.</param>
    internal string ToChange(string arrow = "->") => VisibleText.Of(Wanted == HiddenValue || Existing == HiddenValue
        ? $"{Path}: {(_isHidden ? "changed" : Wanted is null ? "taken away" : "added")}"
        : $"{Path}: {Existing ?? "nothing"} {arrow} {Wanted ?? "nothing"}");

    /// <summary>A difference of which no value may be shown.</summary>
    internal static MemberDifference Hidden(string path, bool isWanted, bool exists) => new(path, isWanted, exists);
}
