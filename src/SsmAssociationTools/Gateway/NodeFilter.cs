using System.Collections.Generic;

namespace SsmAssociationTools.Gateway;

/// <summary>One filter of DescribeInstanceInformation. One of its values must hold.</summary>
internal sealed class NodeFilter
{
    public NodeFilter(string key, IReadOnlyList<string> values)
    {
        Key = key;
        Values = values;
    }

    /// <summary>InstanceIds, tag-key, tag: and a tag's key, PlatformTypes and others. Filters of tags cannot be combined with others.</summary>
    public string Key { get; }

    /// <summary>1 to 100 values.</summary>
    public IReadOnlyList<string> Values { get; }
}
