using SsmAssociationTools.Model;

namespace SsmAssociationTools;

/// <summary>One key of an association's targets with its values; several keys are ANDed, several values of a key are ORed.</summary>
public sealed class AssociationTarget
{
    /// <summary>InstanceIds, tag:NAME, tag-key, resource-groups:Name, or a key that only Automation runbooks take (1 to 163 characters).</summary>
    public string? Key { get; set; }

    /// <summary>What the key must match, at most 50 values.</summary>
    public string?[]? Values { get; set; }

    /// <summary>The key and its values, as in the short notation that entries accept.</summary>
    /// <returns>Text such as <c>tag:Role=web,db</c>.</returns>
    public override string ToString() => VisibleText.Of(Key + "=" + (Values is null ? string.Empty : string.Join(",", Values)));
}
