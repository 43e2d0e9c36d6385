using System;
using System.IO;
using System.Linq;
using SsmAssociationTools.Content;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Runs.Create;
using SsmAssociationTools.Tests.Reliability;
using SsmAssociationTools.Tests.Runs.Create;
using Xunit;

namespace SsmAssociationTools.Tests.Runs.Journals;

/// <summary>Memory is measured of the whole process, so nothing else runs beside it.</summary>
[CollectionDefinition(nameof(JournalSizeTests), DisableParallelization = true)]
[Collection(nameof(JournalSizeTests))]
public sealed class JournalSizeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string JournalPath => _folder.File("run.journal");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_large_journal_takes_little_room()
    {
        const int Count = 50_000;
        using (Journal journal = Journal.Open(JournalPath))
        using (var canonical = new CanonicalContent())
        {
            foreach (int[] chunk in Enumerable.Range(0, Count).Chunk(1000))
            {
                WorkItem[] items = [.. chunk.Select(i => new WorkItem(i, null, RunHarness.Entry(i), canonical.KeyOf(RunHarness.Entry(i)), []) { Destination = new Destination("us-east-1", null) })];
                foreach (WorkItem item in items)
                {
                    journal.Identify(item);
                    item.Result = new AssociationFailure { State = AssociationStatus.Failed, AssociationId = Guid.NewGuid().ToString(), ErrorCode = "InvalidDocument", Message = new string('m', 300), Timestamp = DateTime.UtcNow };
                }

                journal.WriteIntent(items, new SentTime(DateTime.UtcNow, null, DateTime.UtcNow));
                journal.WriteOutcomes(items);
            }
        }

        long before = GC.GetTotalMemory(forceFullCollection: true);
        using Journal again = Journal.Open(JournalPath);
        long taken = GC.GetTotalMemory(forceFullCollection: true) - before;

        Assert.Equal(Count, again.KnownEntries);
        Assert.True(new FileInfo(JournalPath).Length > 400L * Count);
        Assert.InRange(taken / Count, 0, 200);
    }
}
