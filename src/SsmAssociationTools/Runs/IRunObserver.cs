namespace SsmAssociationTools.Runs;

/// <summary>Who a run reports to. Every member is called on the thread that drives the run.</summary>
internal interface IRunObserver<in TItem>
{
    /// <summary>Takes the next settled input, in input order.</summary>
    void Settled(TItem item);

    /// <summary>Follows after the inputs that are settled for now were taken.</summary>
    void Delivered();

    /// <summary>Takes a line for -Verbose: calls, counts, request ids; never a parameter value.</summary>
    void Verbose(string text);

    /// <summary>Takes a warning.</summary>
    void Warning(string text);

    /// <summary>Takes the counts, after calls ended.</summary>
    void Progress(RunProgress progress);
}
