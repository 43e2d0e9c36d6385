using System;
using System.Diagnostics;
using System.Threading.Tasks;

namespace SsmAssociationTools.Benchmarks;

/// <summary>What one pass over some entries took.</summary>
/// <param name="Entries">Entries of the pass.</param>
/// <param name="Seconds">Time on the clock.</param>
/// <param name="CpuSeconds">Processor time of this process, all threads together; 0 where another process did the work.</param>
internal readonly record struct Pass(int Entries, double Seconds, double CpuSeconds)
{
    /// <summary>Entries a second.</summary>
    public double Rate => Entries / Seconds;

    /// <summary>Processor time of an entry in microseconds.</summary>
    public double CpuMicroseconds => CpuSeconds * 1e6 / Entries;

    /// <summary>Measures a pass, after the garbage of what ran before is gone.</summary>
    /// <param name="entries">Entries of the pass.</param>
    /// <param name="work">The pass.</param>
    /// <returns>What it took.</returns>
    public static async Task<Pass> MeasureAsync(int entries, Func<Task> work)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        TimeSpan cpu = process.TotalProcessorTime;
        long start = Stopwatch.GetTimestamp();
        await work();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        process.Refresh();
        return new Pass(entries, seconds, (process.TotalProcessorTime - cpu).TotalSeconds);
    }

    /// <summary>Measures a pass that does not wait for anything.</summary>
    /// <param name="entries">Entries of the pass.</param>
    /// <param name="work">The pass.</param>
    /// <returns>What it took.</returns>
    public static Task<Pass> MeasureAsync(int entries, Action work) => MeasureAsync(entries, () =>
    {
        work();
        return Task.CompletedTask;
    });
}
