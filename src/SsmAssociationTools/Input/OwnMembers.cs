#if NET
using System;
using System.Reflection;
#endif
using System.Collections.Generic;
using System.Management.Automation;

namespace SsmAssociationTools.Input;

/// <summary>The members that an object has of its own, from the table in which the engine keeps them by the object.</summary>
/// <remarks>
/// The table is not public, so nothing rests on it: where the engine's own look into it is not found, and in Windows PowerShell,
/// it is not reached, and who asks goes the public way.
/// </remarks>
internal static class OwnMembers
{
#if NET
    private static readonly Func<object, IEnumerable<PSMemberInfo>>? s_find = Find();

    private delegate bool Look<T>(object value, out T members);

    /// <summary>True where the table can be asked.</summary>
    public static bool IsReached => s_find is not null;

    /// <summary>The members, none where the object has none of its own. Costs nothing then.</summary>
    public static IEnumerable<PSMemberInfo> Of(object value) => s_find!(value);

    private static Func<object, IEnumerable<PSMemberInfo>>? Find()
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

        MethodInfo make = typeof(OwnMembers).GetMethod(nameof(FindWith), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(list);
        return (Func<object, IEnumerable<PSMemberInfo>>)make.Invoke(null, [look])!;
    }

    /// <summary>The class of the list is not public either.</summary>
    private static Func<object, IEnumerable<PSMemberInfo>> FindWith<T>(MethodInfo method)
        where T : class, IEnumerable<PSMemberInfo>
    {
        Look<T> look = method.CreateDelegate<Look<T>>();
        return value => look(value, out T members) ? members : Array.Empty<PSMemberInfo>();
    }
#else
    /// <summary>True where the table can be asked.</summary>
    public static bool IsReached => false;

    /// <summary>The members; none, for it is not reached.</summary>
    public static IEnumerable<PSMemberInfo> Of(object value) => [];
#endif
}
