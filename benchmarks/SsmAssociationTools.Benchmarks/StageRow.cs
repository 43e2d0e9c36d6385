using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using Amazon.SimpleSystemsManagement.Model;
using Amazon.SimpleSystemsManagement.Model.Internal.MarshallTransformations;
using SsmAssociationTools.Aws;
using SsmAssociationTools.Content;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Input;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs.Create;
using SsmAssociationTools.Validation;

namespace SsmAssociationTools.Benchmarks;

/// <summary>Row 6: time and allocations of each step on the way of an entry, one step after the other on one thread.</summary>
internal static class StageRow
{
    private const int Entries = 20_000;

    /// <summary>Runs the row.</summary>
    /// <param name="settings">What is asked for.</param>
    /// <param name="table">Gets the figures.</param>
    /// <returns>A task that ends with the row.</returns>
    public static Task RunAsync(Settings settings, Table table)
    {
        table.Begin(6, "stage", "rounds", "µs per entry", "bytes allocated per entry");
        PSObject[] objects = [.. Enumerable.Range(0, Entries).Select(SampleEntries.Object)];
        object[] tables = [.. Enumerable.Range(0, Entries).Select(SampleEntries.Table)];
        AssociationEntry[] entries = [.. Enumerable.Range(0, Entries).Select(SampleEntries.Typed)];
        Add(settings, table, "the engine's part of reading: going through the property bags", () => Array.ForEach(objects, static bag => GoThrough(bag)));
        Add(settings, table, "reading property bags", () => Read(objects));
        Add(settings, table, "reading hashtables", () => Read(tables));
        Add(settings, table, "rules of one entry", () => Check(entries));
        Add(settings, table, "canonical form and its key", () => MakeKeys(entries));
        ContentKey[] keys = MakeKeys(entries);
        Add(settings, table, "rules between entries", () => CheckRun(entries, keys));
        CreateBatchRequest[] requests = [.. entries.Chunk(ThroughputRow.Chunk).Select(static chunk => new CreateBatchRequest(chunk, null))];
        Add(settings, table, "marshalling: to the SDK's types", () => Map(requests));
        CreateAssociationBatchRequest[] mapped = Map(requests);
        Add(settings, table, "marshalling: to JSON, by the SDK", () => Marshal(mapped));
        (WorkItem[] Items, CreateBatchAnswer Answer)[] calls = [.. Enumerable.Range(0, Entries).Chunk(ThroughputRow.Chunk).Select(chunk => Call(chunk, entries, keys))];
        Add(settings, table, "matching the answer", () => Match(calls));
        return Task.CompletedTask;
    }

    private static void Add(Settings settings, Table table, string stage, Action work)
    {
        // Enough for the compiler to be done with it.
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(settings.IsQuick ? 0.5 : 2);)
        {
            work();
        }

        List<double> times = [];
        List<double> bytes = [];
        for (int i = 0; i < settings.Pairs; i++)
        {
            GC.Collect();
            long before = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            work();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds / Entries);
            bytes.Add((GC.GetAllocatedBytesForCurrentThread() - before) / (double)Entries);
        }

        table.Add(stage, settings.Pairs.ToString(CultureInfo.InvariantCulture), new Spread(times).ToString(), Spread.Text(new Spread(bytes).Median));
    }

    private static void GoThrough(object? value)
    {
        if (value is PSObject bag)
        {
            foreach (PSPropertyInfo property in bag.Properties)
            {
                GoThrough(property.Value);
            }
        }
        else if (value is object[] list)
        {
            Array.ForEach(list, GoThrough);
        }
    }

    private static void Read(object[] objects)
    {
        var reader = new EntryReader();
        var issues = new IssueCollector();
        foreach (object input in objects)
        {
            reader.Read(input, issues);
        }
    }

    private static void Check(AssociationEntry[] entries)
    {
        var validator = new EntryValidator(new ValidationOptions());
        var issues = new IssueCollector();
        foreach (AssociationEntry entry in entries)
        {
            validator.Validate(entry, issues);
        }
    }

    private static ContentKey[] MakeKeys(AssociationEntry[] entries)
    {
        using var canonical = new CanonicalContent();
        return Array.ConvertAll(entries, canonical.KeyOf);
    }

    private static void CheckRun(AssociationEntry[] entries, ContentKey[] keys)
    {
        var run = new RunRules();
        var issues = new IssueCollector();
        for (int i = 0; i < entries.Length; i++)
        {
            run.Check(i, entries[i], keys[i], issues);
        }
    }

    private static CreateAssociationBatchRequest[] Map(CreateBatchRequest[] requests) => Array.ConvertAll(requests, RequestMapping.ToSdk);

    private static void Marshal(CreateAssociationBatchRequest[] requests)
    {
        foreach (CreateAssociationBatchRequest request in requests)
        {
            CreateAssociationBatchRequestMarshaller.Instance.Marshall(request);
        }
    }

    private static (WorkItem[] Items, CreateBatchAnswer Answer) Call(int[] places, AssociationEntry[] entries, ContentKey[] keys) =>
    (
        Array.ConvertAll(places, place => new WorkItem(place, null, entries[place], keys[place], [])),
        new CreateBatchAnswer { Successful = Array.ConvertAll(places, place => new AssociationRecord { AssociationId = new Guid(place, 0, 0, new byte[8]).ToString("D"), Content = entries[place] }) });

    private static void Match((WorkItem[] Items, CreateBatchAnswer Answer)[] calls)
    {
        foreach ((WorkItem[] items, CreateBatchAnswer answer) in calls)
        {
            using var matcher = new AnswerMatcher(static _ => false, new FilledInValues());
            if (matcher.Match(items, answer, TimeSpan.Zero).Created.Count != items.Length)
            {
                throw new InvalidOperationException("An answer was not matched.");
            }
        }
    }
}
