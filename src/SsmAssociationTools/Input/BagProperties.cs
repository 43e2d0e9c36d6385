#if NET
using System;
using System.Collections.ObjectModel;
using System.Linq;
using System.Reflection;
#endif
using System.Collections.Generic;
using System.Management.Automation;

namespace SsmAssociationTools.Input;

/// <summary>
/// The properties of property bags. What an input is gone through for twice, to recognise it and to read it, is kept between.
/// Not safe for concurrent use.
/// </summary>
/// <remarks>
/// <see cref="PSObject.Properties"/> puts the properties together anew each time: from the object's own, from those that its
/// type names have in the runspace, and from its class. That was half of the work on an entry and three quarters of its
/// allocations. Bags of Import-Csv, ConvertFrom-Json and <c>[pscustomobject]</c> have nothing but their own, which the engine
/// keeps in a list (<see cref="OwnMembers"/>). It is taken where it is reached and shown to be the same; everything else, and all of
/// it in Windows PowerShell, is read in the public way.
/// </remarks>
internal sealed class BagProperties
{
    private readonly List<PSPropertyInfo> _properties = [];
    private PSObject? _bag;

    /// <summary>Goes through a bag and keeps what is found, until the next.</summary>
    public List<PSPropertyInfo> Look(PSObject bag)
    {
        Forget();
        Read(bag, _properties);
        _bag = bag;
        return _properties;
    }

    /// <summary>The properties of this bag: what was kept, where it is the last that was looked at.</summary>
    public List<PSPropertyInfo> Of(PSObject bag)
    {
        if (ReferenceEquals(bag, _bag))
        {
            return _properties;
        }

        var properties = new List<PSPropertyInfo>();
        Read(bag, properties);
        return properties;
    }

    /// <summary>The class of an object, or the one that it had in another session.</summary>
    public static string? ClassOf(object value) => value is PSObject bag ? TypeName(bag) : value.GetType().FullName;

    /// <summary>Lets go of the bag: the caller may change it, or throw it away.</summary>
    public void Forget()
    {
        _bag = null;
        _properties.Clear();
    }

#if NET
    private static readonly Func<PSObject, Collection<string>>? s_typeNames = Getter<Collection<string>>("InternalTypeNames");

    /// <summary>What came from another session or a file brings properties of its class along, and the type names of that session.</summary>
    private static readonly Func<PSObject, bool>? s_isDeserialized = Getter<bool>("IsDeserialized");

    /// <summary>Of the hidden members that the engine adds to a bag which somebody went through, the one that is a property. Nobody else can add one of this name.</summary>
    private const string ReservedProperty = "pstypenames";

    /// <summary>Lists of type names that were asked for, and whether the runspace has properties for them.</summary>
    private readonly List<(string[] Names, bool AddsNothing)> _known = [];

    /// <summary>Null until the first bag showed whether both ways lead to the same.</summary>
    private bool? _isSame = OwnMembers.IsReached && s_typeNames is not null && s_isDeserialized is not null ? null : false;

    /// <summary>The first of the type names; the public list of them is made anew for each object.</summary>
    public static string? TypeName(PSObject value)
    {
        Collection<string> names = s_typeNames?.Invoke(value) ?? value.TypeNames;
        return names.Count > 0 ? names[0] : null;
    }

    private void Read(PSObject bag, List<PSPropertyInfo> properties)
    {
        if (!TryReadOwn(bag, properties))
        {
            properties.Clear();
            properties.AddRange(bag.Properties);
        }
    }

    private bool TryReadOwn(PSObject bag, List<PSPropertyInfo> properties)
    {
        if (_isSame == false
            || bag.GetType() != typeof(PSObject)
            || bag.ImmediateBaseObject is not PSCustomObject
            || s_isDeserialized!(bag)
            || !AddsNothing(s_typeNames!(bag)))
        {
            return false;
        }

        foreach (PSMemberInfo member in OwnMembers.Of(bag))
        {
            if (member.GetType() == typeof(PSNoteProperty))
            {
                properties.Add((PSPropertyInfo)member);
            }
            else if (member is PSPropertyInfo && !(member is PSCodeProperty && member.Name == ReservedProperty))
            {
                return false;
            }
        }

        _isSame ??= IsSame(properties, [.. bag.Properties]);
        return _isSame.Value;
    }

    /// <summary>Compares what both ways lead to. No property of the caller's is asked that runs his code.</summary>
    private static bool IsSame(List<PSPropertyInfo> own, List<PSPropertyInfo> all) =>
        own.Count == all.Count
        && own.Zip(all, static (one, other) => one.Name == other.Name && other is PSNoteProperty && ReferenceEquals(one.Value, other.Value)).All(static isSame => isSame);

    private bool AddsNothing(Collection<string> names)
    {
        foreach ((string[] known, bool addsNothing) in _known)
        {
            if (IsSame(known, names))
            {
                return addsNothing;
            }
        }

        // An object with these type names and nothing of its own has what the runspace gives to them.
        var empty = new PSObject();
        empty.TypeNames.Clear();
        foreach (string name in names)
        {
            empty.TypeNames.Add(name);
        }

        bool isEmpty = !empty.Properties.Any();
        if (_known.Count < 16)
        {
            _known.Add(([.. names], isEmpty));
        }

        return isEmpty;
    }

    private static bool IsSame(string[] known, Collection<string> names)
    {
        if (known.Length != names.Count)
        {
            return false;
        }

        for (int i = 0; i < known.Length; i++)
        {
            if (!string.Equals(known[i], names[i], StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    private static Func<PSObject, T>? Getter<T>(string name) =>
        typeof(PSObject).GetProperty(name, BindingFlags.NonPublic | BindingFlags.Instance) is { CanRead: true } property && typeof(T).IsAssignableFrom(property.PropertyType)
            ? property.GetGetMethod(nonPublic: true)!.CreateDelegate<Func<PSObject, T>>()
            : null;
#else
    /// <summary>The first of the type names.</summary>
    public static string? TypeName(PSObject value) => value.TypeNames is { Count: > 0 } names ? names[0] : null;

    private static void Read(PSObject bag, List<PSPropertyInfo> properties) => properties.AddRange(bag.Properties);
#endif
}
