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
internal sealed class RemovalJournal : IPlacedJournal
{
    private readonly JournalFile _file;

    /// <summary>The state of every association that a call was made for.</summary>
    private readonly Dictionary<Name, Mark> _states = [];
    private readonly Dictionary<(string Region, Guid Id), int> _occurrences = [];

    /// <summary>Regions and accounts, each text once.</summary>
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    private RemovalJournal(JournalFile file, string path)
    {
        _file = file;
        Places = new JournalPlaces(path);
    }

    public JournalPlaces Places { get; }

    /// <summary>How many associations the journal knows from earlier runs.</summary>
    public int KnownAssociations => _states.Count;

    /// <summary>Opens a journal, or begins one.</summary>
    /// <returns>The journal, with what earlier runs left in it. Nobody else can open it until it is disposed.</returns>
    /// <exception cref="JournalException">In use, no journal, one of created entries, damaged, of another version, or not writable.</exception>
    public static RemovalJournal Open(string path) =>
        JournalFile.Open(path, JournalPurpose.Remove, file => new RemovalJournal(file, path));

    /// <summary>
    /// Takes over what earlier runs did for an input. Called by the driving thread, in input order, once the Region is known.
    /// </summary>
    /// <param name="item">The input; it is marked as unclear where a call was made and its outcome is not known.</param>
    public bool Identify(RemovalItem item)
    {
        (string, Guid) place = (item.Destination.Region!, item.Id!.Value);
        _occurrences.TryGetValue(place, out int occurrence);
        _occurrences[place] = occurrence + (item.Refusal is null ? 1 : 0);
        item.Occurrence = occurrence;

        // What was done in another account says nothing of this one.
        if (!_states.TryGetValue(new Name(item.Destination.Region!, item.Id.Value, occurrence), out Mark state)
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
    public void WriteIntent(RemovalItem item, DateTime at) =>
        _file.Append(Places.Announce() + Line("intent", item, at).Append("}\n"));

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

    private static StringBuilder Line(string kind, RemovalItem item, DateTime at)
    {
        StringBuilder line = new StringBuilder("{\"event\":\"").Append(kind).Append("\",\"at\":\"").Append(JournalFile.Text(at)).Append('"');
        JournalFile.Member(line, "association", $"{item.Destination.Region}/{item.AssociationId}:{item.Occurrence.ToString(CultureInfo.InvariantCulture)}");
        JournalFile.Member(line, "accountId", item.AccountId);
        return line;
    }

    public bool TakeLine(JournalLine line, long at)
    {
        string? kind = line.Text("event");
        if (kind == "place")
        {
            return Places.Take(line);
        }

        if (NameOf(line.Text("association")) is not { } name)
        {
            return false;
        }

        string? account = line.Text("accountId") is { } text ? Once(text) : null;
        switch (kind)
        {
            case "intent":
                _states[name] = new Mark(IsOpen: true, IsRemoved: false, account);
                return true;

            case "outcome" when Enum.TryParse(line.Text("status"), out RemovalStatus status):
                _states[name] = new Mark(IsOpen: status == RemovalStatus.Unknown, IsRemoved: status == RemovalStatus.Removed, account);
                return true;

            default:
                return false;
        }
    }

    /// <summary>Reads REGION/ID:NUMBER.</summary>
    private Name? NameOf(string? text)
    {
        int slash = text?.IndexOf('/') ?? -1;
        int colon = text?.LastIndexOf(':') ?? -1;
        return slash >= 0 && colon > slash
            && Guid.TryParseExact(text!.Substring(slash + 1, colon - slash - 1), "D", out Guid id)
            && int.TryParse(text.Substring(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int occurrence)
            ? new Name(Once(text.Substring(0, slash)), id, occurrence)
            : null;
    }

    private string Once(string text)
    {
        if (!_texts.TryGetValue(text, out string? once))
        {
            _texts.Add(text, once = text);
        }

        return once;
    }

    private readonly record struct Name(string Region, Guid Id, int Occurrence);

    private readonly record struct Mark(bool IsOpen, bool IsRemoved, string? AccountId);
}
