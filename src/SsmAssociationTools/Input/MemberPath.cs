using SsmAssociationTools.Model;

namespace SsmAssociationTools.Input;

/// <summary>The way from an object down to the member that a name stands for. Each name of a member leads to the same object.</summary>
internal sealed class MemberPath(params EntryMember[] steps)
{
    public EntryMember[] Steps { get; } = steps;

    /// <summary>The member itself.</summary>
    public EntryMember Last => Steps[Steps.Length - 1];
}
