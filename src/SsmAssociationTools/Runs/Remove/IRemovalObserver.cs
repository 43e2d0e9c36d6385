
namespace SsmAssociationTools.Runs.Remove;

/// <summary>Who a run reports to. Every member is called on the thread that drives the run.</summary>
internal interface IRemovalObserver
{
    /// <summary>Takes the next settled input, in input order.</summary>
    /// <param name="item">The input with its result.</param>
    void Settled(RemovalItem item);

    /// <summary>Follows after the inputs that are settled for now were taken.</summary>
    void Delivered();

    /// <summary>Takes a line for -Verbose: calls and request ids; never a parameter value.</summary>
    /// <param name="text">The line.</param>
    void Verbose(string text);

    /// <summary>Takes the counts, now and then.</summary>
    /// <param name="progress">The counts.</param>
    void Progress(RunProgress progress);
}
