using System;
using System.Collections.Generic;
using System.Management.Automation;
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
    private readonly EntryReader _reader;
    private readonly EntryValidator? _validator;
    private readonly Dictionary<Destination, RunRules>? _runRules;
    private readonly bool _takesResultRegion;
    private readonly bool _takesResultRole;
    private readonly Shard? _shard;
    private readonly IssueCollector _issues;
    private readonly CanonicalContent _canonical = new();
    private long _count;

    public EntryIntake(string? region, bool strict, Func<string, bool>? isExcluded, bool skipRules, bool takesResultRegion, bool takesResultRole, Shard? shard = null)
    {
        _takesResultRegion = takesResultRegion;
        _takesResultRole = takesResultRole;
        _shard = shard;
        _reader = new EntryReader(strict);
        _issues = new IssueCollector(strict, isExcluded);
        if (!skipRules)
        {
            _validator = new EntryValidator(new ValidationOptions { Region = region });
            _runRules = [];
        }
    }

    /// <summary>Takes the next object.</summary>
    /// <param name="complete">Completes the entry before it is checked; null leaves it as it was read.</param>
    /// <returns>The entry with its place, its content's key, the destination that it names for itself and all problems.</returns>
    public WorkItem Take(object? input, Action<AssociationEntry>? complete = null)
    {
        long index = _count++;
        AssociationEntry? entry = _reader.Read(input, _issues);
        Destination place = PlaceOf(input);
        string? region = _reader.Region ?? (_takesResultRegion ? place.Region ?? OfEnvelope(nameof(AssociationResult.Region), RegionCode.IsOne) : null);
        string? role = _reader.RoleArn ?? (_takesResultRole ? place.RoleArn ?? OfEnvelope(nameof(AssociationResult.RoleArn), TextPatterns.IsRoleArn) : null);
        var destination = new Destination(region, role);
        ContentKey key = default;
        if (entry is not null)
        {
            complete?.Invoke(entry);
            key = _canonical.KeyOf(entry);
            if (_canonical.HasSurrogates)
            {
                UnicodeText.Check(entry, _issues);
            }
        }

        if (_shard?.Has(entry is null ? null : key, index) == false)
        {
            _issues.Take(null);
            return new WorkItem(index, input, entry, key, []) { IsOfOtherShard = true };
        }

        if (entry is not null)
        {
            _validator?.Validate(entry, _issues, region);
            RulesOf(destination)?.Check(index, entry, key, _issues);
        }

        return new WorkItem(index, input, entry, key, _issues.Take(entry?.Source)) { Destination = destination };
    }

    /// <summary>Takes the next object where nothing is to be read or checked.</summary>
    public WorkItem Pass(object? input, AssociationEntry? entry, Destination place)
    {
        long index = _count++;
        ContentKey? key = entry is null ? null : _canonical.KeyOf(entry);
        return new WorkItem(index, input, entry, key ?? default, []) { Destination = place, IsOfOtherShard = _shard?.Has(key, index) == false };
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

    /// <summary>Where a result of an earlier run, an association that was read back or a comparison is from.</summary>
    public static Destination PlaceOf(object? input) => ((input as PSObject)?.BaseObject ?? input) switch
    {
        AssociationResult result => new Destination(result.Region, result.RoleArn),
        ExistingAssociation existing => new Destination(existing.Region, existing.RoleArn),
        AssociationComparison comparison => new Destination(comparison.Region, comparison.RoleArn),
        _ => Destination.Unknown,
    };

    /// <summary>What a result that comes from a job, another computer or a file says of its destination.</summary>
    private string? OfEnvelope(string member, Func<string, bool> isOne) =>
        _reader.Envelope?.Properties[member]?.Value is string text && isOne(text) ? text : null;

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
