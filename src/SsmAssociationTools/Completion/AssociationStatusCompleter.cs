using System;
using System.Collections;
using System.Collections.Generic;

namespace SsmAssociationTools.Completion;

/// <summary>Completes the status of associations with what the service filters by (AssociationStatusName of the API model).</summary>
internal sealed class AssociationStatusCompleter : ChoiceCompleter
{
    private static readonly Choice[] s_choices =
    [
        new("Pending", "Waits for its first run, or runs now."),
        new("Success", "The last run succeeded."),
        new("Failed", "The last run failed."),
    ];

    /// <summary>A status as the service writes it.</summary>
    public static string? Known(string? status)
    {
        foreach (Choice choice in s_choices)
        {
            if (string.Equals(choice.Text, status, StringComparison.OrdinalIgnoreCase))
            {
                return choice.Text;
            }
        }

        return null;
    }

    protected override IEnumerable<Choice> Choices(IDictionary bound) => s_choices;
}
