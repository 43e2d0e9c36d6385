using System;
using System.Linq;
using System.Management.Automation;

namespace SsmAssociationTools.Commands.Output;

/// <summary>
/// Gives what stands for an input that could not be read the properties of the other output of its command, empty: tables and
/// CSV files take their columns from the first object, and strict mode refuses a property that one object has not.
/// </summary>
internal static class MarkerShape
{
    private static readonly string[] s_own = NamesOf(typeof(UnreadableEntry));
    private static readonly string[] s_ofEntries = NamesOf(typeof(AssociationEntry)).Except(s_own).ToArray();
    private static readonly string[] s_ofComparisons = NamesOf(typeof(AssociationComparison)).Except(s_own).ToArray();
    private static readonly string[] s_notOfComparisons = s_own.Except(NamesOf(typeof(AssociationComparison))).ToArray();

    /// <summary>A marker among entries.</summary>
    public static PSObject AmongEntries(UnreadableEntry marker) => With(marker, s_ofEntries);

    /// <summary>A marker among comparisons.</summary>
    public static PSObject AmongComparisons(UnreadableEntry marker) => With(marker, s_ofComparisons);

    /// <summary>A comparison among markers.</summary>
    public static PSObject AmongMarkers(AssociationComparison comparison) => With(comparison, s_notOfComparisons);

    private static PSObject With(object value, string[] names)
    {
        var item = PSObject.AsPSObject(value);
        foreach (string name in names)
        {
            if (item.Properties[name] is null)
            {
                item.Properties.Add(new PSNoteProperty(name, null));
            }
        }

        return item;
    }

    private static string[] NamesOf(Type type) => type.GetProperties().Select(static property => property.Name).ToArray();
}
