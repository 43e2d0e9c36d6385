using System;
using System.Collections.Generic;
using System.Linq;

namespace SsmAssociationTools.Runs.Sync;

/// <summary>Finds what nobody wants and may be removed: only where nothing stands against it.</summary>
internal sealed class ExtraAssociations
{
    private readonly PruneScope _scope;
    private readonly ApprovedPlan _approved;
    private readonly Action<string> _warn;

    public ExtraAssociations(PruneScope scope, ApprovedPlan approved, Action<string> warn)
    {
        _scope = scope;
        _approved = approved;
        _warn = warn;
    }

    /// <summary>Looks in every place.</summary>
    /// <param name="isWhole">False where an input could not be read or is invalid, so that it cannot be told what is extra.</param>
    /// <param name="hasInput">False where no wanted entry arrived.</param>
    public IReadOnlyList<(SyncPlace Place, SyncExisting Association)> Find(IEnumerable<SyncPlace> places, bool isWhole, bool hasInput)
    {
        var extra = new List<(SyncPlace Place, SyncExisting Association)>();
        if (!isWhole || !hasInput)
        {
            _warn(hasInput
                ? "Nothing is removed: an input could not be read or is invalid, so it cannot be told what is extra."
                : "Nothing is removed: no wanted entry arrived.");
            return extra;
        }

        foreach (SyncPlace place in places)
        {
            SyncExisting[] found = place.IsRead ? place.Plan.Extra().Where(one => _scope.Has(one.Content)).ToArray() : [];
            SyncExisting[] approved = found.Where(_approved.MayRemove).ToArray();
            if (approved.Length < found.Length)
            {
                _warn($"{place.Destination}: {found.Length - approved.Length} associations that no entry wants are not removed, because the plan does not name them as they are now. Compare again.");
            }

            if (approved.Length > 0 && !place.Items.TrueForAll(static item => item.IsAsWanted))
            {
                _warn($"{place.Destination}: {approved.Length} associations that no entry wants are not removed, because not every wanted entry is there as it should be.");
                continue;
            }

            extra.AddRange(approved.Select(one => (place, one)));
        }

        return extra;
    }
}
