using System.Collections;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Completion;

/// <summary>Completes members that an update can empty: all but the document, and the legacy id that an update does not know.</summary>
internal sealed class ClearedMemberCompleter : ChoiceCompleter
{
    /// <summary>The members.</summary>
    public static IReadOnlyList<string> Names { get; } = EntrySchema.Members
        .Where(static member => member != EntrySchema.Name && member != EntrySchema.InstanceId)
        .Select(static member => member.Name)
        .ToArray();

    protected override IEnumerable<Choice> Choices(IDictionary bound) => Names.Select(static name => new Choice(name, "Empties " + name + "."));
}
