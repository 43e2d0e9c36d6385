using System.Collections;
using System.Management.Automation;

namespace SsmAssociationTools.Benchmarks;

/// <summary>Counts what is right among the results and lets go of them.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "BenchmarkResult")]
[OutputType(typeof(int))]
public sealed class MeasureBenchmarkResultCommand : PSCmdlet
{
    private int _count;

    /// <summary>A result of a cmdlet, or an input where there is none.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject? Result { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Result!.BaseObject is AssociationSuccess { State: AssociationStatus.Created or AssociationStatus.Updated } or AssociationOutcome { AssociationId: not null } or EntryValidation { IsValid: true } or PSCustomObject or Hashtable)
        {
            _count++;
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => WriteObject(_count);
}
