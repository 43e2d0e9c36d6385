using System;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Validation;

/// <summary>
/// Checks what will exist after a change. A breach that was there before, in members that the change does not touch, is no
/// obstacle: the service has taken it once. Not safe for concurrent use.
/// </summary>
internal sealed class UpdateRules
{
    /// <summary>An update of an association makes it run.</summary>
    public static RuleDefinition RunsNow { get; } = new(
        "Update.RunsNow",
        IssueSeverity.Warning,
        "An update without ApplyOnlyAtCronInterval = true runs the association at once on all its targets; with rate() that cannot be avoided.",
        "ScheduleExpression = rate(1 day)",
        "documented: API model, UpdateAssociation");

    public static IReadOnlyList<RuleDefinition> All { get; } = [RunsNow];

    private readonly EntryValidator _validator;
    private readonly bool _isSkipped;
    private readonly bool _isStrict;
    private readonly Func<string, bool>? _isExcluded;

    public UpdateRules(ValidationOptions options, bool isSkipped, bool isStrict, Func<string, bool>? isExcluded)
    {
        _validator = new EntryValidator(options);
        _isSkipped = isSkipped;
        _isStrict = isStrict;
        _isExcluded = isExcluded;
    }

    /// <summary>Finds what is wrong with the new content.</summary>
    /// <param name="changedPaths">Paths of the members in which both differ.</param>
    public IReadOnlyList<EntryIssue> Check(AssociationEntry meant, AssociationEntry before, IEnumerable<string> changedPaths, string? region)
    {
        var issues = new IssueCollector(_isStrict, _isExcluded);
        if (_isSkipped)
        {
            return [];
        }

        _validator.Validate(meant, issues, region);
        IReadOnlyList<EntryIssue> found = issues.Take(meant.Source);
        if (found.Any(static issue => issue.Level == IssueSeverity.Error))
        {
            var changed = new HashSet<string>(changedPaths.Select(MemberOf), StringComparer.Ordinal);
            _validator.Validate(before, issues, region);
            var known = new HashSet<(string, string)>(issues.Take().Select(static issue => (issue.RuleId, issue.Path)));
            found = found.Select(issue => IsOld(issue, changed, known) ? Tolerated(issue) : issue).ToList();
        }

        if (meant.ApplyOnlyAtCronInterval != true)
        {
            issues.Add(RunsNow, string.Empty, RunsAtOnce(meant));
            found = found.Concat(issues.Take(meant.Source)).ToList();
        }

        return found;
    }

    /// <summary>Says that and why an update runs at once.</summary>
    private static string RunsAtOnce(AssociationEntry meant) =>
        meant.ScheduleExpression?.TrimStart().StartsWith("rate", StringComparison.OrdinalIgnoreCase) == true
            ? "The update runs it at once on all its targets; with rate() that cannot be avoided."
            : "The update runs it at once on all its targets. With a cron() schedule, ApplyOnlyAtCronInterval = true makes it wait.";

    private static bool IsOld(EntryIssue issue, HashSet<string> changed, HashSet<(string, string)> known) =>
        issue.Level == IssueSeverity.Error
        && known.Contains((issue.RuleId, issue.Path))
        && !changed.Contains(MemberOf(issue.Path));

    private static EntryIssue Tolerated(EntryIssue issue) => new(
        issue.RuleId,
        IssueSeverity.Warning,
        issue.Path,
        issue.Message + " (It was so before, and this update does not touch it.)",
        issue.Value,
        issue.Source)
    {
        EntrySource = issue.EntrySource,
    };

    /// <summary>The member of the entry that a path begins with.</summary>
    private static string MemberOf(string path)
    {
        int end = path.IndexOfAny(['.', '[']);
        return end < 0 ? path : path.Substring(0, end);
    }
}
