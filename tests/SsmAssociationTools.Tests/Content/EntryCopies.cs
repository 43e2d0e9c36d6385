using System;

namespace SsmAssociationTools.Tests.Content;

/// <summary>Copies of entries with a change.</summary>
internal static class EntryCopies
{
    public static AssociationEntry Named(this AssociationEntry entry, string? name) => entry.With(copy => copy.AssociationName = name);

    public static AssociationEntry With(this AssociationEntry entry, Action<AssociationEntry> change)
    {
        var copy = new AssociationEntry();
        foreach (System.Reflection.PropertyInfo member in typeof(AssociationEntry).GetProperties())
        {
            if (member.SetMethod?.IsPublic == true)
            {
                member.SetValue(copy, member.GetValue(entry));
            }
        }

        change(copy);
        return copy;
    }
}
