using System;
using SsmAssociationTools.Validation;

namespace SsmAssociationTools.Runs.Update;

/// <summary>How associations are changed, the same for all inputs of a run.</summary>
internal sealed class UpdateOptions
{
    public UpdateOptions(Func<string?, UpdateRules> rules) => Rules = rules;

    /// <summary>True: Parameters are put onto the existing ones key by key; false: they replace the whole map.</summary>
    public bool MergesParameters { get; init; }

    /// <summary>True: where somebody changed the association since, the change is put on top of that.</summary>
    public bool Overwrites { get; init; }

    /// <summary>True where the command names a dispatch role; otherwise the one that is there stays.</summary>
    public bool HasDispatchRole { get; init; }

    /// <summary>The dispatch role that is wanted; null for the service's own.</summary>
    public string? DispatchRole { get; init; }

    /// <summary>Makes the rules for one place.</summary>
    public Func<string?, UpdateRules> Rules { get; }
}
