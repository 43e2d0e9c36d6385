using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace SsmAssociationTools.Commands.Output;

/// <summary>
/// Writes errors of files: what spoils one row mostly spoils a thousand, and one screen is to hold what is said of them. So the
/// first of each id is told, and where more than two others follow, one error for each id counts them by their kinds.
/// </summary>
internal sealed class ErrorsOfFiles(Cmdlet command, Func<string, string, Exception>? makeException = null) : RepeatedErrors(command, makeException)
{
    /// <summary>Errors after the first that wait for the end, to be written in full where no more follow.</summary>
    private const int MaxHeld = 2;

    /// <summary>Kinds that the last error counts one by one, and places that it names of each.</summary>
    private const int MaxKinds = 3;
    private const int MaxPlacesOfKind = 1;

    private readonly List<Func<ErrorRecord>> _held = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private long _count;

    protected override bool Count(string id, IReadOnlyCollection<string> kinds, bool isTold)
    {
        _count++;
        return !isTold && _ids.Add(id);
    }

    protected override void Hold(Func<ErrorRecord> make)
    {
        if (_held.Count < MaxHeld)
        {
            _held.Add(make);
        }
    }

    protected override void Finish(List<KeyValuePair<(string Id, string Kind), List<string>>> others)
    {
        Func<ErrorRecord>[] held = _held.ToArray();
        bool isAllHeld = _count <= held.Length + _ids.Count;
        _held.Clear();
        _ids.Clear();
        _count = 0;
        if (isAllHeld)
        {
            foreach (Func<ErrorRecord> make in held)
            {
                Write(make());
            }

            return;
        }

        foreach (IGrouping<string, KeyValuePair<(string Id, string Kind), List<string>>> ofId in others.GroupBy(static other => other.Key.Id))
        {
            Write(ofId.Key, ofId.ToList());
        }
    }

    private void Write(string id, List<KeyValuePair<(string Id, string Kind), List<string>>> others)
    {
        string[] places = others.SelectMany(static other => other.Value).ToArray();
        IEnumerable<string> kinds = others.OrderByDescending(static other => other.Value.Count).Take(MaxKinds).Select(static other =>
            $"{(other.Key.Kind.Length == 0 ? other.Key.Id : Short(other.Key.Kind))} {Number(other.Value.Count)} ({Named(other.Value)})");
        string rest = others.Count > MaxKinds ? $"; and {Number(others.Count - MaxKinds)} more kind{(others.Count - MaxKinds == 1 ? string.Empty : "s")}" : string.Empty;
        WriteSum(id, $"{Number(places.Length)} more errors, which TargetObject lists: {string.Join("; ", kinds)}{rest}.", places, null);
    }

    private static string Named(List<string> places) =>
        string.Join(", ", places.Take(MaxPlacesOfKind)) + (places.Count > MaxPlacesOfKind ? ", ..." : string.Empty);
}
