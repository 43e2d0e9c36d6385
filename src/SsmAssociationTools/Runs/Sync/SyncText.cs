using System;
using System.Linq;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Scheduling;

namespace SsmAssociationTools.Runs.Sync;

/// <summary>Lines of a plan, in the signs that people know from other tools.</summary>
internal static class SyncText
{
    /// <summary>What is to be done for an entry, what of it differs, and when it runs then.</summary>
    public static string Of(SyncItem item, DateTime utcNow)
    {
        AssociationEntry entry = item.Creation.Entry!;
        string what = $"{entry} on {TargetText.Of(entry)} in {item.Destination}";
        string runs = FirstRun.Describe(entry, utcNow);
        return item.Change is null
            ? $"+ create {what}; {runs}"
            : $"~ change {what}: {string.Join("; ", item.Differences.Select(static difference => difference.ToChange()))}; {runs}";
    }

    /// <summary>An association that is to be removed.</summary>
    public static string Of(SyncExisting extra, Destination place) => $"- remove {extra.Content} {extra.AssociationId} in {place}";
}
