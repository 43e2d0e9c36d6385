using System.Collections;
using System.Collections.Generic;

namespace SsmAssociationTools.Completion;

/// <summary>Completes SyncCompliance.</summary>
internal sealed class SyncComplianceCompleter : ChoiceCompleter
{
    protected override IEnumerable<Choice> Choices(IDictionary bound) =>
    [
        new("AUTO", "Compliance follows the outcome of each run. The service takes this one where none is given."),
        new("MANUAL", "Compliance is what the document itself reports, as AWS-RunPatchBaselineAssociation does."),
    ];
}
