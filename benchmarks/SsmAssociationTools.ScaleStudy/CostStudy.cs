using System;
using System.Diagnostics;
using System.IO;
using SsmAssociationTools.Content;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Runs.Create;

namespace SsmAssociationTools.ScaleStudy;

/// <summary>
/// What a run costs this machine: the module's whole run, in real time, against account-Regions that answer at once. What
/// the network and the AWS SDK cost is not in it; docs/performance.md has that.
/// </summary>
internal sealed class CostStudy : IRunObserver<WorkItem>
{
    private long _results;

    private long _created;

    /// <summary>Plays one run.</summary>
    /// <param name="destinations">Account-Regions.</param>
    /// <param name="entries">Associations in each.</param>
    /// <param name="withJournal">True to keep a journal, in the folder for temporary files.</param>
    /// <returns>What it cost.</returns>
    public static Cost Run(int destinations, int entries, bool withJournal)
    {
        string folder = Directory.CreateTempSubdirectory("ssm-scale-").FullName;
        try
        {
            string path = Path.Combine(folder, "run.journal");
            using Journal? journal = withJournal ? Journal.Open(path) : null;
            var study = new CostStudy();
            using var process = Process.GetCurrentProcess();
            TimeSpan cpu = process.TotalProcessorTime;
            long allocated = GC.GetTotalAllocatedBytes();
            var watch = Stopwatch.StartNew();
            study.Play(destinations, entries, journal);
            watch.Stop();
            process.Refresh();
            return new Cost(
                watch.Elapsed,
                process.TotalProcessorTime - cpu,
                GC.GetTotalAllocatedBytes() - allocated,
                process.PeakWorkingSet64,
                withJournal ? new FileInfo(path).Length : 0,
                study._results,
                study._created);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <inheritdoc/>
    public void Settled(WorkItem item)
    {
        _results++;
        _created += item.Result is AssociationSuccess ? 1 : 0;
    }

    /// <inheritdoc/>
    public void Delivered()
    {
    }

    /// <inheritdoc/>
    public void Verbose(string text)
    {
    }

    /// <inheritdoc/>
    public void Warning(string text)
    {
    }

    /// <inheritdoc/>
    public void Progress(RunProgress progress)
    {
    }

    private void Play(int destinations, int entries, Journal? journal)
    {
        var clock = new SystemClock();
        Destination[] all = new Destination[destinations];
        for (int i = 0; i < destinations; i++)
        {
            // 20 Regions in each account.
            all[i] = new Destination($"region-{i % 20}-1", $"arn:aws:iam::{100_000_000_000 + (i / 20)}:role/Operations");
        }

        using var control = new RunControl();
        using var canonical = new CanonicalContent();
        using var run = new AssociationRun(_ => new SimulatedService(clock, double.PositiveInfinity, TimeSpan.Zero), new RunOptions(), control, journal, clock, new Random(1), this);
        for (int i = 0; i < entries; i++)
        {
            AssociationEntry entry = Entries.Make(i);
            var read = new WorkItem(i, entry, entry, canonical.KeyOf(entry), []);
            foreach (Destination destination in all)
            {
                run.Add(read.To(destination));
            }
        }

        run.Complete();
    }

    /// <summary>What a run cost.</summary>
    internal sealed record Cost(TimeSpan Wall, TimeSpan Cpu, long Allocated, long PeakWorkingSet, long JournalBytes, long Results, long Created);
}
