using System.Collections;
using System.Management.Automation;

namespace SsmAssociationTools.Benchmarks;

/// <summary>Makes entries one by one, so that a pipeline of a million holds none but the one on its way.</summary>
[Cmdlet(VerbsCommon.New, "BenchmarkEntry")]
[OutputType(typeof(PSObject), typeof(Hashtable))]
public sealed class NewBenchmarkEntryCommand : PSCmdlet
{
    /// <summary>How many.</summary>
    [Parameter(Mandatory = true)]
    public int Count { get; set; }

    /// <summary>Makes property bags instead of hashtables.</summary>
    [Parameter]
    public SwitchParameter AsBag { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        for (int i = 0; i < Count; i++)
        {
            WriteObject(AsBag ? SampleEntries.Object(i) : SampleEntries.Table(i));
        }
    }
}
