#if NET
using System;
using System.Reflection;
#endif
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace SsmAssociationTools.Input;

/// <summary>The members that somebody added to an object of this module with Add-Member.</summary>
/// <remarks>
/// The engine keeps them in a table by the object. The table is not public, so nothing rests on it: where the engine's own look
/// into it is not found, and in Windows PowerShell, all properties are put together to see which of them were added.
/// </remarks>
internal static class AddedMembers
{
    /// <summary>Finds them.</summary>
    /// <returns>Null where nothing was added, at no cost where the engine's table is reached.</returns>
    public static Dictionary<string, object?>? Of(object value)
    {
#if NET
        IEnumerable<PSMemberInfo>? members = s_find is null ? Public(value) : s_find(value);
#else
        IEnumerable<PSMemberInfo> members = Public(value);
#endif
        if (members is null)
        {
            return null;
        }

        Dictionary<string, object?>? added = null;
        foreach (PSMemberInfo member in members)
        {
            if (IsOne(member))
            {
                (added ??= new(System.StringComparer.OrdinalIgnoreCase))[member.Name] = ValueOf((PSPropertyInfo)member);
            }
        }

        return added;
    }

    /// <summary>The public way. It tells the same and puts together all properties for it.</summary>
    public static IEnumerable<PSMemberInfo> Public(object value) => PSObject.AsPSObject(value).Properties.Where(static property => property.IsInstance && IsOne(property));

    /// <summary>Other kinds are those of the class, methods, and what the engine itself notes of an object that somebody looked at.</summary>
    private static bool IsOne(PSMemberInfo member) => member is PSNoteProperty or PSScriptProperty or PSAliasProperty;

    private static object? ValueOf(PSPropertyInfo member)
    {
        try
        {
            return member.Value;
        }
        catch (System.Exception problem) when (CallerCode.IsProblem(problem))
        {
            // A script of the caller's that fails says nothing, as in a row.
            return null;
        }
    }

#if NET
    private static readonly Func<object, IEnumerable<PSMemberInfo>?>? s_find = Find();

    private delegate bool Look<T>(object value, out T members);

    private static Func<object, IEnumerable<PSMemberInfo>?>? Find()
    {
        MethodInfo? look = typeof(PSObject).GetMethod("HasInstanceMembers", BindingFlags.NonPublic | BindingFlags.Static);
        ParameterInfo[] parameters = look?.GetParameters() ?? [];
        if (look?.ReturnType != typeof(bool)
            || parameters.Length != 2
            || parameters[0].ParameterType != typeof(object)
            || !parameters[1].IsOut
            || parameters[1].ParameterType.GetElementType() is not { } list
            || !typeof(IEnumerable<PSMemberInfo>).IsAssignableFrom(list))
        {
            return null;
        }

        MethodInfo make = typeof(AddedMembers).GetMethod(nameof(FindWith), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(list);
        return (Func<object, IEnumerable<PSMemberInfo>?>)make.Invoke(null, [look])!;
    }

    /// <summary>The class of the list is not public either.</summary>
    private static Func<object, IEnumerable<PSMemberInfo>?> FindWith<T>(MethodInfo method)
        where T : class, IEnumerable<PSMemberInfo>
    {
        Look<T> look = method.CreateDelegate<Look<T>>();
        return value => look(value, out T members) ? members : null;
    }
#endif
}
