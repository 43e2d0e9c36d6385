using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Commands.Output;

/// <summary>
/// Writes warnings: of each kind (same rule and member) the first twenty, and one at the end that counts all further ones and
/// names the first of their places. Of files, in which a kind is a column and its cause stands in the heading, a kind is told
/// once, and one warning counts all others by their kinds.
/// </summary>
/// <param name="command">Writes them.</param>
/// <param name="maxKindsOfFiles">Kinds of files that are told.</param>
internal sealed class RepeatedWarnings(Cmdlet command, int maxKindsOfFiles = 1)
{
    /// <summary>Kinds that the last warning of files counts one by one.</summary>
    private const int MaxKinds = 3;

    /// <summary>Places that the last warning of a kind names. A run may have a million of them, so no others are kept.</summary>
    private const int MaxPlaces = 10;

    private readonly Dictionary<string, Kind> _kinds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Kind> _kindsOfFiles = new(StringComparer.Ordinal);

    /// <summary>Takes a warning.</summary>
    /// <param name="kind">Member and rule.</param>
    /// <param name="place">What it is about, in short, as the last warning names it.</param>
    /// <param name="text">The warning, with its place.</param>
    /// <param name="isOfFile">True where it is about what came from a file.</param>
    public void Add(string kind, string place, string text, bool isOfFile)
    {
        Dictionary<string, Kind> kinds = isOfFile ? _kindsOfFiles : _kinds;
        if (!kinds.TryGetValue(kind, out Kind? seen))
        {
            kinds.Add(kind, seen = new Kind());
        }

        if (seen.Written < (!isOfFile ? ErrorsByKind.MaxOfAKind : kinds.Count <= maxKindsOfFiles ? 1 : 0))
        {
            seen.Written++;
            command.WriteWarning(VisibleText.Of(text));
            return;
        }

        seen.Others++;
        if (seen.Places.Count < MaxPlaces)
        {
            seen.Places.Add(place);
        }
    }

    /// <summary>Says of each kind how many were not written, and begins again.</summary>
    /// <param name="see">Where all of them are, as in <c>see Issues of the results</c>; null where nothing else has them.</param>
    public void Finish(string? see = null)
    {
        if (_kinds.Count == 0 && _kindsOfFiles.Count == 0)
        {
            return;
        }

        string source = see is null ? string.Empty : $"; {see}";
        foreach (KeyValuePair<string, Kind> kind in _kinds.Where(static kind => kind.Value.Others > 0))
        {
            string more = kind.Value.Others > kind.Value.Places.Count ? " and others" : string.Empty;
            command.WriteWarning(VisibleText.Of($"{Number(kind.Value.Others)} more of the same warning, {kind.Key}: {string.Join(", ", kind.Value.Places)}{more}{source}."));
        }

        List<KeyValuePair<string, Kind>> ofFiles = _kindsOfFiles.Where(static kind => kind.Value.Others > 0).OrderByDescending(static kind => kind.Value.Others).ToList();
        if (ofFiles.Count > 0)
        {
            string rest = ofFiles.Count > MaxKinds ? $"; and {ofFiles.Count - MaxKinds} more kind{(ofFiles.Count - MaxKinds == 1 ? string.Empty : "s")}" : string.Empty;
            IEnumerable<string> named = ofFiles.Take(MaxKinds).Select(static kind => $"{RepeatedErrors.Short(kind.Key)} {Number(kind.Value.Others)} ({kind.Value.Places[0]}{(kind.Value.Others > 1 ? ", ..." : string.Empty)})");
            command.WriteWarning(VisibleText.Of($"{Number(ofFiles.Sum(static kind => kind.Value.Others))} more warnings: {string.Join("; ", named)}{rest}{source}."));
        }

        _kinds.Clear();
        _kindsOfFiles.Clear();
    }

    private static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    private sealed class Kind
    {
        public int Written { get; set; }

        public long Others { get; set; }

        public List<string> Places { get; } = [];
    }
}
