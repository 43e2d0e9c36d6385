using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Commands.Output;

/// <summary>
/// Writes warnings: of each kind (same rule and member) the first twenty, and one at the end that counts all further ones and
/// names the first of their places.
/// </summary>
/// <param name="command">Writes them.</param>
/// <param name="isOfFile">
/// True where all come from one file, in which a kind is a column and its cause stands in the heading: a kind is told once, eight
/// kinds at most, and where several repeat, one warning counts them.
/// </param>
internal sealed class RepeatedWarnings(Cmdlet command, bool isOfFile = false)
{
    /// <summary>Kinds of a file that are written, and that the last warning counts one by one.</summary>
    private const int MaxKinds = 8;

    /// <summary>Places that the last warning of a kind names. A run may have a million of them, so no others are kept.</summary>
    private const int MaxPlaces = 10;

    private readonly Dictionary<string, Kind> _kinds = new(StringComparer.Ordinal);

    /// <summary>Takes a warning.</summary>
    /// <param name="kind">Member and rule.</param>
    /// <param name="place">What it is about, in short, as the last warning names it.</param>
    /// <param name="text">The warning, with its place.</param>
    public void Add(string kind, string place, string text)
    {
        if (!_kinds.TryGetValue(kind, out Kind? seen))
        {
            _kinds.Add(kind, seen = new Kind());
        }

        if (seen.Written < (!isOfFile ? RepeatedErrors.MaxOfAKind : _kinds.Count <= MaxKinds ? 1 : 0))
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
        List<KeyValuePair<string, Kind>> repeated = _kinds.Where(static kind => kind.Value.Others > 0).OrderByDescending(static kind => kind.Value.Others).ToList();
        if (isOfFile && repeated.Count > 1)
        {
            string rest = repeated.Count > MaxKinds ? $"; and {repeated.Count - MaxKinds} more kinds" : string.Empty;
            command.WriteWarning(VisibleText.Of(
                $"{Number(repeated.Sum(static kind => kind.Value.Others))} more warnings: {string.Join("; ", repeated.Take(MaxKinds).Select(static kind => $"{kind.Key} {Number(kind.Value.Others)} ({kind.Value.Places[0]}{(kind.Value.Others > 1 ? ", ..." : string.Empty)})"))}{rest}."));
            _kinds.Clear();
            return;
        }

        foreach (KeyValuePair<string, Kind> kind in _kinds)
        {
            if (kind.Value.Others > 0)
            {
                string count = Number(kind.Value.Others);
                string more = kind.Value.Others > kind.Value.Places.Count ? " and others" : string.Empty;
                string source = see is null ? string.Empty : $"; {see}";
                command.WriteWarning(VisibleText.Of($"{count} more of the same warning, {kind.Key}: {string.Join(", ", kind.Value.Places)}{more}{source}."));
            }
        }

        _kinds.Clear();
    }

    private static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    private sealed class Kind
    {
        public int Written { get; set; }

        public long Others { get; set; }

        public List<string> Places { get; } = [];
    }
}
