using System.Collections;
using System.Collections.Generic;

namespace SsmAssociationTools.Completion;

/// <summary>Completes MaxErrors: usual numbers and percentages, each with when a run stops.</summary>
internal sealed class MaxErrorCompleter : ChoiceCompleter
{
    protected override IEnumerable<Choice> Choices(IDictionary bound) =>
    [
        new("0", "Stops at the first error."),
        new("1", "One error is allowed; stops at the second."),
        new("10%", "Stops when more than 10% of the targets have failed."),
        new("25%", "Stops when more than 25% of the targets have failed."),
        new("50%", "Stops when more than half of the targets have failed."),
        new("100%", "Never stops for errors."),
    ];
}
