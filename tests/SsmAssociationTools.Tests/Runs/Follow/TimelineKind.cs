namespace SsmAssociationTools.Tests.Runs.Follow;

/// <summary>What is followed.</summary>
internal enum TimelineKind
{
    Created,
    Updated,
    Started,
    Existing,
    Id,
}
