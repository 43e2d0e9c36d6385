using System;
using System.Management.Automation;
using SsmAssociationTools.Completion;
using SsmAssociationTools.Runs.Create;

namespace SsmAssociationTools.Commands;

/// <summary>
/// Says of each entry what the service would refuse, without calling it: needs no network, no credentials, no AWS SDK.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "SsmAssociationEntry", HelpUri = HelpUris.TestSsmAssociationEntry)]
[OutputType(typeof(EntryValidation), typeof(bool))]
public sealed class TestSsmAssociationEntryCommand : PSCmdlet, IDisposable
{
    private EntryIntake? _intake;

    /// <summary>
    /// The entries: hashtables, objects, CSV rows, JSON text, AWS SDK or AWS.Tools entries, or results of this module.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Entries", "InputObject")]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[]? Entry { get; set; }

    /// <summary>The Region that the entries are meant for; lets rules check ARNs against it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    /// <summary>Returns true or false for each entry instead of its problems.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

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

    /// <inheritdoc/>
    public void Dispose() => _intake?.Dispose();

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _intake = new EntryIntake(Region, Strict, ExcludedRules.Read(this, ExcludeRule, IncludeRule), skipRules: false, takesResultRegion: Region is null, takesResultRole: true);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // A null in the pipeline binds as no array at all; it is an input like any other.
        foreach (PSObject? input in Entry ?? [null])
        {
            WorkItem item = _intake!.Take(input);
            var validation = new EntryValidation(item.Index, item.Entry, item.InputObject, item.Issues) { Source = item.Facts?.Source };
            if (Quiet)
            {
                WriteObject(validation.IsValid);
            }
            else
            {
                WriteObject(validation);
            }
        }
    }
}
