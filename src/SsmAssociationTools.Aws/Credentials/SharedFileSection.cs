using System;
using System.Collections.Generic;

namespace SsmAssociationTools.Aws.Credentials;

/// <summary>One section of the shared AWS files: a profile, a login session, or the endpoints of services.</summary>
internal sealed class SharedFileSection
{
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Dictionary<string, string>> _groups = new(StringComparer.OrdinalIgnoreCase);

    public SharedFileSection(string name) => Name = name;

    /// <summary>Name without its kind: <c>ops</c> for <c>[profile ops]</c>.</summary>
    public string Name { get; }

    /// <summary>A value; null where it is absent or empty. Keys ignore case.</summary>
    public string? this[string key] => _values.TryGetValue(key, out string? value) && value.Length > 0 ? value : null;

    /// <summary>A value of a group of indented lines, such as <c>endpoint_url</c> under <c>ssm =</c>.</summary>
    public string? this[string group, string key] =>
        _groups.TryGetValue(group, out Dictionary<string, string>? values) && values.TryGetValue(key, out string? value) && value.Length > 0 ? value : null;

    /// <summary>Sets a value.</summary>
    public void Set(string key, string value) => _values[key] = value;

    /// <summary>Sets a value of a group.</summary>
    public void Set(string group, string key, string value)
    {
        if (!_groups.TryGetValue(group, out Dictionary<string, string>? values))
        {
            _groups.Add(group, values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase));
        }

        values[key] = value;
    }

    /// <summary>Takes over what another section has, which wins over what is here.</summary>
    public void Take(SharedFileSection other)
    {
        foreach (KeyValuePair<string, string> pair in other._values)
        {
            Set(pair.Key, pair.Value);
        }

        foreach (KeyValuePair<string, Dictionary<string, string>> group in other._groups)
        {
            foreach (KeyValuePair<string, string> pair in group.Value)
            {
                Set(group.Key, pair.Key, pair.Value);
            }
        }
    }
}
