using System;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Validation;

namespace SsmAssociationTools.Runs.Sync;

/// <summary>Which associations may be removed where nobody wants them, by their AssociationName.</summary>
internal sealed class PruneScope
{
    private static readonly char[] s_wildcards = ['*', '?'];

    private readonly List<string> _patterns;
    private readonly HashSet<string> _names;

    public PruneScope(IReadOnlyCollection<string> scope)
    {
        _patterns = scope.Where(static text => text.IndexOfAny(s_wildcards) >= 0).ToList();
        _names = new HashSet<string>(scope.Where(static text => text.IndexOfAny(s_wildcards) < 0), StringComparer.Ordinal);
    }

    /// <summary>
    /// Whether an association is in scope. One without a name never is; what AWS itself makes only is where its name stands in
    /// the scope as it is.
    /// </summary>
    public bool Has(AssociationEntry association)
    {
        if (string.IsNullOrEmpty(association.AssociationName))
        {
            return false;
        }

        string name = association.AssociationName!;
        return _names.Contains(name) || (!IsMadeByAws(association) && _patterns.Exists(pattern => Wildcard.IsMatch(name, pattern)));
    }

    private static bool IsMadeByAws(AssociationEntry association) =>
        association.AssociationName!.StartsWith("AWS-", StringComparison.OrdinalIgnoreCase)
        || association.AssociationName.StartsWith("AWSQuickSetup", StringComparison.OrdinalIgnoreCase)
        || association.Name?.StartsWith("AWSQuickSetup", StringComparison.OrdinalIgnoreCase) == true;
}
