using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using SsmAssociationTools.Validation;

namespace SsmAssociationTools.Completion;

/// <summary>
/// Completes -Parameter with hashtables of the parameters that the document of -Name is known to have. PowerShell asks no completer
/// behind an opening brace, so a whole hashtable is offered, at -Parameter and at -Parameter @.
/// </summary>
internal sealed class ParameterCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = (wordToComplete ?? string.Empty).Trim('\'', '"', '@', '{', ' ');
        object? given = fakeBoundParameters?["Name"] ?? fakeBoundParameters?["DocumentName"];
        if ((given is PSObject wrapper ? wrapper.BaseObject : given) is not string name || KnownDocuments.Find(DocumentReference.Parse(name).Name) is not { } document)
        {
            yield break;
        }

        if (document.Required.Count > 0 && word.Length == 0)
        {
            yield return Make(document, document.Required, "What the document requires.");
        }

        foreach (string parameter in (document.Parameters ?? document.Required).Where(one => one.StartsWith(word, StringComparison.OrdinalIgnoreCase)))
        {
            List<string> names = [.. document.Required.Where(one => one != parameter), parameter];
            if (document.Allowed.TryGetValue(parameter, out string[]? allowed))
            {
                foreach (string value in allowed)
                {
                    yield return Make(document, names, $"{parameter} may be {string.Join(", ", allowed)}.", parameter, value);
                }
            }
            else
            {
                yield return Make(document, names, $"The parameter {parameter} of {document.Name}.");
            }
        }
    }

    private static CompletionResult Make(KnownDocument document, IEnumerable<string> names, string tooltip, string? chosen = null, string? value = null)
    {
        IEnumerable<string> pairs = names.Select(name =>
            $"{Key(name)} = '{(name == chosen ? value : document.Allowed.TryGetValue(name, out string[]? allowed) ? allowed[0] : string.Empty)}'");
        string text = "@{ " + string.Join("; ", pairs) + " }";
        return new CompletionResult(text, text, CompletionResultType.ParameterValue, tooltip);
    }

    private static string Key(string name) => name.All(static c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_') ? name : $"'{name}'";
}
