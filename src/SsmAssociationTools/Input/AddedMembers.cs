using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace SsmAssociationTools.Input;

/// <summary>The members that somebody added to an object of this module with Add-Member.</summary>
/// <remarks>
/// Where the engine's own list (<see cref="OwnMembers"/>) is not reached, all properties are put together to see which of them were added.
/// </remarks>
internal static class AddedMembers
{
    /// <summary>Finds them.</summary>
    /// <returns>Null where nothing was added, at no cost where the engine's table is reached.</returns>
    public static Dictionary<string, object?>? Of(object value)
    {
        Dictionary<string, object?>? added = null;
        foreach (PSMemberInfo member in OwnMembers.IsReached ? OwnMembers.Of(value) : Public(value))
        {
            if (IsOne(member))
            {
                (added ??= new(StringComparer.OrdinalIgnoreCase))[member.Name] = ValueOf((PSPropertyInfo)member);
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
        catch (Exception problem) when (CallerCode.IsProblem(problem))
        {
            // A script of the caller's that fails says nothing, as in a row.
            return null;
        }
    }
}
