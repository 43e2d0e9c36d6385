using System;
using System.Collections.Generic;
using System.Linq;

namespace SsmAssociationTools.Reports;

/// <summary>Puts the problems of one rule together, so that a column of ten thousand rows is one problem and not ten thousand.</summary>
internal sealed class ProblemGroups
{
    private readonly Dictionary<string, ProblemGroup> _groups = new(StringComparer.Ordinal);

    /// <summary>Takes what is wrong with a row.</summary>
    public void Add(ReportRow row)
    {
        foreach (EntryIssue issue in row.Issues)
        {
            if (issue.Level == IssueSeverity.Information)
            {
                continue;
            }

            ReportTone tone = issue.Level == IssueSeverity.Error ? ReportTone.Bad : ReportTone.Warning;
            Group(tone, issue.Level.ToString(), issue.RuleId, action: null).Add(row, issue.Path, issue.Message);
        }

        if (row.Notice is { } notice)
        {
            Group(row.Status.Tone, row.Status.Name, notice.Id, notice.Action).Add(row, string.Empty, notice.Message);
        }

        if (row.ErrorCode is not null && row.Status.Tone != ReportTone.Good)
        {
            Group(row.Status.Tone, row.Status.Name, row.ErrorCode, row.RecommendedAction).Add(row, string.Empty, row.Problem ?? row.Message ?? string.Empty);
        }
    }

    /// <summary>All problems: errors first, and of equal gravity those that are found most.</summary>
    public IReadOnlyList<ProblemGroup> InOrder() =>
        [.. _groups.Values
            .OrderByDescending(group => group.Tone)
            .ThenByDescending(group => group.Count)
            .ThenBy(group => group.Id, StringComparer.Ordinal)];

    private ProblemGroup Group(ReportTone tone, string kind, string id, string? action)
    {
        string key = kind + "\0" + id;
        if (!_groups.TryGetValue(key, out ProblemGroup? group))
        {
            group = new ProblemGroup(tone, kind, id, action);
            _groups.Add(key, group);
        }

        return group;
    }
}
