using System.Globalization;
using SsmAssociationTools.Runs.Sync;

namespace SsmAssociationTools.Commands;

/// <summary>Counts what a plan of Sync-SsmAssociationBatch comes to.</summary>
internal sealed class SyncTally
{
    private long _created;
    private long _changed;
    private long _runsNow;

    public long Removed { get; set; }

    public long Unchanged { get; set; }

    public long Invalid { get; set; }

    public void Count(SyncItem item)
    {
        if (item.Change is null)
        {
            _created++;
            return;
        }

        _changed++;
        _runsNow += item.Creation.Entry!.ApplyOnlyAtCronInterval == true ? 0 : 1;
    }

    /// <summary>The last line of a plan.</summary>
    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture,
        "{0:N0} to create, {1:N0} to change{2}, {3:N0} to remove, {4:N0} unchanged, {5:N0} invalid",
        _created,
        _changed,
        _runsNow > 0 ? string.Format(CultureInfo.InvariantCulture, " ({0:N0} {1} at once)", _runsNow, _runsNow == 1 ? "runs" : "run") : string.Empty,
        Removed,
        Unchanged,
        Invalid);
}
