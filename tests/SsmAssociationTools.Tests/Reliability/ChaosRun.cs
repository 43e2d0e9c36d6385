using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Runs.Create;
using SsmAssociationTools.Tests.Runs.Create;
using Xunit;
using Xunit.Abstractions;

namespace SsmAssociationTools.Tests.Reliability;

/// <summary>One run of the engine through the AWS SDK against an endpoint full of faults, and the judgement of what it left.</summary>
internal sealed class ChaosRun
{
    private readonly int _seed;
    private readonly int _count;
    private readonly int _limit;
    private readonly List<string> _problems = [];

    public ChaosRun(int seed, int count, int limit = 0)
    {
        _seed = seed;
        _count = count;
        _limit = limit;
    }

    /// <summary>Runs, and fails unless the results are what the endpoint holds. A failure names the seed.</summary>
    /// <param name="output">Takes a line about the run.</param>
    public void AssertSound(ITestOutputHelper output)
    {
        var random = new Random(_seed);
        List<AssociationEntry> entries = ChaosEntries.Make(_count, random);
        var options = new RunOptions
        {
            BatchSize = new[] { 20, 5, 50, 1, 20 }[_seed % 5],
            ThrottleLimit = new[] { 4, 1, 2, 8 }[_seed % 4],
            MaxAttempt = 12,
            IfExists = _seed % 7 == 3 ? ExistingAssociationAction.Skip : ExistingAssociationAction.Create,
        };
        var clock = Stopwatch.StartNew();
        using var endpoint = new ChaosEndpoint(ChaosFaults.All(_seed % 2 == 0, 0.2), _seed, _limit);
        string? journalPath = _seed % 3 == 0 ? endpoint.FileBeside("journal") : null;
        IReadOnlyList<AssociationResult> results = Send(endpoint, entries, options, journalPath, out RunHarness harness, out SentCalls sent);
        long calls = endpoint.RequestCount;
        if (journalPath is not null)
        {
            CheckJournal(endpoint, entries, options, journalPath, results);
        }

        Dictionary<string, AssociationRecord> state = endpoint.ReadBack();
        _problems.AddRange(Judgement.Compare(
            entries,
            [.. results.Select(r => new ReportedResult(r.Index, r.State, r.AssociationId, $"{r.Attempts} attempts, batch {r.BatchNumber}: {r.ErrorCode} {r.Message}"))],
            state,
            options.IfExists,

            // Where the very first calls carry one entry each and one is lost, no record has shown yet by which clock records are dated, and
            // whether what looks like the entry's is older nobody can tell.
            i => options.BatchSize == 1 && i < options.ThrottleLimit && results[i].BatchNumber <= options.ThrottleLimit,
            sent));
        Check(results.Zip(entries, (result, entry) => ReferenceEquals(result.Entry, entry)).All(same => same), "a result carries another input's entry");
        string summary = string.Format(
            CultureInfo.InvariantCulture,
            "seed {0}: {1} entries, batches of {2}, {3} at a time, {4}: {5} calls, {6} in {7:0.0} s",
            _seed, _count, options.BatchSize, options.ThrottleLimit, options.IfExists, calls,
            string.Join(", ", results.GroupBy(r => r.Status).OrderBy(g => g.Key).Select(g => $"{g.Count()} {g.Key}")), clock.Elapsed.TotalSeconds);
        output.WriteLine(summary);
        if (_problems.Count > 0)
        {
            var text = new StringBuilder(summary).AppendLine().AppendJoin(Environment.NewLine, _problems.Take(20)).AppendLine();
            Assert.Fail(text.AppendLine("Log:").AppendJoin(Environment.NewLine, harness.Warnings.Concat(harness.Lines.TakeLast(400))).ToString());
        }
    }

    private static IReadOnlyList<AssociationResult> Send(ChaosEndpoint endpoint, List<AssociationEntry> entries, RunOptions options, string? journalPath, out RunHarness harness, out SentCalls sent)
    {
        using IAssociationGateway gateway = sent = new SentCalls(endpoint.Connect(TimeSpan.FromMilliseconds(250)));
        using Journal? journal = journalPath is null ? null : Journal.Open(journalPath);
        using (harness = new RunHarness(gateway, options, new InstantClock(), journal))
        {
            return harness.Send(entries);
        }
    }

    /// <summary>The same input again with the same journal changes nothing and says the same.</summary>
    private void CheckJournal(ChaosEndpoint endpoint, List<AssociationEntry> entries, RunOptions options, string journalPath, IReadOnlyList<AssociationResult> results)
    {
        string text = File.ReadAllText(journalPath);
        Check(!text.Contains(ChaosEntries.Secret, StringComparison.Ordinal), "the journal shows a parameter value");
        int before = endpoint.AssociationCount;
        if (options.IfExists != ExistingAssociationAction.Create || !results.All(IsFinal))
        {
            return;
        }

        long calls = endpoint.RequestCount;
        IReadOnlyList<AssociationResult> again = Send(endpoint, entries, options, journalPath, out _, out _);
        Check(endpoint.RequestCount == calls, "a second run with the journal made calls");
        Check(endpoint.AssociationCount == before, "a second run with the journal created associations");
        for (int i = 0; i < results.Count; i++)
        {
            Check(again[i].Status == results[i].Status && again[i].AssociationId == results[i].AssociationId, $"entry {i}: the journal says {again[i].Status} {again[i].AssociationId}");
        }
    }

    private static bool IsFinal(AssociationResult result) =>
        result.State is AssociationStatus.Created or AssociationStatus.Existing || (result.State == AssociationStatus.Failed && !result.IsRetryable);

    private void Check(bool holds, string problem)
    {
        if (!holds)
        {
            _problems.Add(problem);
        }
    }
}
