using System.Collections;
using System.Collections.Generic;
using SsmAssociationTools.Validation;

namespace SsmAssociationTools.Completion;

/// <summary>Completes the name of a document with the ones of AWS that associations can run, each with what it is for.</summary>
internal sealed class DocumentCompleter : ChoiceCompleter
{
    protected override IEnumerable<Choice> Choices(IDictionary bound)
    {
        foreach (KeyValuePair<string, string> document in DocumentPurposes.All)
        {
            yield return new Choice(document.Key, document.Value + Needs(document.Key));
        }
    }

    private static string Needs(string name)
    {
        IReadOnlyList<string> required = KnownDocuments.Find(name)?.Required ?? [];
        return required.Count == 0 ? string.Empty : " Needs the parameter" + (required.Count == 1 ? " " : "s ") + string.Join(" and ", required) + ".";
    }
}
