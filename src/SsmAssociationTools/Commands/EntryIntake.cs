using System;
using System.Collections.Generic;
using System.Linq;
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
    private readonly Func<IssueCollector> _newCollector;
    private readonly IssueCollector _issues;
    private readonly CanonicalContent _canonical = new();
    private long _count;
    private bool _isDispatchRoleSaid;

    public EntryIntake(string? region, bool strict, Func<string, bool>? isExcluded, bool skipRules, bool takesResultRegion, bool takesResultRole, Shard? shard = null, Func<string, KnownDocument?>? documents = null)
    {
        _takesResultRegion = takesResultRegion;
        _takesResultRole = takesResultRole;
        _shard = shard;
        _reader = new InputReader(strict);
        _newCollector = () => new IssueCollector(strict, isExcluded);
        _issues = _newCollector();
        if (!skipRules)
        {
            _validator = new EntryValidator(new ValidationOptions { Region = region, Documents = documents });
            _runRules = [];
        }
    }

    /// <summary>True where the call could name a role for State Manager to dispatch associations with, and does not.</summary>
    public bool IsDispatchRoleMissing { get; init; }

    /// <summary>Looks whether an input says enough of its association that nothing is sent; null sends whatever is valid.</summary>
    public Func<InputFacts, Standing?>? Standing { get; init; }

    /// <summary>Whether what a verdict says that the service said holds for its entry too: for who does not ask himself.</summary>
    public bool TrustsVerdicts { get; init; }

    /// <summary>Takes the next object.</summary>
    /// <param name="complete">Completes the entry before it is checked; null leaves it as it was read.</param>
    /// <returns>The entry with its place, its content's key, the destination that it names for itself and all problems.</returns>
    public CheckedInput Take(object? input, Action<AssociationEntry>? complete = null) => Check(Read(input, _issues, complete));

    /// <summary>Reads the next object, to be checked later in the same order.</summary>
    public ReadInput Read(object? input) => Read(input, _newCollector(), complete: null);

    /// <summary>Checks what was read.</summary>
    /// <param name="documents">What is known of its document in each place that it goes to; null where only files and the table tell.</param>
    /// <param name="check">Adds what else is known of the entry; null where nothing is.</param>
    public CheckedInput Check(ReadInput read, IReadOnlyList<KnownDocument?>? documents = null, Action<IssueCollector>? check = null)
    {
        InputFacts facts = read.Facts;
        AssociationEntry? entry = facts.Entry;
        IssueCollector collector = read.Issues;
        if (_shard?.Has(entry is null ? null : read.Key, read.Index) == false)
        {
            collector.Take(null);
            return new CheckedInput(read.Index, facts, read.Key, read.Destination, []) { IsOfOtherShard = true };
        }

        if (entry is not null && read.Standing is null)
        {
            _validator?.Validate(entry, collector, read.Destination.Region, documents is { Count: > 0 } ? documents[0] : null);
            for (int i = 1; i < documents?.Count; i++)
            {
                IssueCollector others = _newCollector();
                _validator?.Validate(entry, others, read.Destination.Region, documents[i]);
                collector.AddMissing(others.Take());
            }

            check?.Invoke(collector);
            if (TrustsVerdicts && _validator is not null && facts.Own is EntryValidation verdict)
            {
                collector.AddMissing(verdict.Issues.Where(static issue => issue.Source == ServiceRules.Source));
            }

            RulesOf(read.Destination)?.Check(read.Index, entry, read.Key, collector);
        }

        if (entry is not null && read.Standing is null && IsDispatchRoleMissing && _validator is not null && !_isDispatchRoleSaid && !collector.HasErrors)
        {
            _isDispatchRoleSaid = true;
            collector.Add(DocumentRules.DispatchRoleMissing, string.Empty, "State Manager dispatches these associations with its service-linked role, which is being phased out: give the ARN of a role as -AssociationDispatchAssumeRole.");
        }

        IReadOnlyList<EntryIssue> issues = collector.Take(facts.Source);
        return new CheckedInput(read.Index, facts, read.Key, read.Destination, read.Standing is null ? issues : []) { Standing = read.Standing };
    }

    /// <summary>The problems of an entry that keep it from being sent, in one text.</summary>
    public static string? Errors(CheckedInput input) => Errors(input.Entry, input.Issues);

    /// <summary>The problems of an entry that keep it from being sent, in one text.</summary>
    /// <param name="entry">The entry; null where the input is none.</param>
    public static string? Errors(AssociationEntry? entry, IReadOnlyList<EntryIssue> issues) => Errors(issues) ?? (entry is null ? "The input is no entry." : null);

    /// <summary>The errors among problems, in one text.</summary>
    public static string? Errors(IReadOnlyList<EntryIssue> issues)
    {
        StringBuilder? text = null;
        foreach (EntryIssue issue in issues)
        {
            if (issue.Level == IssueSeverity.Error)
            {
                text = text is null ? new StringBuilder() : text.Append(' ');
                text.Append(issue.Line);
            }
        }

        return text?.ToString();
    }

    private ReadInput Read(object? input, IssueCollector issues, Action<AssociationEntry>? complete)
    {
        long index = _count++;
        InputFacts facts = _reader.Read(input, issues);
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
                UnicodeText.Check(entry, issues);
            }
        }

        return new ReadInput(index, facts, key, destination, issues) { Standing = standing };
    }

    /// <summary>Where the entry goes by itself: what it names, else where what holds it is from.</summary>
    private Destination DestinationOf(InputFacts facts)
    {
        InputFacts from = facts.Decisive;
        string? region = facts.OwnRegion ?? (_takesResultRegion && from.Region is not null && RegionCode.IsOne(from.Region) ? from.Region : null);
        string? role = facts.OwnRoleArn ?? (_takesResultRole && from.RoleArn is not null && TextPatterns.IsRoleArn(from.RoleArn) ? from.RoleArn : null);
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
