using System.Collections.Generic;
using SsmAssociationTools.Validation;

namespace SsmAssociationTools.Binding;

/// <summary>The rules of reading a pipeline object, listed with all others in docs/rules.md.</summary>
internal static class ReadingRules
{
    /// <summary>Every rule of reading.</summary>
    public static IReadOnlyList<RuleDefinition> All { get; } = [];
}
