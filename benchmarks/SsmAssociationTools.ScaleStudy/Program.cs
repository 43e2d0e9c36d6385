using System;
using System.Globalization;
using SsmAssociationTools.ScaleStudy;

// One run in a process of its own: the peak of memory is that of the process.
if (args is ["cost", string destinationText, string entryText, string journalText])
{
    CostStudy.Cost cost = CostStudy.Run(Number(destinationText), Number(entryText), journalText == "journal");
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {Number(destinationText):n0} | {cost.Results:n0} | {journalText} | {cost.Wall.TotalSeconds:n1} s | {cost.Cpu.TotalMicroseconds / cost.Results:n1} µs | {(double)cost.Allocated / cost.Results:n0} B | {cost.PeakWorkingSet / 1048576.0:n0} MiB | {(cost.JournalBytes == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{cost.JournalBytes / 1048576.0:n1} MiB"))} | {(cost.Created == cost.Results ? "all" : "MISSING")} |"));
    return cost.Created == cost.Results ? 0 : 1;
}

if (args is ["pace", string paceDestinations])
{
    Console.WriteLine("| calls a second that an account-Region takes | entries in a call | calls | throttled | time for all | time if the limit were always used |");
    Console.WriteLine("|--:|--:|--:|--:|--:|--:|");
    foreach ((double rate, int size) in new[] { (1.0, 20), (2.0, 20), (5.0, 20), (10.0, 20), (20.0, 20), (5.0, 10), (5.0, 50) })
    {
        (TimeSpan time, long calls, long throttled, long created) = PaceStudy.Run(Number(paceDestinations), 2000, size, rate, TimeSpan.FromMilliseconds(150));
        if (created != Number(paceDestinations) * 2000L)
        {
            Console.Error.WriteLine($"Only {created} associations were created.");
            return 1;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {rate} | {size} | {calls:n0} | {throttled:n0} | {time.TotalSeconds:n0} s | {2000.0 / size / rate:n0} s |"));
    }

    return 0;
}

Console.Error.WriteLine("Usage: pace DESTINATIONS | cost DESTINATIONS ENTRIES (journal|none)");
return 2;

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
