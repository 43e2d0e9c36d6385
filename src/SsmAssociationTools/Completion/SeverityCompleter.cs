using System.Collections;
using System.Collections.Generic;

namespace SsmAssociationTools.Completion;

/// <summary>Completes ComplianceSeverity.</summary>
internal sealed class SeverityCompleter : ChoiceCompleter
{
    protected override IEnumerable<Choice> Choices(IDictionary bound) =>
    [
        new("CRITICAL", "A node where the association does not hold is reported with the severity critical."),
        new("HIGH", "A node where the association does not hold is reported with the severity high."),
        new("MEDIUM", "A node where the association does not hold is reported with the severity medium."),
        new("LOW", "A node where the association does not hold is reported with the severity low."),
        new("UNSPECIFIED", "No severity is reported. The service takes this one where none is given."),
    ];
}
