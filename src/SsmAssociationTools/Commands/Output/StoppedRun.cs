using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using SsmAssociationTools.Runs;

namespace SsmAssociationTools.Commands.Output;

/// <summary>Says what a stopped pipeline can no longer take as objects.</summary>
internal static class StoppedRun
{
    /// <summary>Ids named in the text, at most; the journal has all.</summary>
    private const int MaxIds = 20;

    /// <summary>Describes inputs without a written result; null where there are none.</summary>
    public static string? Describe(IEnumerable<RunItem> undelivered, string howToGoOn)
    {
        List<RunItem> items = undelivered.ToList();
        if (items.Count == 0)
        {
            return null;
        }

        var text = new StringBuilder("The pipeline was stopped before the results of ").Append(items.Count).Append(" entries could be written:");
        foreach (IGrouping<Enum, RunItem> status in items.GroupBy(static item => item.Status).OrderBy(static group => group.Key))
        {
            text.Append(' ').Append(status.Count()).Append(' ').Append(status.Key);
            List<string> ids = status.Select(static item => item.AssociationId!).Where(static id => id is not null).ToList();
            if (ids.Count > 0)
            {
                text.Append(" (").Append(string.Join(", ", ids.Take(MaxIds))).Append(ids.Count > MaxIds ? ", ...)" : ")");
            }

            text.Append(';');
        }

        text.Length--;
        text.Append(". ").Append(howToGoOn);
        return text.ToString();
    }
}
