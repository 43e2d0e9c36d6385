using System;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Content;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Tests.Reliability;

/// <summary>Compares what a run says with what an endpoint holds.</summary>
internal static class Judgement
{
    /// <summary>
    /// Compares. Every entry that the service takes must have been created exactly once, every result must say so, and
    /// nothing else may exist.
    /// </summary>
    /// <param name="entries">The input.</param>
    /// <param name="results">What the run says.</param>
    /// <param name="state">What the endpoint holds, by id; before the run it held <see cref="ChaosEntries.Existing()"/>.</param>
    /// <param name="ifExists">What the run did with entries whose association was there.</param>
    /// <param name="mayBeUnknown">Says of which entries nobody can tell what became of them; null where of none.</param>
    /// <param name="calls">The calls that created, where a run's calls may be given up before the service comes to them; null where it waits for their end.</param>
    /// <returns>What is wrong.</returns>
    public static List<string> Compare(
        List<AssociationEntry> entries,
        List<ReportedResult> results,
        Dictionary<string, AssociationRecord> state,
        ExistingAssociationAction ifExists,
        Func<int, bool>? mayBeUnknown = null,
        SentCalls? calls = null)
    {
        var problems = new List<string>();
        void Check(bool holds, string problem)
        {
            if (!holds)
            {
                problems.Add(problem);
            }
        }

        Check(results.Count == entries.Count, $"{results.Count} results for {entries.Count} entries");
        using var canonical = new CanonicalContent();
        Dictionary<ContentKey, int> wanted = ChaosEntries.Existing().ToDictionary(canonical.KeyOf, _ => 1);
        var created = new HashSet<string>();
        foreach ((ReportedResult result, int i) in results.Take(entries.Count).Select((result, i) => (result, i)))
        {
            AssociationEntry entry = entries[i];
            ContentKey key = canonical.KeyOf(entry);
            string what = $"entry {i} ({entry.Name}, {entry.AssociationName}, {entry.InstanceId})";
            AssociationStatus expected = ChaosEntries.IsRefused(entry) ? AssociationStatus.Failed
                : ifExists == ExistingAssociationAction.Skip && wanted.ContainsKey(key) ? AssociationStatus.Existing
                : AssociationStatus.Created;
            Check(result.Index == i, $"{what}: result {result.Index} stands in its place");
            if (result.Status == AssociationStatus.Unknown && mayBeUnknown?.Invoke(i) == true)
            {
                wanted[key] = Math.Clamp(state.Values.Count(record => canonical.KeyOf(record.Content).Equals(key)), wanted.GetValueOrDefault(key), wanted.GetValueOrDefault(key) + 1);
                continue;
            }

            Check(result.Status == expected, $"{what}: {result.Status} instead of {expected}, {result.Text}");
            if (expected == AssociationStatus.Created)
            {
                wanted[key] = wanted.GetValueOrDefault(key) + 1;
            }

            if (result.Status is AssociationStatus.Created or AssociationStatus.Existing)
            {
                AssociationRecord? record = state.GetValueOrDefault(result.AssociationId ?? string.Empty);
                Check(record is not null, $"{what}: {result.AssociationId} does not exist");
                Check(record is null || canonical.KeyOf(record.Content).Equals(key), $"{what}: {result.AssociationId} has another content");
                Check(result.Status == AssociationStatus.Existing || created.Add(result.AssociationId!), $"{what}: {result.AssociationId} belongs to another entry");
                Check(result.Status == AssociationStatus.Existing || record?.Date > DateTime.UtcNow.AddMinutes(-50), $"{what}: {result.AssociationId} was there before");
            }
        }

        ILookup<ContentKey, KeyValuePair<string, AssociationRecord>> held = state.ToLookup(one => canonical.KeyOf(one.Value.Content));
        foreach (ContentKey key in held.Select(group => group.Key).Concat(wanted.Keys).Distinct())
        {
            int wants = wanted.GetValueOrDefault(key);
            int more = held[key].Count() - wants;
            if (more != 0 && (more < 0 || calls is null || calls.CountLate(key, [.. held[key].Select(one => one.Value)]) < more))
            {
                string ids = string.Join(", ", held[key].Select(one => $"{one.Key} of {one.Value.Date:HH:mm:ss.fff}"));
                IEnumerable<ReportedResult> own = results.Zip(entries).Where(pair => canonical.KeyOf(pair.Second).Equals(key)).Select(pair => pair.First);
                problems.Add($"{held[key].Count()} associations instead of {wants} ({ids}) for: {string.Join("; ", own)}");
            }
        }

        return problems;
    }
}
