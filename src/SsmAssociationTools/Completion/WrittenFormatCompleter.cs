using System.Collections;
using System.Collections.Generic;
using SsmAssociationTools.Files;

namespace SsmAssociationTools.Completion;

/// <summary>Completes the forms in which entries are written.</summary>
internal sealed class WrittenFormatCompleter : ChoiceCompleter
{
    private static readonly Choice[] s_choices =
    [
        new(nameof(EntryFileFormat.Csv), "rows of cells with a heading"),
        new(nameof(EntryFileFormat.Json), "a list, with -As the document of the AWS CLI or a template"),
        new(nameof(EntryFileFormat.Jsonl), "one JSON object a line"),
        new(nameof(EntryFileFormat.Yaml), "a list, with -As the document of the AWS CLI or a template"),
        new(nameof(EntryFileFormat.Terraform), "resources and import blocks"),
    ];

    protected override IEnumerable<Choice> Choices(IDictionary bound) => s_choices;
}
