using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;

namespace SsmAssociationTools.Commands.Output;

/// <summary>
/// Writes errors, and few of those that say the same: the first ones in full, and at the end one that counts the others and
/// names their places. Which are the first ones, and what the last one says, the classes below decide.
/// </summary>
/// <param name="command">Writes them.</param>
/// <param name="makeException">Makes the exception of the last error; null for that of a run.</param>
internal abstract class RepeatedErrors(Cmdlet command, Func<string, string, Exception>? makeException)
{
    /// <summary>Characters of a kind that has no id.</summary>
    private const int MaxKindLength = 60;

    /// <summary>Places of the errors that were not written, by id and kind.</summary>
    private readonly Dictionary<(string Id, string Kind), List<string>> _others = [];

    /// <summary>What the errors that were written say to do, by id: what an id asks for differs between commands.</summary>
    private readonly Dictionary<string, string?> _advice = new(StringComparer.Ordinal);

    /// <summary>Takes an error.</summary>
    /// <param name="place">What it is about, in short, as the last error names it.</param>
    /// <param name="kinds">Member and rule of each of its problems; empty where the id says all.</param>
    /// <param name="make">Makes the record.</param>
    /// <param name="isTold">True where another command has told it: of files it is counted only.</param>
    public void Add(string id, string place, IReadOnlyCollection<string> kinds, Func<ErrorRecord> make, bool isTold = false)
    {
        if (Count(id, kinds, isTold))
        {
            ErrorRecord error = make();
            _advice[id] = error.ErrorDetails?.RecommendedAction;
            Write(error);
            return;
        }

        Hold(make);
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

    /// <summary>Says how many were not written, and begins again.</summary>
    public void Finish()
    {
        // Most commands have none, and a list of pairs is code that the runtime would first have to compile.
        List<KeyValuePair<(string Id, string Kind), List<string>>> others = _others.Count == 0 ? [] : _others.ToList();
        _others.Clear();
        Finish(others);
    }

    /// <summary>A kind in few words: one without an id is a whole sentence.</summary>
    public static string Short(string kind)
    {
        // Member and rule are named whole.
        int end = kind.Length <= MaxKindLength || kind.EndsWith("]", StringComparison.Ordinal) ? -1 : kind.LastIndexOf(' ', MaxKindLength);
        return end < 0 ? kind : kind.Substring(0, end) + " ...";
    }

    /// <summary>Counts an error.</summary>
    /// <returns>True where it is written in full.</returns>
    protected abstract bool Count(string id, IReadOnlyCollection<string> kinds, bool isTold);

    /// <summary>Takes an error that is not written in full, or not yet.</summary>
    protected virtual void Hold(Func<ErrorRecord> make)
    {
    }

    /// <summary>Forgets what was counted, then writes what is left to say: writing may end the command.</summary>
    /// <param name="others">Places of the errors that were not written, by id and kind.</param>
    protected abstract void Finish(List<KeyValuePair<(string Id, string Kind), List<string>>> others);

    protected void Write(ErrorRecord error) => command.WriteError(error);

    /// <summary>Writes the error that stands for others.</summary>
    protected void WriteSum(string id, string message, string[] places, string? action)
    {
        Exception exception = makeException?.Invoke(id, message) ?? new AssociationBatchException(id, message, []);
        Write(ErrorRecords.Make(exception, id, places, $"{Number(places.Length)} more", action));
    }

    /// <summary>What the errors of an id that were written say to do; null where none was.</summary>
    protected string? AdviceOf(string id) => _advice.TryGetValue(id, out string? advice) ? advice : null;

    protected static string Number(int value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}
