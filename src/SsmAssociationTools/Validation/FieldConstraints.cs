using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Validation;

/// <summary>The constraints of <see cref="EntrySchema"/>. A test compares them with the API model itself.</summary>
internal static class FieldConstraints
{
    /// <summary>The members of the entry, in order.</summary>
    public static IReadOnlyList<FieldConstraint> Entry { get; } = [.. EntrySchema.Members.Select(static member => new FieldConstraint(member))];

    /// <summary>The limits of the request's own member, the role that dispatches all its entries.</summary>
    public static TextLimits AssociationDispatchAssumeRole { get; } = new("AssociationDispatchAssumeRole", 1, 512, EntrySchema.RoleArn, allowed: null);

    /// <summary>The rules of all members, of their parts and of the request, in order.</summary>
    public static IReadOnlyList<RuleDefinition> Rules { get; } =
        [ItemCount.NullItem, .. Entry.SelectMany(static field => field.Rules), .. AssociationDispatchAssumeRole.Rules];
}
