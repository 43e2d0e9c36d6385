using System.Collections;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Completion;

/// <summary>Completes ComplianceSeverity.</summary>
internal sealed class SeverityCompleter : ChoiceCompleter
{
    protected override IEnumerable<Choice> Choices(IDictionary bound) => EntrySchema.ComplianceSeverity.Allowed!.Select(static severity => new Choice(
        severity,
        severity == EntrySchema.ComplianceSeverity.ServiceDefault
            ? "No severity is reported. The service takes this one where none is given."
            : $"A node where the association does not hold is reported with the severity {severity.ToLowerInvariant()}."));
}
