using System.Collections.Concurrent;

namespace SsmAssociationTools.Runs;

/// <summary>Lines for the user, from calls that run beside the thread that drives the run. Safe for concurrent use.</summary>
internal sealed class RunLog
{
    private readonly ConcurrentQueue<(bool IsWarning, string Text)> _lines = new();

    /// <summary>Takes a line for -Verbose; never a parameter value.</summary>
    public void Verbose(string text) => _lines.Enqueue((false, text));

    /// <summary>Takes a warning; never a parameter value.</summary>
    public void Warning(string text) => _lines.Enqueue((true, text));

    /// <summary>Takes the oldest line out.</summary>
    public bool TryTake(out (bool IsWarning, string Text) line) => _lines.TryDequeue(out line);
}
