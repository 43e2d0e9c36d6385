namespace SsmAssociationTools.Tests.Validation;

/// <summary>One rule, an entry that breaks it at a certain place, and one that does not.</summary>
/// <param name="Id">Id of the rule.</param>
/// <param name="Severity">Severity of the break.</param>
/// <param name="Path">Where the break is reported.</param>
/// <param name="Breaking">The entry that breaks it.</param>
/// <param name="Passing">The entry that does not, and has no error at all.</param>
internal sealed record RuleCase(string Id, IssueSeverity Severity, string Path, AssociationEntry Breaking, AssociationEntry Passing);
