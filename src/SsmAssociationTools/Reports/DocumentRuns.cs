using System;

namespace SsmAssociationTools.Reports;

/// <summary>The runs of one document in the week of a report.</summary>
internal sealed class DocumentRuns
{
    public DocumentRuns(string name, int hours)
    {
        Name = name;
        Hours = new int[hours];
    }

    /// <summary>The document, as the entries name it.</summary>
    public string Name { get; }

    /// <summary>Entries that have a run in the week.</summary>
    public int Entries { get; set; }

    /// <summary>Runs that begin in each hour of the timeline.</summary>
    public int[] Hours { get; }

    /// <summary>Runs of the week.</summary>
    public long Runs { get; set; }

    /// <summary>The first run of the week, in UTC.</summary>
    public DateTime FirstRun { get; set; } = DateTime.MaxValue;
}
