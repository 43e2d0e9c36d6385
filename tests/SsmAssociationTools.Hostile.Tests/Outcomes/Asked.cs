using SsmAssociationTools.HostileService;

namespace SsmAssociationTools.Hostile.Tests.Outcomes;

/// <summary>One input, and which runs it stands for.</summary>
/// <param name="Input">What is piped in.</param>
/// <param name="Association">Null where there is none.</param>
/// <param name="Kind">Which runs count.</param>
/// <param name="Version">The version that a result names.</param>
/// <param name="Run">The run that a result of Start- stands for.</param>
internal sealed record Asked(object? Input, Association? Association, AskedKind Kind, int Version = 0, Execution? Run = null)
{
    /// <summary>The format of the file that it went through; null for none.</summary>
    public string? Source { get; init; }

    public override string ToString() => $"{Source} {Kind} {Association?.Id} {(Kind == AskedKind.Version ? Version : null)}{Run?.Id}";
}

/// <summary>Which runs of an association an input stands for.</summary>
internal enum AskedKind
{
    /// <summary>It stands for no association.</summary>
    Nothing,

    /// <summary>It names an association that is not there.</summary>
    Gone,

    /// <summary>Those of one version.</summary>
    Version,

    /// <summary>The one that was started.</summary>
    Run,

    /// <summary>The latest of the version that holds.</summary>
    Latest,
}
