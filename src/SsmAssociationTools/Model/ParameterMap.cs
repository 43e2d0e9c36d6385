using System;
using System.Collections.Generic;
using SsmAssociationTools.Model;

namespace SsmAssociationTools;

/// <summary>
/// Values for the parameters of a document, a list of strings for each name. Names are case-sensitive.
/// The service's model marks the values as sensitive: this module never writes them as text.
/// </summary>
#pragma warning disable CA1710 // The name is the service's term with the field's suffix for a map, as in TargetMap.
public sealed class ParameterMap : Dictionary<string, string?[]?>
{
    /// <summary>An empty map.</summary>
    public ParameterMap()
        : base(StringComparer.Ordinal)
    {
    }

    /// <summary>The names only; the values are sensitive.</summary>
    /// <returns>The parameter names, separated by commas.</returns>
    public override string ToString() => VisibleText.Of(string.Join(",", Keys));
}
