using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using SsmAssociationTools.Runs.Create;
using SsmAssociationTools.Runs.Remove;

namespace SsmAssociationTools.Commands.Output;

/// <summary>Says what a stopped pipeline can no longer take as objects.</summary>
internal static class StoppedRun
{
    /// <summary>Ids named in the text, at most; the journal has all.</summary>
    private const int MaxIds = 20;

    /// <summary>Describes entries without a written result.</summary>
    public static string? Describe(IEnumerable<WorkItem> undelivered, bool hasJournal) =>
        Describe(
            undelivered.Select(static item => ((Enum)(item.Result?.Status ?? AssociationStatus.NotAttempted), item.Result?.AssociationId)).ToList(),
            hasJournal ? "Run the same input with the same -JournalPath to go on." : "Run the same input with -IfExists Skip to create the rest.");

    /// <summary>Describes inputs of a removal without a written result.</summary>
    public static string? Describe(IEnumerable<RemovalItem> undelivered) =>
        Describe(
            undelivered.Select(static item => ((Enum)(item.Result?.Status ?? RemovalStatus.NotAttempted), item.AssociationId)).ToList(),
            "Run the same input again to remove the rest.");

    private static string? Describe(List<(Enum Status, string? Id)> undelivered, string advice)
    {
        if (undelivered.Count == 0)
        {
            return null;
        }

        var text = new StringBuilder("The pipeline was stopped before the results of ").Append(undelivered.Count).Append(" entries could be written:");
        foreach (IGrouping<Enum, (Enum Status, string? Id)> status in undelivered.GroupBy(static item => item.Status).OrderBy(static group => group.Key))
        {
            text.Append(' ').Append(status.Count()).Append(' ').Append(status.Key);
            List<string> ids = status.Select(static item => item.Id!).Where(static id => id is not null).ToList();
            if (ids.Count > 0)
            {
                text.Append(" (").Append(string.Join(", ", ids.Take(MaxIds))).Append(ids.Count > MaxIds ? ", ...)" : ")");
            }

            text.Append(';');
        }

        text.Length--;
        text.Append(". ").Append(advice);
        return text.ToString();
    }
}
