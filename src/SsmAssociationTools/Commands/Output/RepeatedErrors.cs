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
/// True where all come from one file: what spoils one row mostly spoils a thousand, so a kind is told once, two at most,
/// and one error counts all others by their kinds.
/// </param>
/// <param name="maxOfOnlyKind">Of a file whose errors are of one kind so far, how many are told.</param>
internal sealed class RepeatedErrors(Cmdlet command, Func<string, string, Exception>? makeException = null, bool isOfFile = false, int maxOfOnlyKind = 1)
{
    /// <summary>Errors of a file that are written in full.</summary>
    public const int MaxOfAFile = 2;

    /// <summary>Errors of a kind that are written in full.</summary>
    public const int MaxOfAKind = 20;

    /// <summary>Places that the text of the last error names; its target has all.</summary>
    private const int MaxPlaces = 10;

    /// <summary>Kinds that the last error of a file counts one by one, and places that it names of each.</summary>
    private const int MaxKinds = 8;
    private const int MaxPlacesOfKind = 1;

    /// <summary>Characters of a kind that has no id.</summary>
    private const int MaxKindLength = 60;

    private readonly Dictionary<(string Id, string Kind), int> _counts = [];
    private readonly Dictionary<(string Id, string Kind), List<string>> _others = [];

    /// <summary>Takes an error.</summary>
    /// <param name="place">What it is about, in short, as the last error names it.</param>
    /// <param name="kinds">Member and rule of each of its problems; empty where the id says all.</param>
    /// <param name="make">Makes the record.</param>
    public void Add(string id, string place, IReadOnlyCollection<string> kinds, Func<ErrorRecord> make)
    {
        bool isShown = false;
        foreach (string kind in kinds.Count == 0 ? [string.Empty] : kinds)
        {
            _counts.TryGetValue((id, kind), out int count);
            bool isNew = count == 0 && _counts.Count < MaxOfAFile;
            _counts[(id, kind)] = count + 1;
            isShown |= isOfFile ? isNew || (_counts.Count == 1 && count < maxOfOnlyKind) : count < MaxOfAKind;
        }

        if (isShown)
        {
            command.WriteError(make());
            return;
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
        _counts.Clear();
        _others.Clear();
        if (isOfFile && others.Count > 0)
        {
            WriteSum(others);
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

    private void WriteSum(List<KeyValuePair<(string Id, string Kind), List<string>>> others)
    {
        string[] places = others.SelectMany(static other => other.Value).ToArray();
        IEnumerable<string> kinds = others.OrderByDescending(static other => other.Value.Count).Take(MaxKinds).Select(static other =>
            $"{Short(other.Key.Kind.Length == 0 ? other.Key.Id : other.Key.Kind)} {Number(other.Value.Count)} ({string.Join(", ", other.Value.Take(MaxPlacesOfKind))}{(other.Value.Count > MaxPlacesOfKind ? ", ..." : string.Empty)})");
        string rest = others.Count > MaxKinds ? $"; and {Number(others.Count - MaxKinds)} more kinds" : string.Empty;
        string id = others[0].Key.Id;
        string message = $"{Number(places.Length)} more errors: {string.Join("; ", kinds)}{rest}. TargetObject of this error lists all.";
        Exception exception = makeException?.Invoke(id, message) ?? new AssociationBatchException(id, message, []);
        command.WriteError(ErrorRecords.Make(exception, id, places, $"{Number(places.Length)} more", ErrorCatalog.Find(id).RecommendedAction));
    }

    private static string Short(string kind) => kind.Length <= MaxKindLength ? kind : kind.Substring(0, kind.LastIndexOf(' ', MaxKindLength)) + " ...";

    private static string Number(int value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}
