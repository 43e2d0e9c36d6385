using System;
using System.Collections.Generic;
using System.Management.Automation;
using SsmAssociationTools.Model;
using SsmAssociationTools.Runs.Create;

namespace SsmAssociationTools.Commands.Output;

/// <summary>Warns of entries that are sent with warnings: the first of each rule in full, the others as a count at the end.</summary>
internal sealed class EntryWarnings(Cmdlet command)
{
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>Takes an entry.</summary>
    public void Add(WorkItem item)
    {
        foreach (EntryIssue issue in item.Issues)
        {
            _counts.TryGetValue(issue.RuleId, out long count);
            _counts[issue.RuleId] = count + 1;
            if (count == 0)
            {
                command.WriteWarning(VisibleText.Of($"Entry {item.Index}{ErrorRecords.Place(item.Entry)} ({item.Entry}): {(issue.Path.Length == 0 ? string.Empty : issue.Path + ": ")}{issue.Message} [{issue.RuleId}]"));
            }
        }
    }

    /// <summary>Says how many were not written.</summary>
    public void Finish()
    {
        foreach (KeyValuePair<string, long> warning in _counts)
        {
            if (warning.Value > 1)
            {
                command.WriteWarning($"{warning.Value - 1} more warning(s) of the rule {warning.Key}: see Issues of the results.");
            }
        }
    }
}
