using System;
using System.Collections.Generic;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Rules;

/// <summary>
/// Takes the problems of one entry after another, leaves out the rules that are turned off, and makes errors of
/// warnings under -Strict. Not safe for concurrent use; one pipeline has one.
/// </summary>
internal sealed class IssueCollector
{
    private readonly bool _strict;
    private readonly Func<string, bool>? _isExcluded;
    private List<EntryIssue>? _issues;
    private List<string>? _unread;

    public IssueCollector(bool strict = false, Func<string, bool>? isExcluded = null)
    {
        _strict = strict;
        _isExcluded = isExcluded;
    }

    /// <summary>True when a problem taken since the last <see cref="Take"/> is an error.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Takes a problem, unless its rule is turned off.</summary>
    /// <param name="value">The offending value; null where there is none or where it is sensitive.</param>
    public void Add(RuleDefinition rule, string path, string message, string? value = null) =>
        Add(rule, rule.Severity, path, message, value);

    /// <summary>Takes a problem with a severity of its own, unless its rule is turned off.</summary>
    /// <param name="value">The offending value; null where there is none or where it is sensitive.</param>
    /// <param name="source">Where the knowledge comes from, where that is not the rule's own source.</param>
    public void Add(RuleDefinition rule, IssueSeverity severity, string path, string message, string? value = null, string? source = null)
    {
        bool isOff = _isExcluded?.Invoke(rule.Id) ?? rule.IsOffByDefault;
        if (isOff || IsFollowOn(rule))
        {
            return;
        }

        IssueSeverity final = _strict && severity == IssueSeverity.Warning ? IssueSeverity.Error : severity;
        HasErrors |= final == IssueSeverity.Error;
        _issues ??= [];
        _issues.Add(new EntryIssue(rule.Id, final, VisibleText.Of(path), VisibleText.Of(message), value, source ?? rule.Source));
    }

    /// <summary>Takes the problems of a row or a file that could not be read. No rule that is turned off makes it readable.</summary>
    public void Add(UnreadableEntry unreadable)
    {
        HasErrors = true;
        _issues ??= [];
        if (unreadable.Issues.Count == 0)
        {
            _issues.Add(new EntryIssue(ReadingRules.NotRead.Id, IssueSeverity.Error, string.Empty, unreadable.Message, null, ReadingRules.NotRead.Source));
        }

        _issues.AddRange(unreadable.Issues);
    }

    /// <summary>Takes note of a member that was given and could not be read: rules that miss it are silent until the next <see cref="Take"/>.</summary>
    public void AddUnread(string member) => (_unread ??= []).Add(member);

    /// <summary>
    /// Takes problems that were found elsewhere, those left out that are here already. An error takes the place of a warning of
    /// the same rule at the same place: it was found by somebody who knew more.
    /// </summary>
    public void AddMissing(IEnumerable<EntryIssue> issues)
    {
        foreach (EntryIssue issue in issues)
        {
            if (_isExcluded?.Invoke(issue.RuleId) == true || _issues?.Exists(known => known.RuleId == issue.RuleId && known.Path == issue.Path && known.Message == issue.Message) == true)
            {
                continue;
            }

            IssueSeverity severity = _strict && issue.Level == IssueSeverity.Warning ? IssueSeverity.Error : issue.Level;
            if (severity == IssueSeverity.Error)
            {
                HasErrors = true;
                _issues?.RemoveAll(known => known.RuleId == issue.RuleId && known.Path == issue.Path && known.Level == IssueSeverity.Warning);
            }

            (_issues ??= []).Add(severity == issue.Level ? issue : new EntryIssue(issue.RuleId, severity, issue.Path, issue.Message, issue.Value, issue.Source));
        }
    }

    /// <summary>Hands over the problems taken since the last call, and is empty again.</summary>
    /// <param name="source">File and line of the entry that they are about; null where it comes from no file.</param>
    public IReadOnlyList<EntryIssue> Take(string? source = null)
    {
        _unread = null;
        if (_issues is null)
        {
            return [];
        }

        EntryIssue[] taken = _issues.ToArray();
        foreach (EntryIssue issue in taken)
        {
            issue.EntrySource = source ?? issue.EntrySource;
        }

        _issues = null;
        HasErrors = false;
        return taken;
    }

    private bool IsFollowOn(RuleDefinition rule)
    {
        foreach (string member in _unread ?? [])
        {
            foreach (string needed in rule.Needs)
            {
                if (needed == member)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
