using System;
using System.Collections.Generic;
using System.Text;
using SsmAssociationTools.Content;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Input;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs.Create;
using SsmAssociationTools.Validation;

namespace SsmAssociationTools.Commands;

/// <summary>
/// Takes one pipeline object after another: reads it, checks it against the rules and against the entries before it.
/// Both Test- and New- take their input through here, so that what the one passes the other does not refuse.
/// </summary>
internal sealed class EntryIntake : IDisposable
{
    private readonly InputReader _reader;
    private readonly EntryValidator? _validator;
    private readonly Dictionary<Destination, RunRules>? _runRules;
    private readonly bool _takesResultRegion;
    private readonly bool _takesResultRole;
    private readonly Shard? _shard;
    private readonly IssueCollector _issues;
    private readonly CanonicalContent _canonical = new();
    private long _count;
    private bool _isDispatchRoleSaid;

    public EntryIntake(string? region, bool strict, Func<string, bool>? isExcluded, bool skipRules, bool takesResultRegion, bool takesResultRole, Shard? shard = null)
    {
        _takesResultRegion = takesResultRegion;
        _takesResultRole = takesResultRole;
        _shard = shard;
        _reader = new InputReader(strict);
        _issues = new IssueCollector(strict, isExcluded);
        if (!skipRules)
        {
            _validator = new EntryValidator(new ValidationOptions { Region = region });
            _runRules = [];
        }
    }

    /// <summary>True where the call could name a role for State Manager to dispatch associations with, and does not.</summary>
    public bool IsDispatchRoleMissing { get; init; }

    /// <summary>Looks whether an input says enough of its association that nothing is sent; null sends whatever is valid.</summary>
    public Func<InputFacts, Standing?>? Standing { get; init; }

    /// <summary>Takes the next object.</summary>
    /// <param name="complete">Completes the entry before it is checked; null leaves it as it was read.</param>
    /// <returns>The entry with its place, its content's key, the destination that it names for itself and all problems.</returns>
    public WorkItem Take(object? input, Action<AssociationEntry>? complete = null)
    {
        long index = _count++;
        InputFacts facts = _reader.Read(input, _issues);
        AssociationEntry? entry = facts.Entry;
        Standing? standing = Standing?.Invoke(facts);
        Destination destination = standing is null ? DestinationOf(facts) : new Destination(standing.Facts.Region, standing.Facts.RoleArn);
        ContentKey key = default;
        if (entry is not null)
        {
            complete?.Invoke(entry);
            key = _canonical.KeyOf(entry);
            if (_validator is null && _canonical.HasSurrogates)
            {
                // Not checked against the rules, and it would be sent as something else all the same.
                UnicodeText.Check(entry, _issues);
            }
        }

        if (_shard?.Has(entry is null ? null : key, index) == false)
        {
            _issues.Take(null);
            return new WorkItem(index, input, entry, key, []) { IsOfOtherShard = true };
        }

        if (entry is not null && standing is null)
        {
            _validator?.Validate(entry, _issues, destination.Region);
            RulesOf(destination)?.Check(index, entry, key, _issues);
            if (IsDispatchRoleMissing && _validator is not null && !_isDispatchRoleSaid && !_issues.HasErrors)
            {
                _isDispatchRoleSaid = true;
                _issues.Add(DocumentRules.DispatchRoleMissing, string.Empty, "State Manager dispatches these associations with its service-linked role, which is being phased out: give the ARN of a role as -AssociationDispatchAssumeRole.");
            }
        }

        IReadOnlyList<EntryIssue> issues = _issues.Take(facts.Source);
        return new WorkItem(index, input, entry, key, standing is null ? issues : []) { Destination = destination, Facts = facts, Standing = standing };
    }

    /// <summary>The problems of an entry that keep it from being sent, in one text.</summary>
    public static string? Errors(WorkItem item) =>
        Errors(item.Issues) ?? (item.Entry is null ? "The input is no entry." : null);

    /// <summary>The errors among problems, in one text.</summary>
    public static string? Errors(IReadOnlyList<EntryIssue> issues)
    {
        StringBuilder? text = null;
        foreach (EntryIssue issue in issues)
        {
            if (issue.Severity == IssueSeverity.Error)
            {
                text = text is null ? new StringBuilder() : text.Append(' ');
                text.Append(issue.Line);
            }
        }

        return text?.ToString();
    }

    /// <summary>Where the entry goes by itself: what it names, else where what holds it is from.</summary>
    private Destination DestinationOf(InputFacts facts)
    {
        string? region = facts.OwnRegion ?? (_takesResultRegion && facts.Region is not null && RegionCode.IsOne(facts.Region) ? facts.Region : null);
        string? role = facts.OwnRoleArn ?? (_takesResultRole && facts.RoleArn is not null && TextPatterns.IsRoleArn(facts.RoleArn) ? facts.RoleArn : null);
        return new Destination(region, role);
    }

    /// <summary>Entries of different destinations have nothing to do with each other.</summary>
    private RunRules? RulesOf(Destination destination)
    {
        if (_runRules is null)
        {
            return null;
        }

        if (!_runRules.TryGetValue(destination, out RunRules? rules))
        {
            rules = new RunRules();
            _runRules.Add(destination, rules);
        }

        return rules;
    }

    public void Dispose() => _canonical.Dispose();
}
