using System.Globalization;

namespace SsmAssociationTools.Runs.Sync;

/// <summary>Counts what a plan of Sync-SsmAssociationBatch comes to.</summary>
internal sealed class SyncTally
{
    private long _created;
    private long _changed;
    private long _runsNow;
    private long _refused;

    public long Removed { get; set; }

    public long Unchanged { get; private set; }

    public long Invalid { get; set; }

    /// <summary>Counts what was decided for an entry.</summary>
    public void Count(SyncItem item)
    {
        switch (item)
        {
            case { Known.State: AssociationStatus.Existing }:
                Unchanged++;
                break;
            case { Known.State: AssociationStatus.Invalid }:
                // Counted once, however many places it would go to.
                break;
            case { Known: not null }:
                _refused++;
                break;
            case { Change: null }:
                _created++;
                break;
            default:
                _changed++;
                _runsNow += item.Creation.Entry!.ApplyOnlyAtCronInterval == true ? 0 : 1;
                break;
        }
    }

    /// <summary>The last line of a plan.</summary>
    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture,
        "{0:N0} to create, {1:N0} to change{2}, {3:N0} to remove, {4:N0} unchanged, {5:N0} invalid{6}",
        _created,
        _changed,
        _runsNow > 0 ? string.Format(CultureInfo.InvariantCulture, " ({0:N0} {1} at once)", _runsNow, _runsNow == 1 ? "runs" : "run") : string.Empty,
        Removed,
        Unchanged,
        Invalid,
        _refused > 0 ? string.Format(CultureInfo.InvariantCulture, ", {0:N0} not possible", _refused) : string.Empty);
}
