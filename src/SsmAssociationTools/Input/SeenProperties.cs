using System.Collections.Generic;
using System.Management.Automation;

namespace SsmAssociationTools.Input;

/// <summary>
/// The properties of the bag that an input is. PowerShell puts them together anew each time somebody goes through them, which
/// is a fifth of the work on an entry; an input is gone through once to recognise it and once to read it.
/// </summary>
internal sealed class SeenProperties
{
    private readonly List<PSPropertyInfo> _properties = [];
    private PSObject? _bag;

    /// <summary>Goes through a bag and keeps what is found, until the next.</summary>
    public List<PSPropertyInfo> Look(PSObject bag)
    {
        Forget();
        foreach (PSPropertyInfo property in bag.Properties)
        {
            _properties.Add(property);
        }

        _bag = bag;
        return _properties;
    }

    /// <summary>What was found in this bag; null where another was looked at.</summary>
    public List<PSPropertyInfo>? Of(PSObject bag) => ReferenceEquals(bag, _bag) ? _properties : null;

    /// <summary>Lets go of the bag: the caller may change it, or throw it away.</summary>
    public void Forget()
    {
        _bag = null;
        _properties.Clear();
    }
}
