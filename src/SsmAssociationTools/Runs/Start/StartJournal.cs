using System;
using System.Collections.Generic;
using System.Text;
using SsmAssociationTools.Runs.Journal;

namespace SsmAssociationTools.Runs.Start;

/// <summary>
/// A record on disk of what was started, so that a run that was killed can go on without starting anything twice: an intent
/// with the time before a call, an outcome after it. It holds ids and times. Safe for concurrent use.
/// </summary>
internal sealed class StartJournal : IPlacedJournal
{
    private readonly JournalFile _file;
    private readonly Dictionary<string, State> _states = new(StringComparer.Ordinal);

    private StartJournal(JournalFile file, string path)
    {
        _file = file;
        Places = new JournalPlaces(path);
    }

    public JournalPlaces Places { get; }

    /// <summary>How many associations the journal knows from earlier runs.</summary>
    public int KnownAssociations => _states.Count;

    /// <summary>Opens a journal, or begins one.</summary>
    /// <returns>The journal, with what earlier runs left in it. Nobody else can open it until it is disposed.</returns>
    /// <exception cref="JournalException">In use, no journal, one of another command, damaged, of another version, or not writable.</exception>
    public static StartJournal Open(string path) =>
        JournalFile.Open(path, JournalPurpose.Start, file => new StartJournal(file, path));

    /// <summary>Takes over what earlier runs did for an input. Called by the driving thread, once the Region is known.</summary>
    /// <returns>True where an earlier run started it.</returns>
    public bool Identify(StartItem item)
    {
        // What was done in another account says nothing of this one.
        if (!_states.TryGetValue(NameOf(item), out State state)
            || (state.AccountId is not null && item.AccountId is not null && state.AccountId != item.AccountId))
        {
            return false;
        }

        item.Earlier = (state.After, state.Before);
        return !state.IsOpen;
    }

    /// <summary>Records that associations are about to be started.</summary>
    /// <param name="after">The service's time, as far as it is known.</param>
    /// <exception cref="JournalException">It cannot be written, so nothing must be started.</exception>
    public void WriteIntent(IEnumerable<StartItem> items, DateTime at, DateTime after, DateTime before)
    {
        StringBuilder lines = new(Places.Announce());
        foreach (StartItem item in items)
        {
            lines.Append(Line("intent", item, at, after, before)).Append("}\n");
        }

        _file.Append(lines.ToString());
    }

    /// <summary>Records what became of them.</summary>
    /// <exception cref="JournalException">It cannot be written.</exception>
    public void WriteOutcomes(IEnumerable<StartItem> items)
    {
        StringBuilder lines = new();
        foreach (StartItem item in items)
        {
            AssociationStart result = item.Result!;
            StringBuilder line = Line("outcome", item, result.Timestamp, result.StartedAfter, result.StartedBefore);
            JournalFile.Member(line, "status", result.Status.ToString());
            JournalFile.Member(line, "errorCode", result.ErrorCode);
            lines.Append(line).Append("}\n");
        }

        _file.Append(lines.ToString());
    }

    public void Dispose() => _file.Dispose();

    private static string NameOf(StartItem item) => $"{item.Destination.Region}/{item.AssociationId}";

    private static StringBuilder Line(string kind, StartItem item, DateTime at, DateTime? after, DateTime? before)
    {
        StringBuilder line = new StringBuilder("{\"event\":\"").Append(kind).Append("\",\"at\":\"").Append(JournalFile.Text(at)).Append('"');
        JournalFile.Member(line, "association", NameOf(item));
        JournalFile.Member(line, "accountId", item.AccountId);
        JournalFile.Member(line, "after", after is { } first ? JournalFile.Text(first) : null);
        JournalFile.Member(line, "before", before is { } last ? JournalFile.Text(last) : null);
        return line;
    }

    public bool TakeLine(JournalLine line, long at)
    {
        if (line.Text("event") == "place")
        {
            return Places.Take(line);
        }

        if (line.Text("association") is not { } name)
        {
            return false;
        }

        State? State(bool isOpen) => line.Time("after") is { } after && line.Time("before") is { } before ? new State(isOpen, after, before, line.Text("accountId")) : null;
        switch (line.Text("event"))
        {
            case "intent" when State(isOpen: true) is { } open:
                _states[name] = open;
                return true;

            case "outcome" when Enum.TryParse(line.Text("status"), out StartStatus status):
                if (status is StartStatus.Started or StartStatus.Unknown)
                {
                    if (State(status == StartStatus.Unknown) is not { } state)
                    {
                        return false;
                    }

                    _states[name] = state;
                }
                else
                {
                    _states.Remove(name);
                }

                return true;

            default:
                return false;
        }
    }

    private readonly record struct State(bool IsOpen, DateTime After, DateTime Before, string? AccountId);
}
