
namespace SsmAssociationTools.Runs.Remove;

/// <summary>Who a run reports to. Every member is called on the thread that drives the run.</summary>
internal interface IRemovalObserver
{
    /// <summary>Takes the next settled input, in input order.</summary>
    void Settled(RemovalItem item);

    /// <summary>Follows after the inputs that are settled for now were taken.</summary>
    void Delivered();

    /// <summary>Takes a line for -Verbose: calls and request ids; never a parameter value.</summary>
    void Verbose(string text);

    /// <summary>Takes the counts, now and then.</summary>
    void Progress(RunProgress progress);
}
