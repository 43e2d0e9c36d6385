using System;
using System.Collections.Generic;

namespace SsmAssociationTools.Runs.Create;

/// <summary>One batch on its way: what is still to be done of it, and how long that may take.</summary>
internal sealed class BatchWork
{
    private readonly RunOptions _options;
    private readonly RunControl _control;
    private readonly IClock _clock;
    private readonly RunLog _log;

    public BatchWork(int number, RunOptions options, RunControl control, IClock clock, RunLog log)
    {
        Number = number;
        Started = clock.Uptime;
        _options = options;
        _control = control;
        _clock = clock;
        _log = log;
    }

    public int Number { get; }

    /// <summary>Uptime when it began.</summary>
    public TimeSpan Started { get; }

    /// <summary>Entries that go into one call together, the next call last.</summary>
    public Stack<List<WorkItem>> Groups { get; } = new();

    /// <summary>Entries of unknown outcome that are looked for once more when the others were sent.</summary>
    public List<(WorkItem Item, string Code, string? Message)> Deferred { get; } = [];

    /// <summary>True once they are: what cannot be told then is Unknown.</summary>
    public bool IsDeciding { get; set; }

    /// <summary>Uptime when the last answered call was made, and when it was answered.</summary>
    public (TimeSpan Started, TimeSpan Ended) LastCall { get; set; }

    /// <summary>The next entries that go together, no more than a call may carry. The rest is left in parts of one size.</summary>
    public List<WorkItem> NextGroup(int limit)
    {
        List<WorkItem> group = Groups.Pop();
        if (group.Count <= limit)
        {
            return group;
        }

        int calls = (group.Count + limit - 1) / limit;
        int size = (group.Count + calls - 1) / calls;
        Groups.Push(group.GetRange(size, group.Count - size));
        return group.GetRange(0, size);
    }

    /// <summary>Whether there are tries and time left for an entry.</summary>
    public bool MayTryAgain(WorkItem item) =>
        item.Attempts < _options.MaxAttempt && _control.Reason is null && _clock.Uptime - Started < _options.MaxElapsed;

    public void Log(string text) => _log.Verbose($"Batch {Number}: {text}");
}
