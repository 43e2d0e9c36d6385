using System.Collections;
using System.Collections.Generic;

namespace SsmAssociationTools.Completion;

/// <summary>Completes MaxConcurrency: usual numbers and percentages.</summary>
internal sealed class MaxConcurrencyCompleter : ChoiceCompleter
{
    protected override IEnumerable<Choice> Choices(IDictionary bound) =>
    [
        new("1", "One target after the other."),
        new("10", "Ten targets at the same time."),
        new("50", "Fifty targets at the same time."),
        new("10%", "A tenth of the targets at the same time."),
        new("25%", "A quarter of the targets at the same time."),
        new("50%", "Half of the targets at the same time."),
        new("100%", "All targets at the same time."),
    ];
}
