using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Runs;

/// <summary>How far a run is.</summary>
internal sealed class RunProgress
{
    /// <summary>Inputs taken from the pipeline, counted for each destination.</summary>
    public long Received { get; set; }

    /// <summary>Inputs that there are in all; null while more may come.</summary>
    public long? Total { get; set; }

    /// <summary>Inputs with a result.</summary>
    public long Settled { get; set; }

    /// <summary>Of these, those with the association as it was wanted: created or there already; or removed or gone before.</summary>
    public long Succeeded { get; set; }

    /// <summary>The destination that lets through the fewest calls a second; null while nothing was throttled.</summary>
    public Destination? Slowest { get; set; }

    /// <summary>Calls a second that are let through there; infinite while nothing was throttled.</summary>
    public double SlowestRate { get; set; } = double.PositiveInfinity;

    /// <summary>Takes note of how fast a destination is.</summary>
    /// <param name="rate">Calls a second that it lets through; infinite while it has not throttled.</param>
    public void Note(Destination destination, double rate)
    {
        if (rate < SlowestRate)
        {
            Slowest = destination;
            SlowestRate = rate;
        }
    }

    /// <summary>Forgets how fast destinations were.</summary>
    public void ForgetRates()
    {
        Slowest = null;
        SlowestRate = double.PositiveInfinity;
    }

    /// <summary>What else there is to say of it in a few words; null for nothing.</summary>
    public string? Remark { get; set; }

    /// <summary>Batches done.</summary>
    public int Batches { get; set; }
}
