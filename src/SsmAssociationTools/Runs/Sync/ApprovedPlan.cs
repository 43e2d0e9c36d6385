using System;
using System.Collections.Generic;
using SsmAssociationTools.Input;

namespace SsmAssociationTools.Runs.Sync;

/// <summary>
/// Comparisons that somebody looked at and approved: they are carried out as they were, or refused one by one where the
/// fleet has moved on since.
/// </summary>
internal sealed class ApprovedPlan
{
    /// <summary>Ids of the associations that the plan calls extra, with the versions that they had.</summary>
    private readonly Dictionary<string, string?> _extra = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>True once a comparison came in.</summary>
    public bool IsGiven { get; private set; }

    /// <summary>Takes note of an input.</summary>
    /// <returns>True for a comparison that says Extra.</returns>
    public bool Take(InputFacts? facts)
    {
        if (facts is not { Kind: InputKind.Comparison })
        {
            return false;
        }

        IsGiven = true;
        if (!StatusText.TryRead(facts.StatusText, out ComparisonStatus status) || status != ComparisonStatus.Extra)
        {
            return false;
        }

        if (facts.AssociationId is { Length: > 0 } id)
        {
            _extra[id.Trim()] = facts.AssociationVersion;
        }

        return true;
    }

    /// <summary>Whether an association that nobody wants may be removed: anything without a plan, with one only what it names.</summary>
    public bool MayRemove(SyncExisting existing) =>
        !IsGiven || (_extra.TryGetValue(existing.AssociationId, out string? version) && (version is null || version == existing.Line.AssociationVersion));

    /// <summary>Why a row of a plan is not carried out any more; null where it is, and for what is no row of a plan.</summary>
    public static string? MovedOn(InputFacts? facts, SyncWanted wanted)
    {
        if (wanted.Action == SyncAction.Nothing || facts is not { Kind: InputKind.Comparison } || !StatusText.TryRead(facts.StatusText, out ComparisonStatus status))
        {
            return null;
        }

        string? now = wanted.Partner?.Line.AssociationVersion;
        bool isSamePartner = string.Equals(facts.AssociationId, wanted.Partner?.AssociationId, StringComparison.OrdinalIgnoreCase);
        return status switch
        {
            ComparisonStatus.Missing when wanted.Action != SyncAction.Create => "The plan says Missing, and an association of this name is there by now. Compare again.",
            ComparisonStatus.Changed or ComparisonStatus.Same when !isSamePartner => "The association that the plan names is not there any more. Compare again.",
            ComparisonStatus.Changed or ComparisonStatus.Same when facts.AssociationVersion is { } then && now is not null && then != now
                => $"Somebody changed the association since the plan was made: it has version {now} now, and had {then}. Compare again.",
            _ => null,
        };
    }
}
