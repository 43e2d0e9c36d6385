using System;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Content;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Runs.Create;

/// <summary>
/// Finds for each part of an answer the entry of the call that it speaks of. The service gives no key and no place, and it
/// fills in, leaves out and respells members. So entries are matched by their whole content first, then by content in one
/// spelling, then as a whole, where only one way to pair them is the best; what is left is open.
/// Not safe for concurrent use.
/// </summary>
internal sealed class AnswerMatcher : IDisposable
{
    private readonly CanonicalContent _canonical = new();
    private readonly Func<string, bool> _isTaken;
    private readonly FilledInValues _filledIn;

    /// <param name="isTaken">Says whether an association is known to belong to another entry, or to have been there before.</param>
    /// <param name="filledIn">Knows, and learns, what the service fills in.</param>
    public AnswerMatcher(Func<string, bool> isTaken, FilledInValues filledIn)
    {
        _isTaken = isTaken;
        _filledIn = filledIn;
    }

    /// <summary>Matches an answer with the entries of its call.</summary>
    /// <param name="duration">How long the call took.</param>
    public MatchedAnswer Match(IReadOnlyList<WorkItem> items, CreateBatchAnswer answer, TimeSpan duration)
    {
        var result = new MatchedAnswer();
        var open = new List<WorkItem>(items);
        var parts = new List<AnswerPart>(answer.Successful.Count + answer.Failed.Count);
        var ids = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (AssociationRecord created in answer.Successful)
        {
            // An association that is named twice was created once, and one that another entry has is not of this call.
            if (string.IsNullOrWhiteSpace(created.AssociationId) || (ids.Add(created.AssociationId!) && !_isTaken(created.AssociationId!)))
            {
                parts.Add(new AnswerPart(created.Content, created, null));
            }
        }

        foreach (FailedEntry failed in answer.Failed)
        {
            parts.Add(new AnswerPart(failed.Entry, null, failed));
        }

        RemoveOlder(parts, items.Count, duration);
        MatchByKey(open, parts, result, static item => item.Key, part => _canonical.KeyOf(part.Content!));
        if (open.Count > 0 && parts.Count > 0)
        {
            MatchByKey(open, parts, result, static item => item.Key, part => _canonical.KeyOf(ReadBackContent.Of(part.Content!, part.Created?.AssociationId)));
            MatchAsWhole(open, parts, result);
            MatchNameless(open, parts, result);
        }

        result.NotReported.AddRange(open);
        foreach (AnswerPart part in parts)
        {
            if (part.Created is not null)
            {
                result.Unclaimed.Add(part.Created);
            }
            else
            {
                result.UnmatchedFailures++;
            }
        }

        return result;
    }

    public void Dispose() => _canonical.Dispose();

    /// <summary>
    /// Where an answer names more than was asked for, what is older than the rest by more than the call took was not created
    /// by it: it was there before.
    /// </summary>
    private static void RemoveOlder(List<AnswerPart> parts, int asked, TimeSpan duration)
    {
        if (parts.Count <= asked || parts.Max(static part => part.Created?.Date) is not { } newest)
        {
            return;
        }

        foreach (AnswerPart part in parts.Where(part => part.Created?.Date is { } date && newest - date > duration + ServiceClock.Margin).OrderBy(static part => part.Created!.Date).Take(parts.Count - asked).ToList())
        {
            parts.Remove(part);
        }
    }

    private static void Settle(WorkItem item, AnswerPart part, MatchedAnswer result)
    {
        if (part.Created is not null)
        {
            result.Created.Add((item, part.Created));
        }
        else
        {
            result.Failed.Add((item, part.Failed!));
        }
    }

    /// <summary>
    /// Failed parts without an entry say only how many failed. When nothing else is open, that is every open entry; the
    /// reason is theirs where there is one reason only.
    /// </summary>
    private static void MatchNameless(List<WorkItem> open, List<AnswerPart> parts, MatchedAnswer result)
    {
        if (open.Count == 0 || parts.Count != open.Count || parts.Any(static part => part.Content is not null || part.Failed is null))
        {
            return;
        }

        FailedEntry first = parts[0].Failed!;
        bool sameReason = parts.TrueForAll(part => part.Failed!.Message == first.Message && part.Failed.Fault == first.Fault);
        FailedEntry reason = sameReason
            ? first
            : new FailedEntry { Message = "One of: " + string.Join(" | ", parts.Select(static part => part.Failed!.Message).Distinct()), Fault = "Unknown" };
        foreach (WorkItem item in open)
        {
            result.ProbablyFailed.Add((item, reason));
        }

        open.Clear();
        parts.Clear();
    }

    private static void MatchByKey<TKey>(List<WorkItem> open, List<AnswerPart> parts, MatchedAnswer result, Func<WorkItem, TKey> keyOf, Func<AnswerPart, TKey> keyOfPart)
        where TKey : notnull
    {
        var byKey = new Dictionary<TKey, WorkItem>(open.Count);
        foreach (WorkItem item in open)
        {
            byKey[keyOf(item)] = item;
        }

        int kept = 0;
        for (int i = 0; i < parts.Count; i++)
        {
            AnswerPart part = parts[i];
            if (part.Content is not null && keyOfPart(part) is var key && byKey.TryGetValue(key, out WorkItem? item))
            {
                byKey.Remove(key);
                Settle(item, part, result);
            }
            else
            {
                parts[kept++] = part;
            }
        }

        parts.RemoveRange(kept, parts.Count - kept);
        open.RemoveAll(item => !byKey.ContainsKey(keyOf(item)));
    }

    /// <summary>Settles what can be paired in one way only.</summary>
    private void MatchAsWhole(List<WorkItem> open, List<AnswerPart> parts, MatchedAnswer result)
    {
        List<AnswerPart> named = parts.FindAll(static part => part.Content is not null);
        if (open.Count == 0 || named.Count == 0)
        {
            return;
        }

        List<ContentProfile> entries = open.ConvertAll(static item => new ContentProfile(item.Entry!));
        List<ContentProfile> contents = named.ConvertAll(static part => new ContentProfile(part.Content!, part.Created?.AssociationId));
        var pairing = new Pairing(entries, contents, static (_, _) => true, _filledIn.Has, isWhole: false, mayLack: true);
        var settled = new HashSet<WorkItem>();
        for (int entry = 0; entry < entries.Count; entry++)
        {
            if (pairing.PartnerOf(entry) is var partner && partner >= 0)
            {
                Fit fit = pairing.FitOf(entry, partner)!;
                if (named[partner].Failed is { } failure && !fit.IsCovered)
                {
                    // It says too little of the entry to be believed.
                    result.ProbablyFailed.Add((open[entry], failure));
                }
                else
                {
                    _filledIn.Add(fit);
                    Settle(open[entry], named[partner], result);
                }

                settled.Add(open[entry]);
                parts.Remove(named[partner]);
            }
        }

        open.RemoveAll(settled.Contains);
    }

    /// <summary>One part of an answer: created or failed, with the content it names.</summary>
    private sealed class AnswerPart
    {
        public AnswerPart(AssociationEntry? content, AssociationRecord? created, FailedEntry? failed)
        {
            Content = content;
            Created = created;
            Failed = failed;
        }

        public AssociationEntry? Content { get; }

        public AssociationRecord? Created { get; }

        public FailedEntry? Failed { get; }
    }
}
