using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using SsmAssociationTools.Runs.Journal;

namespace SsmAssociationTools.Runs.Update;

/// <summary>
/// A record on disk of what was changed, so that a run that was killed can go on: an intent with the version that a call
/// names before the first call for an association, an outcome after the last. It holds ids and versions and no content.
/// Safe for concurrent use.
/// </summary>
internal sealed class UpdateJournal : IPlacedJournal
{
    private readonly JournalFile _file;
    private readonly Dictionary<string, State> _states = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Region, Guid Id), int> _occurrences = [];

    private UpdateJournal(JournalFile file, string path)
    {
        _file = file;
        Places = new JournalPlaces(path);
    }

    public JournalPlaces Places { get; }

    /// <summary>How many changes the journal knows from earlier runs.</summary>
    public int KnownChanges => _states.Count;

    /// <summary>Opens a journal, or begins one.</summary>
    /// <returns>The journal, with what earlier runs left in it. Nobody else can open it until it is disposed.</returns>
    /// <exception cref="JournalException">In use, no journal, one of another command, damaged, of another version, or not writable.</exception>
    public static UpdateJournal Open(string path) =>
        JournalFile.Open(path, JournalPurpose.Update, file => new UpdateJournal(file, path));

    /// <summary>Takes over what earlier runs did for an input. Called by the driving thread, in input order, once the Region is known.</summary>
    public void Identify(UpdateItem item)
    {
        (string, Guid) place = (item.Destination.Region!, item.Id!.Value);
        _occurrences.TryGetValue(place, out int occurrence);
        _occurrences[place] = occurrence + (item.Refusal is null ? 1 : 0);
        item.Occurrence = occurrence;

        // What was done in another account says nothing of this one.
        if (!_states.TryGetValue(NameOf(item), out State state)
            || (state.AccountId is not null && item.AccountId is not null && state.AccountId != item.AccountId))
        {
            return;
        }

        if (state.IsOpen)
        {
            item.IsUnclear = true;
            item.IsAnnounced = true;
            item.SentVersion = state.Before;
        }
        else
        {
            item.KnownVersions = (state.Before, state.After);
        }
    }

    /// <summary>Records that an association is about to be changed.</summary>
    /// <exception cref="JournalException">It cannot be written, so the association must not be changed.</exception>
    public void WriteIntent(UpdateItem item, DateTime at) => _file.Append(Places.Announce() + Line("intent", item, at).Append("}\n"));

    /// <summary>Records what became of the change.</summary>
    /// <exception cref="JournalException">It cannot be written.</exception>
    public void WriteOutcome(UpdateItem item)
    {
        AssociationResult result = item.Result!;
        StringBuilder line = Line("outcome", item, result.Timestamp);
        JournalFile.Member(line, "status", result.Status.ToString());
        JournalFile.Member(line, "after", result.AssociationVersion);
        JournalFile.Member(line, "errorCode", result.ErrorCode);
        _file.Append(line.Append("}\n").ToString());
    }

    public void Dispose() => _file.Dispose();

    private static string NameOf(UpdateItem item) => $"{item.Destination.Region}/{item.AssociationId}:{item.Occurrence.ToString(CultureInfo.InvariantCulture)}";

    private static StringBuilder Line(string kind, UpdateItem item, DateTime at)
    {
        StringBuilder line = new StringBuilder("{\"event\":\"").Append(kind).Append("\",\"at\":\"").Append(JournalFile.Text(at)).Append('"');
        JournalFile.Member(line, "association", NameOf(item));
        JournalFile.Member(line, "accountId", item.AccountId);
        JournalFile.Member(line, "before", item.VersionBefore);
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

        switch (line.Text("event"))
        {
            case "intent":
                _states[name] = new State(IsOpen: true, line.Text("before"), null, line.Text("accountId"));
                return true;

            case "outcome" when Enum.TryParse(line.Text("status"), out AssociationStatus status):
                if (status is AssociationStatus.Updated or AssociationStatus.Unknown)
                {
                    _states[name] = new State(status == AssociationStatus.Unknown, line.Text("before"), line.Text("after"), line.Text("accountId"));
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

    private readonly record struct State(bool IsOpen, string? Before, string? After, string? AccountId);
}
