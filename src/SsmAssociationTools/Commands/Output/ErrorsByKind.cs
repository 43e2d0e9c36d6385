using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Commands.Output;

/// <summary>
/// Writes of each kind of errors (same error id, rule and member) the first twenty, and one at the end for all further ones.
/// An error of several kinds is written while one of them is.
/// </summary>
internal sealed class ErrorsByKind(Cmdlet command, Func<string, string, Exception>? makeException = null) : RepeatedErrors(command, makeException)
{
    /// <summary>Errors of a kind that are written in full.</summary>
    public const int MaxOfAKind = 20;

    /// <summary>Places that the text of the last error names; its target has all.</summary>
    private const int MaxPlaces = 10;

    private readonly Dictionary<(string Id, string Kind), int> _counts = [];

    protected override bool Count(string id, IReadOnlyCollection<string> kinds, bool isTold)
    {
        bool isShown = false;
        foreach (string kind in kinds.Count == 0 ? [string.Empty] : kinds)
        {
            _counts.TryGetValue((id, kind), out int count);
            _counts[(id, kind)] = count + 1;
            isShown |= count < MaxOfAKind;
        }

        return isShown;
    }

    protected override void Finish(List<KeyValuePair<(string Id, string Kind), List<string>>> others)
    {
        _counts.Clear();
        foreach (KeyValuePair<(string Id, string Kind), List<string>> other in others)
        {
            (string id, string kind) = other.Key;
            List<string> places = other.Value;
            string named = string.Join(", ", places.Take(MaxPlaces));
            string more = places.Count > MaxPlaces ? $" and {Number(places.Count - MaxPlaces)} more, which TargetObject of this error lists" : string.Empty;
            string message = $"{Number(places.Count)} more of the same error{(kind.Length == 0 ? string.Empty : ", " + kind)}: {named}{more}.";
            WriteSum(id, message, places.ToArray(), AdviceOf(id) ?? ErrorCatalog.Find(id).RecommendedAction);
        }
    }
}
