using System;
using System.Collections.Generic;

namespace SsmAssociationTools.Content;

/// <summary>What another entry may have asked for, of which an association came to have more than a given entry.</summary>
internal static class FilledInMembers
{
    /// <summary>Members that a service fills in, each taken over from what it describes.</summary>
    private static readonly Action<AssociationEntry, AssociationEntry>[] s_members =
    [
        static (entry, from) => entry.MaxErrors = from.MaxErrors,
        static (entry, from) => entry.MaxConcurrency = from.MaxConcurrency,
        static (entry, from) => entry.DocumentVersion = from.DocumentVersion,
        static (entry, from) => entry.ComplianceSeverity = from.ComplianceSeverity,
        static (entry, from) => entry.SyncCompliance = from.SyncCompliance,
        static (entry, from) => entry.AutomationTargetParameterName = from.AutomationTargetParameterName,
        static (entry, from) => entry.OutputLocation = from.OutputLocation,
        static (entry, from) => entry.Parameters = from.Parameters,
        static (entry, from) => entry.TargetLocations = from.TargetLocations,
    ];

    /// <summary>The contents that have what the entry has and some or all of what the association has beside it.</summary>
    /// <param name="described">What the service says of the association, without what it fills in by the module's own knowledge.</param>
    public static IEnumerable<AssociationEntry> Subsets(AssociationEntry entry, AssociationEntry described)
    {
        for (int subset = 1; subset < 1 << s_members.Length; subset++)
        {
            AssociationEntry content = ReadBackContent.Of(entry, null);
            for (int member = 0; member < s_members.Length; member++)
            {
                if ((subset & (1 << member)) != 0)
                {
                    s_members[member](content, described);
                }
            }

            yield return content;
        }
    }
}
