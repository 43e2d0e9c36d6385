using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace SsmAssociationTools.Completion;

/// <summary>
/// Completes a parameter from a list: values that begin with what is typed come first, then values that contain it, upper
/// and lower case left aside. Puts values into quotes where PowerShell needs them. Asks no service.
/// </summary>
internal abstract class ChoiceCompleter : IArgumentCompleter
{
    /// <summary>Beside letters and digits, what stands in an argument without quotes and keeps its meaning.</summary>
    private const string PlainSigns = "-_.:/=*%+";

    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = wordToComplete ?? string.Empty;
        char quote = word.Length > 0 && word[0] is '\'' or '"' ? word[0] : '\0';
        string typed = quote == '\0' ? word : word.Trim(quote);
        var first = new List<CompletionResult>();
        var second = new List<CompletionResult>();
        foreach (Choice choice in Choices(fakeBoundParameters ?? new Hashtable()))
        {
            int place = choice.Text.IndexOf(typed, StringComparison.OrdinalIgnoreCase);
            if (place >= 0)
            {
                (place == 0 ? first : second).Add(
                    new CompletionResult(Written(choice.Text, quote), choice.Text, CompletionResultType.ParameterValue, choice.Tooltip));
            }
        }

        first.AddRange(second);
        return first;
    }

    /// <summary>The values to choose from.</summary>
    /// <param name="bound">The other parameters of the command line, as far as they are known while it is typed.</param>
    protected abstract IEnumerable<Choice> Choices(IDictionary bound);

    /// <summary>The text of another parameter of the command line.</summary>
    protected static string? TextOf(IDictionary bound, params string[] names)
    {
        foreach (DictionaryEntry parameter in bound)
        {
            if (parameter.Key is string name && Array.Exists(names, known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase)))
            {
                return parameter.Value is PSObject wrapper ? wrapper.BaseObject as string : parameter.Value as string;
            }
        }

        return null;
    }

    private static string Written(string text, char quote)
    {
        if (quote == '"')
        {
            return "\"" + text.Replace("`", "``").Replace("$", "`$").Replace("\"", "`\"") + "\"";
        }

        return quote == '\'' || !IsPlain(text) ? "'" + text.Replace("'", "''") + "'" : text;
    }

    private static bool IsPlain(string text)
    {
        foreach (char c in text)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9')) && PlainSigns.IndexOf(c) < 0)
            {
                return false;
            }
        }

        return text.Length > 0 && text[0] != '-';
    }
}
