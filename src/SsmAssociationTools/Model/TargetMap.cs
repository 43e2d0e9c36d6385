using System;
using System.Collections.Generic;
using SsmAssociationTools.Model;

namespace SsmAssociationTools;

/// <summary>One map of parameters to resources: 1 to 20 keys of 1 to 50 characters, at most 25 values of 1 to 50 characters each.</summary>
#pragma warning disable CA1710 // The name is the service's own.
public sealed class TargetMap : Dictionary<string, string?[]?>
{
    /// <summary>An empty map.</summary>
    public TargetMap()
        : base(StringComparer.Ordinal)
    {
    }

    /// <summary>The keys and their values.</summary>
    /// <returns>Text such as <c>InstanceId=i-0123456789abcdef0</c>.</returns>
    public override string ToString()
    {
        var pairs = new List<string>(Count);
        foreach (KeyValuePair<string, string?[]?> pair in this)
        {
            pairs.Add(pair.Key + "=" + string.Join(",", pair.Value ?? []));
        }

        return VisibleText.Of(string.Join(";", pairs));
    }
}
