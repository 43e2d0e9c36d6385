using System;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Content;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Runs.Create;

/// <summary>
/// Finds for each part of an answer the entry of the call that it speaks of. The service gives no key and no place, and
/// it fills in and leaves out members. So entries are matched by their whole content first; what is left is matched
/// where an entry and a part contradict each other in no member and neither fits any other.
/// Not safe for concurrent use.
/// </summary>
internal sealed class AnswerMatcher : IDisposable
{
    private readonly CanonicalContent _canonical = new();

    /// <summary>Matches an answer with the entries of its call.</summary>
    public MatchedAnswer Match(IReadOnlyList<WorkItem> items, CreateBatchAnswer answer)
    {
        var result = new MatchedAnswer();
        var open = new List<WorkItem>(items);
        var parts = new List<AnswerPart>(answer.Successful.Count + answer.Failed.Count);
        foreach (AssociationRecord created in answer.Successful)
        {
            parts.Add(new AnswerPart(created.Content, created, null));
        }

        foreach (FailedEntry failed in answer.Failed)
        {
            parts.Add(new AnswerPart(failed.Entry, null, failed));
        }

        MatchByWholeContent(open, parts, result);
        while (MatchByAgreement(open, parts, result))
        {
        }

        MatchNameless(open, parts, result);
        result.NotReported.AddRange(open);
        result.UnmatchedParts = parts.Count;
        return result;
    }

    public void Dispose() => _canonical.Dispose();

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
            result.Failed.Add((item, reason));
        }

        open.Clear();
        parts.Clear();
    }

    private void MatchByWholeContent(List<WorkItem> open, List<AnswerPart> parts, MatchedAnswer result)
    {
        var byKey = new Dictionary<ContentKey, WorkItem>(open.Count);
        foreach (WorkItem item in open)
        {
            byKey[item.Key] = item;
        }

        int kept = 0;
        for (int i = 0; i < parts.Count; i++)
        {
            AnswerPart part = parts[i];
            if (part.Content is not null && byKey.TryGetValue(_canonical.KeyOf(part.Content), out WorkItem? item))
            {
                byKey.Remove(item.Key);
                Settle(item, part, result);
            }
            else
            {
                parts[kept++] = part;
            }
        }

        parts.RemoveRange(kept, parts.Count - kept);
        open.RemoveAll(item => !byKey.ContainsKey(item.Key));
    }

    /// <summary>Settles the pairs that fit each other and nothing else.</summary>
    private bool MatchByAgreement(List<WorkItem> open, List<AnswerPart> parts, MatchedAnswer result)
    {
        for (int i = 0; i < open.Count; i++)
        {
            int fit = OnlyIndex(parts.Count, p => Agree(open[i].Entry!, parts[p].Content));
            if (fit >= 0 && OnlyIndex(open.Count, o => Agree(open[o].Entry!, parts[fit].Content)) == i)
            {
                Settle(open[i], parts[fit], result);
                open.RemoveAt(i);
                parts.RemoveAt(fit);
                return true;
            }
        }

        return false;
    }

    private static int OnlyIndex(int count, Func<int, bool> fits)
    {
        int found = -1;
        for (int i = 0; i < count; i++)
        {
            if (fits(i))
            {
                if (found >= 0)
                {
                    return -1;
                }

                found = i;
            }
        }

        return found;
    }

    /// <summary>True where both name the same document and no member has two different values.</summary>
    private bool Agree(AssociationEntry sent, AssociationEntry? echoed) =>
        echoed is not null
        && sent.Name == echoed.Name
        && AgreeText(sent.InstanceId, echoed.InstanceId)
        && AgreeText(sent.AssociationName, echoed.AssociationName)
        && AgreeText(sent.ScheduleExpression, echoed.ScheduleExpression)
        && AgreeText(sent.AutomationTargetParameterName, echoed.AutomationTargetParameterName)
        && AgreePart(sent, echoed, static entry => entry.Targets is { Length: > 0 } ? new AssociationEntry { InstanceId = entry.InstanceId, Targets = entry.Targets } : null)
        && AgreePart(sent, echoed, static entry => entry.TargetMaps is { Length: > 0 } ? new AssociationEntry { TargetMaps = entry.TargetMaps } : null)
        && AgreePart(sent, echoed, static entry => entry.Parameters is { Count: > 0 } ? new AssociationEntry { Parameters = entry.Parameters } : null);

    private static bool AgreeText(string? sent, string? echoed) =>
        string.IsNullOrEmpty(sent) || string.IsNullOrEmpty(echoed) || sent == echoed;

    private bool AgreePart(AssociationEntry sent, AssociationEntry echoed, Func<AssociationEntry, AssociationEntry?> part)
    {
        AssociationEntry? left = part(sent);
        AssociationEntry? right = part(echoed);
        return left is null || right is null || _canonical.KeyOf(left).Equals(_canonical.KeyOf(right));
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
