using System.Text;
using SsmAssociationTools.Model;

namespace SsmAssociationTools;

/// <summary>The short text that says what an association runs on.</summary>
internal static class TargetText
{
    /// <summary>Long lists are cut here: the text is for tables and messages, the entry holds the whole.</summary>
    private const int MaxLength = 120;

    /// <summary>Describes the targets of an entry.</summary>
    /// <returns>Text such as <c>tag:Role=web,db; tag:Env=prod</c>; empty when there is no target.</returns>
    public static string Of(AssociationEntry? entry)
    {
        if (entry is null)
        {
            return string.Empty;
        }

        if (!string.IsNullOrEmpty(entry.InstanceId))
        {
            return Cut(VisibleText.Of(entry.InstanceId));
        }

        if (entry.Targets is { Length: > 0 } targets)
        {
            return Join(targets);
        }

        if (entry.TargetMaps is { Length: > 0 } maps)
        {
            return Join(maps);
        }

        return string.Empty;
    }

    private static string Join<T>(T[] parts)
        where T : class
    {
        if (parts.Length == 1)
        {
            return Cut(parts[0]?.ToString() ?? string.Empty);
        }

        var text = new StringBuilder();
        foreach (T part in parts)
        {
            if (text.Length > 0)
            {
                text.Append("; ");
            }

            text.Append(part);
            if (text.Length > MaxLength)
            {
                break;
            }
        }

        return Cut(text.ToString());
    }

    private static string Cut(string text) => text.Length <= MaxLength ? text : text.Substring(0, MaxLength - 3) + "...";
}
