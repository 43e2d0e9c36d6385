using System;

namespace SsmAssociationTools.Reports;

/// <summary>An hour with runs in it.</summary>
internal sealed class BusyHour
{
    public BusyHour(DateTime start, int runs, int atOnce, int documents)
    {
        Start = start;
        Runs = runs;
        AtOnce = atOnce;
        Documents = documents;
    }

    /// <summary>When it begins, in UTC.</summary>
    public DateTime Start { get; }

    /// <summary>How many runs begin in it.</summary>
    public int Runs { get; }

    /// <summary>How many of them begin because an association is, or was, created or changed.</summary>
    public int AtOnce { get; }

    /// <summary>How many documents they are of.</summary>
    public int Documents { get; }
}
