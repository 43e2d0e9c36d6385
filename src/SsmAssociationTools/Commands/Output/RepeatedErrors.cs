using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Commands.Output;

/// <summary>
/// Writes errors: of each kind (same error id, rule and member) the first twenty, and one at the end that counts all further
/// ones and names their places. An error of several kinds is written while one of them is.
/// </summary>
/// <param name="command">Writes them.</param>
/// <param name="makeException">Makes the exception of the last error; null for that of a run.</param>
/// <param name="isOfFile">
/// True where all come from files: what spoils one row mostly spoils a thousand, and one screen is to hold what is said of them.
/// So the first of each id is told, and where more than two others follow, one error for each id counts them by their kinds.
/// </param>
internal sealed class RepeatedErrors(Cmdlet command, Func<string, string, Exception>? makeException = null, bool isOfFile = false)
{
    /// <summary>Errors of a kind that are written in full.</summary>
    public const int MaxOfAKind = 20;

    /// <summary>Errors of files after the first that wait for the end, to be written in full where no more follow.</summary>
    private const int MaxHeld = 2;

    /// <summary>Places that the text of the last error names; its target has all.</summary>
    private const int MaxPlaces = 10;

    /// <summary>Kinds that the last error of a file counts one by one, and places that it names of each.</summary>
    private const int MaxKinds = 3;
    private const int MaxPlacesOfKind = 1;

    /// <summary>Characters of a kind that has no id.</summary>
    private const int MaxKindLength = 60;

    private readonly Dictionary<(string Id, string Kind), int> _counts = [];
    private readonly Dictionary<(string Id, string Kind), List<string>> _others = [];
    private readonly List<Func<ErrorRecord>> _held = [];
    private readonly HashSet<string> _idsOfFiles = new(StringComparer.Ordinal);
    private long _ofFiles;

    /// <summary>Takes an error.</summary>
    /// <param name="place">What it is about, in short, as the last error names it.</param>
    /// <param name="kinds">Member and rule of each of its problems; empty where the id says all.</param>
    /// <param name="make">Makes the record.</param>
    /// <param name="isTold">True where another command has told it: of files it is counted only.</param>
    public void Add(string id, string place, IReadOnlyCollection<string> kinds, Func<ErrorRecord> make, bool isTold = false)
    {
        bool isShown = isOfFile && !isTold && _idsOfFiles.Add(id);
        _ofFiles++;
        foreach (string kind in kinds.Count == 0 ? [string.Empty] : kinds)
        {
            _counts.TryGetValue((id, kind), out int count);
            _counts[(id, kind)] = count + 1;
            isShown |= !isOfFile && count < MaxOfAKind;
        }

        if (isShown)
        {
            command.WriteError(make());
            return;
        }

        if (isOfFile && _held.Count < MaxHeld)
        {
            _held.Add(make);
        }

        (string, string) first = (id, kinds.FirstOrDefault() ?? string.Empty);
        if (!_others.TryGetValue(first, out List<string>? places))
        {
            places = [];
            _others.Add(first, places);
        }

        places.Add(place);
    }

    /// <summary>Takes an error whose id says all.</summary>
    public void Add(ErrorRecord error, string place) => Add(error.FullyQualifiedErrorId, place, [], () => error);

    /// <summary>Takes an entry that breaks rules.</summary>
    public void Add(ErrorRecord error, string place, IReadOnlyList<EntryIssue> issues) =>
        Add(error.FullyQualifiedErrorId, place, KindsOf(issues), () => error);

    /// <summary>Member and rule of each error among issues.</summary>
    public static IReadOnlyCollection<string> KindsOf(IReadOnlyList<EntryIssue> issues) =>
        issues.Where(static issue => issue.Level == IssueSeverity.Error).Select(static issue => issue.Kind).Distinct().ToList();

    /// <summary>Writes one error for all of a kind that were not written, and begins again.</summary>
    public void Finish()
    {
        var others = _others.ToList();
        bool isAllHeld = _ofFiles <= _held.Count + _idsOfFiles.Count;
        Func<ErrorRecord>[] held = _held.ToArray();
        _counts.Clear();
        _others.Clear();
        _held.Clear();
        _ofFiles = 0;
        _idsOfFiles.Clear();
        if (isOfFile)
        {
            foreach (Func<ErrorRecord> make in isAllHeld ? held : [])
            {
                command.WriteError(make());
            }

            foreach (IGrouping<string, KeyValuePair<(string Id, string Kind), List<string>>> ofId in isAllHeld ? [] : others.GroupBy(static other => other.Key.Id))
            {
                WriteSum(ofId.Key, ofId.ToList());
            }

            return;
        }

        foreach (KeyValuePair<(string Id, string Kind), List<string>> other in others)
        {
            (string id, string kind) = other.Key;
            List<string> places = other.Value;
            string count = places.Count.ToString("#,0", CultureInfo.InvariantCulture);
            string named = string.Join(", ", places.Take(MaxPlaces));
            string more = places.Count > MaxPlaces ? $" and {(places.Count - MaxPlaces).ToString("#,0", CultureInfo.InvariantCulture)} more, which TargetObject of this error lists" : string.Empty;
            string message = $"{count} more of the same error{(kind.Length == 0 ? string.Empty : ", " + kind)}: {named}{more}.";
            Exception exception = makeException?.Invoke(id, message) ?? new AssociationBatchException(id, message, []);
            command.WriteError(ErrorRecords.Make(exception, id, places.ToArray(), $"{count} more", ErrorCatalog.Find(id).RecommendedAction));
        }
    }

    private void WriteSum(string id, List<KeyValuePair<(string Id, string Kind), List<string>>> others)
    {
        string[] places = others.SelectMany(static other => other.Value).ToArray();
        IEnumerable<string> kinds = others.OrderByDescending(static other => other.Value.Count).Take(MaxKinds).Select(static other =>
            $"{(other.Key.Kind.Length == 0 ? other.Key.Id : Short(other.Key.Kind))} {Number(other.Value.Count)} ({string.Join(", ", other.Value.Take(MaxPlacesOfKind))}{(other.Value.Count > MaxPlacesOfKind ? ", ..." : string.Empty)})");
        string rest = others.Count > MaxKinds ? $"; and {Number(others.Count - MaxKinds)} more kind{(others.Count - MaxKinds == 1 ? string.Empty : "s")}" : string.Empty;
        string message = $"{Number(places.Length)} more errors, which TargetObject lists: {string.Join("; ", kinds)}{rest}.";
        Exception exception = makeException?.Invoke(id, message) ?? new AssociationBatchException(id, message, []);
        command.WriteError(ErrorRecords.Make(exception, id, places, $"{Number(places.Length)} more", null));
    }

    /// <summary>A kind in few words: one without an id is a whole sentence.</summary>
    public static string Short(string kind)
    {
        // Member and rule are named whole.
        int end = kind.Length <= MaxKindLength || kind.EndsWith("]", StringComparison.Ordinal) ? -1 : kind.LastIndexOf(' ', MaxKindLength);
        return end < 0 ? kind : kind.Substring(0, end) + " ...";
    }

    private static string Number(int value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}
