using System.Collections;
using System.Collections.Generic;

namespace SsmAssociationTools.Completion;

/// <summary>Completes DocumentVersion with the two words that it may be.</summary>
internal sealed class DocumentVersionCompleter : ChoiceCompleter
{
    protected override IEnumerable<Choice> Choices(IDictionary bound) =>
    [
        new("$DEFAULT", "The version that is the document's default when the association runs."),
        new("$LATEST", "The newest version when the association runs; not for documents that AWS or another account owns."),
    ];
}
