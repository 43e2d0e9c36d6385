using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using SsmAssociationTools.Runs.Journal;

namespace SsmAssociationTools.Runs.Remove;

/// <summary>
/// A record on disk of what was deleted, so that a run that was killed can go on: an intent before the first call for an
/// association, an outcome after the last. It holds ids and no content. Safe for concurrent use.
/// </summary>
internal sealed class RemovalJournal : IDisposable
{
    private readonly JournalFile _file;

    /// <summary>The state of every association that a call was made for, by its name in the journal.</summary>
    private readonly Dictionary<string, (bool IsOpen, bool IsRemoved, string? AccountId)> _states = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Region, Guid Id), int> _occurrences = [];

    private RemovalJournal(JournalFile file) => _file = file;

    /// <summary>How many associations the journal knows from earlier runs.</summary>
    public int KnownAssociations => _states.Count;

    /// <summary>Opens a journal, or begins one.</summary>
    /// <returns>The journal, with what earlier runs left in it. Nobody else can open it until it is disposed.</returns>
    /// <exception cref="JournalException">In use, no journal, one of created entries, damaged, of another version, or not writable.</exception>
    public static RemovalJournal Open(string path)
    {
        var file = JournalFile.Open(path, JournalPurpose.Remove);
        try
        {
            var journal = new RemovalJournal(file);
            file.Begin(journal.TakeLine);
            return journal;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Takes over what earlier runs did for an input. Called by the driving thread, in input order, once the Region is known.
    /// </summary>
    /// <param name="item">The input; it is marked as unclear where a call was made and its outcome is not known.</param>
    public bool Identify(RemovalItem item)
    {
        (string, Guid) place = (item.Region!, item.Id!.Value);
        _occurrences.TryGetValue(place, out int occurrence);
        _occurrences[place] = occurrence + 1;
        item.Occurrence = occurrence;

        // What was done in another account says nothing of this one.
        if (!_states.TryGetValue(NameOf(item), out (bool IsOpen, bool IsRemoved, string? AccountId) state)
            || (state.AccountId is not null && item.AccountId is not null && state.AccountId != item.AccountId))
        {
            return false;
        }

        item.IsUnclear = state.IsOpen;
        item.IsAnnounced = state.IsOpen;
        return state.IsRemoved;
    }

    /// <summary>Records that an association is about to be deleted.</summary>
    /// <exception cref="JournalException">It cannot be written, so the association must not be deleted.</exception>
    public void WriteIntent(RemovalItem item, DateTime at) => _file.Append(Line("intent", item, at).Append("}\n").ToString());

    /// <summary>Records what became of an association.</summary>
    /// <exception cref="JournalException">It cannot be written.</exception>
    public void WriteOutcome(RemovalItem item)
    {
        AssociationRemoval result = item.Result!;
        StringBuilder line = Line("outcome", item, result.Timestamp);
        JournalFile.Member(line, "status", result.Status.ToString());
        JournalFile.Member(line, "errorCode", result.ErrorCode);
        _file.Append(line.Append("}\n").ToString());
    }

    public void Dispose() => _file.Dispose();

    private static string NameOf(RemovalItem item) => $"{item.Region}/{item.AssociationId}:{item.Occurrence.ToString(CultureInfo.InvariantCulture)}";

    private static StringBuilder Line(string kind, RemovalItem item, DateTime at)
    {
        StringBuilder line = new StringBuilder("{\"event\":\"").Append(kind).Append("\",\"at\":\"").Append(JournalFile.Text(at)).Append('"');
        JournalFile.Member(line, "association", NameOf(item));
        JournalFile.Member(line, "accountId", item.AccountId);
        return line;
    }

    private bool TakeLine(JournalLine line)
    {
        if (line.Text("association") is not { } name)
        {
            return false;
        }

        switch (line.Text("event"))
        {
            case "intent":
                _states[name] = (IsOpen: true, IsRemoved: false, line.Text("accountId"));
                return true;

            case "outcome" when Enum.TryParse(line.Text("status"), out RemovalStatus status):
                _states[name] = (IsOpen: status == RemovalStatus.Unknown, IsRemoved: status == RemovalStatus.Removed, line.Text("accountId"));
                return true;

            default:
                return false;
        }
    }
}
