namespace SsmAssociationTools.Hostile.Tests;

/// <summary>A promise that a run broke.</summary>
internal sealed record Fault(FaultKind Kind, string Text)
{
    public override string ToString() => $"{Kind}: {Text}";
}
