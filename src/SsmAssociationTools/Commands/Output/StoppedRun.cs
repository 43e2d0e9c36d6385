using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using SsmAssociationTools.Runs;

namespace SsmAssociationTools.Commands.Output;

/// <summary>Says what a stopped pipeline can no longer take as objects.</summary>
internal static class StoppedRun
{
    /// <summary>Ids named in the text, at most; the journal has all.</summary>
    private const int MaxIds = 20;

    /// <summary>Describes what became of all inputs that were taken, and of those without a written result; null where each has one.</summary>
    /// <param name="undelivered">Inputs without a written result.</param>
    /// <param name="tally">What became of all inputs, these included.</param>
    /// <param name="isAllRead">False where more input may have come.</param>
    /// <param name="isMoreToCome">True where the command would have done more after this.</param>
    /// <param name="howToGoOn">What to do where something was left undone.</param>
    public static string? Describe(IReadOnlyCollection<RunItem> undelivered, IReadOnlyDictionary<Enum, long> tally, bool isAllRead, bool isMoreToCome, string howToGoOn)
    {
        if (undelivered.Count == 0)
        {
            return null;
        }

        long total = tally.Values.Sum();
        var text = new StringBuilder("The pipeline was stopped when ").Append(Number(total - undelivered.Count)).Append(" of ").Append(Number(total))
            .Append(" results were written. ");
        text.Append(total == 1 ? "The input that was taken: " : $"All {Number(total)} inputs that were taken: ").Append(ClosingLine.Counts(tally))
            .Append(". Not written:");
        foreach (IGrouping<Enum, RunItem> status in undelivered.GroupBy(static item => item.Status).OrderBy(static group => group.Key))
        {
            text.Append(' ').Append(Number(status.Count())).Append(' ').Append(ClosingLine.Words(status.Key));
            List<string> ids = status.Select(static item => item.AssociationId!).Where(static id => id is not null).ToList();
            if (ids.Count > 0)
            {
                text.Append(" (").Append(string.Join(", ", ids.Take(MaxIds))).Append(ids.Count > MaxIds ? ", ...)" : ")");
            }

            text.Append(';');
        }

        text.Length--;
        bool isUndone = !isAllRead || isMoreToCome || undelivered.Any(static item => item.Verdict == RunVerdict.Stopped || !item.IsSettled);
        return text.Append(isAllRead ? ". " : ". Input after these was not read. ").Append(isUndone ? howToGoOn : "No input was left out.").ToString();
    }

    private static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}
