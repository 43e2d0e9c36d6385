using System;
using System.Collections.Generic;

namespace SsmAssociationTools.Input;

/// <summary>Knows an association that was read back from the service; it says more than an entry can ask for.</summary>
internal static class ServiceDescription
{
    private const string SdkModel = "Amazon.SimpleSystemsManagement.Model.";

    /// <summary>True for an object of the AWS SDK.</summary>
    public static bool IsOfSdk(object value) => BagProperties.ClassOf(value)?.StartsWith(SdkModel, StringComparison.Ordinal) == true;

    /// <summary>An association is known by its class, or by an id together with something else that only existing associations have.</summary>
    /// <param name="others">The members of the object that entries do not have.</param>
    public static bool Is(object value, List<KeyValuePair<string, object?>> others)
    {
        bool hasId = false;
        int count = 0;
        foreach (KeyValuePair<string, object?> other in others)
        {
            if (MemberNames.IsOfDescription(other.Key))
            {
                count++;
                hasId |= string.Equals(other.Key, "AssociationId", StringComparison.OrdinalIgnoreCase);
            }
        }

        return (hasId && count > 1)
            || (count > 0 && BagProperties.ClassOf(value)?.IndexOf(SdkModel, StringComparison.Ordinal) >= 0);
    }

    /// <summary>Only a description says when the association was made or changed; only it has the members that a list leaves out.</summary>
    public static bool IsListItem(AssociationEntry entry, List<KeyValuePair<string, object?>> others) =>
        entry.Parameters is null
        && !others.Exists(static other => other.Key is "Date" or "LastUpdateAssociationDate" or "CreatedDate" or "Status" or "Parameters")
        && others.Exists(static other => string.Equals(other.Key, "Overview", StringComparison.OrdinalIgnoreCase)
            || string.Equals(other.Key, "LastExecutionDate", StringComparison.OrdinalIgnoreCase)
            || string.Equals(other.Key, "AssociationVersion", StringComparison.OrdinalIgnoreCase));
}
