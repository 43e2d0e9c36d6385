using System;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Files;

/// <summary>
/// What a template is worked out with: values for its parameters, for what only its stack knows, and for where it goes. Remembers
/// which were asked for. Values are texts or, for lists, a <see cref="FileList"/> of texts; no message shows them.
/// </summary>
internal sealed class TemplateInputs
{
    private readonly HashSet<string> _used = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Values by the names of the template's parameters.</summary>
    public IReadOnlyDictionary<string, object> Parameters { get; init; } = new Dictionary<string, object>();

    /// <summary>Values by logical ids, such as <c>Instance</c>, and attributes, such as <c>Role.Arn</c>.</summary>
    public IReadOnlyDictionary<string, object> Values { get; init; } = new Dictionary<string, object>();

    /// <summary>The Region of the stack; null where it is not known.</summary>
    public string? Region { get; init; }

    /// <summary>The account of the stack; null where it is not known.</summary>
    public string? AccountId { get; init; }

    /// <summary>Parameters and values that nothing has asked for.</summary>
    public IEnumerable<string> Unused => Parameters.Keys.Concat(Values.Keys).Where(name => !_used.Contains(name));

    /// <summary>The same for a stack whose place is known from elsewhere, unless one was given.</summary>
    public TemplateInputs For(string? region, string? accountId) => new(_used)
    {
        Parameters = Parameters,
        Values = Values,
        Region = Region ?? region,
        AccountId = AccountId ?? accountId,
    };

    /// <summary>Makes inputs of nothing.</summary>
    public TemplateInputs()
    {
    }

    private TemplateInputs(HashSet<string> used) => _used = used;

    /// <summary>Finds the value of a parameter.</summary>
    public bool TryParameter(string name, out object? value) => TryGet(Parameters, name, out value);

    /// <summary>Finds what stands for a resource or an attribute.</summary>
    public bool TryValue(string name, out object? value) => TryGet(Values, name, out value);

    /// <summary>Names in their own case come first; PowerShell's hashtables know no case.</summary>
    private bool TryGet(IReadOnlyDictionary<string, object> values, string name, out object? value)
    {
        if (!values.TryGetValue(name, out value))
        {
            string? other = values.Keys.FirstOrDefault(key => string.Equals(key, name, StringComparison.OrdinalIgnoreCase));
            value = other is null ? null : values[other];
        }

        if (value is not null)
        {
            _used.Add(name);
        }

        return value is not null;
    }
}
