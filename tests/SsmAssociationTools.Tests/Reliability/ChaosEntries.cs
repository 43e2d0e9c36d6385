using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace SsmAssociationTools.Tests.Reliability;

/// <summary>Entries that are hard to tell apart, as well as plain ones.</summary>
internal static class ChaosEntries
{
    /// <summary>A text that no error, journal or log may show.</summary>
    public const string Secret = "s3cr3t-parameter-value";

    /// <summary>How many associations stand in the account before a run.</summary>
    public const int ExistingCount = 30;

    /// <summary>Customer documents that the endpoint has to know.</summary>
    public static IReadOnlyList<string> Documents { get; } = ["Chaos-Main", "Chaos-Shared-0", "Chaos-Shared-1", "Chaos-Shared-2"];

    /// <summary>What stands in the account before a run.</summary>
    /// <returns>The entries that it was created from.</returns>
    public static IEnumerable<AssociationEntry> Existing() => Enumerable.Range(0, ExistingCount).Select(Existing);

    /// <summary>Entries of one run, every kind among them, in random order.</summary>
    /// <param name="count">How many.</param>
    /// <param name="random">Decides about the order.</param>
    /// <returns>The entries.</returns>
    public static List<AssociationEntry> Make(int count, Random random)
    {
        var entries = new List<AssociationEntry>(count + 4);
        for (int group = 0; entries.Count < count; group++)
        {
            entries.AddRange(Group(group));
        }

        entries.RemoveRange(count, entries.Count - count);
        for (int i = count - 1; i > 0; i--)
        {
            // Near neighbours change places, so that entries that look alike stay close enough to meet in flight.
            int other = Math.Max(0, i - random.Next(60));
            (entries[i], entries[other]) = (entries[other], entries[i]);
        }

        return entries;
    }

    /// <summary>How many entries have a number of valid ones among them.</summary>
    /// <param name="valid">The number.</param>
    /// <returns>What to ask <see cref="Make"/> for.</returns>
    public static int CountFor(int valid)
    {
        int count = valid;
        while (Make(count, new Random(0)).Count(entry => !IsRefused(entry)) < valid)
        {
            count++;
        }

        return count;
    }

    /// <summary>True where the service refuses the entry for good.</summary>
    /// <param name="entry">An entry of <see cref="Make"/>.</param>
    /// <returns>Whether nothing is ever created for it.</returns>
    public static bool IsRefused(AssociationEntry entry) => entry.Name == "No-Such-Document";

    private static IEnumerable<AssociationEntry> Group(int group)
    {
        AssociationEntry entry = Named(group, "name-" + Text(group));
        switch (group % 10)
        {
            case 0:
                // The same name on different contents.
                return [Named(group, "shared-name-" + Text(group / 30)), entry];

            case 1 when group % 30 == 1:
                // No name at all; others have the same document.
                entry = Named(group, null);
                entry.Name = "Chaos-Shared-" + Text(group / 10 % 3);
                return [entry];

            case 2:
                // Twins.
                return [entry, Named(group, entry.AssociationName!)];

            case 3 when group % 60 == 3:
                AssociationEntry triplet = Named(group, null);
                triplet.Name = "Chaos-Shared-0";
                return [triplet, Clone(triplet), Clone(triplet)];

            case 4:
                // One has all that the other has, and more.
                AssociationEntry more = Named(group, entry.AssociationName!);
                more.MaxErrors = "10";
                return group % 20 == 4 ? [entry, more] : [more, entry];

            case 5:
                entry.Parameters = new ParameterMap { ["Password"] = [Secret + Text(group)] };
                AssociationEntry moreParameters = Clone(entry);
                moreParameters.Parameters = new ParameterMap { ["Password"] = [Secret + Text(group)], ["Mode"] = ["fast"] };
                return [entry, moreParameters];

            case 6 when group % 30 == 6:
                return [new AssociationEntry { Name = "AWS-UpdateSSMAgent", InstanceId = Node(group) }];

            case 7:
                // What was there before the run, once more.
                return [Existing(group / 10 % ExistingCount)];

            case 8 when group % 40 == 8:
                entry.Name = "No-Such-Document";
                return [entry];

            case 9:
                entry.ScheduleExpression = "cron(0 2 ? * SUN *)";
                entry.MaxConcurrency = "10%";
                entry.ComplianceSeverity = "HIGH";
                entry.SyncCompliance = "MANUAL";
                entry.OutputLocation = new InstanceAssociationOutputLocation { S3Location = new S3OutputLocation { OutputS3BucketName = "chaos-logs", OutputS3KeyPrefix = Text(group) } };
                return [entry];

            default:
                return [entry];
        }
    }

    private static AssociationEntry Existing(int number) => Named(number, "existing-" + Text(number));

    private static AssociationEntry Named(int number, string? name) => new()
    {
        Name = "Chaos-Main",
        AssociationName = name,
        Targets = [new AssociationTarget { Key = "tag:Group", Values = ["g" + Text(number), "all"] }],
    };

    private static AssociationEntry Clone(AssociationEntry entry) => new()
    {
        Name = entry.Name,
        AssociationName = entry.AssociationName,
        Targets = entry.Targets,
        Parameters = entry.Parameters,
    };

    private static string Node(int number) => "i-" + number.ToString("x17", CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
