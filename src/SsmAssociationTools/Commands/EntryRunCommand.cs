using System;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.Completion;

namespace SsmAssociationTools.Commands;

/// <summary>What cmdlets share that bring associations to the content of entries: how the entries are checked.</summary>
public abstract class EntryRunCommand : RunCommand
{
    /// <summary>A folder with documents as files, or one such file, against which the parameters of entries are checked.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DocumentPath { get; set; }

    /// <summary>Does not check entries, or what will exist, against the rules. What cannot be read is refused all the same.</summary>
    [Parameter]
    public SwitchParameter SkipValidation { get; set; }

    /// <summary>Makes every warning an error.</summary>
    [Parameter]
    public SwitchParameter Strict { get; set; }

    /// <summary>Ids of rules to turn off, as listed in docs/rules.md; wildcards are allowed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RuleIdCompleter))]
    public string[] ExcludeRule { get; set; } = [];

    /// <summary>Ids of rules to turn on that are off by default, as listed in docs/rules.md; wildcards are allowed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SilentRuleCompleter))]
    public string[] IncludeRule { get; set; } = [];

    /// <summary>The one Region that all entries go to; null where there are several, or none is known.</summary>
    private protected string? OnlyRegion
    {
        get
        {
            string?[] regions = Destinations.Select(static destination => destination.Region).Distinct().ToArray();
            return regions.Length == 1 ? regions[0] : null;
        }
    }

    /// <summary>Which rules are turned off; null for none. Ends the command where an id is no rule's.</summary>
    private protected Func<string, bool>? ReadExcludedRules() => ExcludedRules.Read(this, ExcludeRule, IncludeRule);
}
