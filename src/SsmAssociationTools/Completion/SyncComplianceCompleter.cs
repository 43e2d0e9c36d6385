using System.Collections;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Completion;

/// <summary>Completes SyncCompliance.</summary>
internal sealed class SyncComplianceCompleter : ChoiceCompleter
{
    protected override IEnumerable<Choice> Choices(IDictionary bound) => EntrySchema.SyncCompliance.Allowed!.Select(static value => new Choice(
        value,
        value == EntrySchema.SyncCompliance.ServiceDefault
            ? "Compliance follows the outcome of each run. The service takes this one where none is given."
            : "Compliance is what the document itself reports, as AWS-RunPatchBaselineAssociation does."));
}
