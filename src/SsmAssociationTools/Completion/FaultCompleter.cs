using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace SsmAssociationTools.Completion;

/// <summary>
/// Completes -Fault: the operation with a first effect, and behind an operation every effect that it can have, at several times.
/// The local endpoint shares nothing with the module; a test starts it with everything that is offered.
/// </summary>
internal sealed class FaultCompleter : IArgumentCompleter
{
    private const string Any = "*";

    private static readonly string[] s_operations = ["CreateAssociationBatch", "ListAssociations", "DescribeAssociation", "UpdateAssociation", "DeleteAssociation", "StartAssociationsOnce", Any];
    private static readonly string[] s_triggers = ["always", "first 1", "call 3", "after 10", "every 5", "20%"];
    private static readonly string[] s_all = [.. s_operations];

    /// <summary>The effects: what they do, and the operations they can be for.</summary>
    private static readonly (string Effect, string Meaning, string[] Operations)[] s_effects =
    [
        ("throttle", "The call is refused: too many calls.", s_all),
        ("server-error", "The service answers with an error of its own.", s_all),
        ("reset", "The connection breaks off.", s_all),
        ("delay seconds=5", "The answer comes late.", s_all),
        ("truncate", "The answer ends in its middle.", s_all),
        ("malformed", "The answer is no JSON.", s_all),
        ("empty", "The answer has no body.", s_all),
        ("wrong-type", "The answer is of another type than JSON.", s_all),
        ("error code=AccessDeniedException", "The call is refused with a code.", s_all),
        ("rate-limit per-second=5", "Calls above a rate are throttled.", s_all),
        ("no-message", "Errors say nothing.", s_all),
        ("reorder", "Lists in the answer are in another order.", ["CreateAssociationBatch", "ListAssociations"]),
        ("omit share=10%", "Items are missing in the answer.", ["CreateAssociationBatch", "ListAssociations"]),
        ("null-lists", "Lists in the answer are null.", ["CreateAssociationBatch", "ListAssociations"]),
        ("lag calls=2", "What was created shows later.", ["ListAssociations", "DescribeAssociation"]),
        ("fail-entries share=10%", "Some entries fail.", ["CreateAssociationBatch"]),
    ];

    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = (wordToComplete ?? string.Empty).Trim('\'', '"');
        string? operation = Array.Find(s_operations, one => word.StartsWith(one + " ", StringComparison.OrdinalIgnoreCase));
        IEnumerable<string> operations = operation is null ? s_operations.Where(one => one.StartsWith(word, StringComparison.OrdinalIgnoreCase)) : [operation];
        foreach (string one in operations)
        {
            foreach (string trigger in operation is null ? ["first 1"] : s_triggers)
            {
                foreach ((string effect, string meaning, string[] _) in s_effects.Where(candidate => Array.IndexOf(candidate.Operations, one) >= 0).Take(operation is null ? 1 : int.MaxValue))
                {
                    string text = $"{one} {trigger} {effect}";
                    if (text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                    {
                        yield return new CompletionResult($"'{text}'", text, CompletionResultType.ParameterValue, meaning);
                    }
                }
            }
        }
    }
}
