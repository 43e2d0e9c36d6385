using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using SsmAssociationTools.Content;
using SsmAssociationTools.Runs.Create;
using SsmAssociationTools.Tests.Validation;
using Xunit;

namespace SsmAssociationTools.Tests.Content;

/// <summary>
/// The canonical content never changes: the names in a journal and the shards of a fleet are made of it, and a run with
/// this version goes on where a run with an earlier one was stopped.
/// </summary>
public sealed class PinnedContentTests
{
    private const string Pinned = "canonical-content.txt";
    private const string PinnedJournal = "pinned.journal";
    private const string Place = "https://ssm.us-east-1.amazonaws.com/ 111122223333 us-east-1";

    [Fact]
    public void The_canonical_content_and_the_shard_of_every_pinned_entry_are_what_they_were()
    {
        string[] lines = [.. PinnedEntries.All().Select(static entry => Line(entry.Key, entry.Value))];
        Assert.Equal(File.ReadAllLines(TestData.PathOf(Pinned)), lines);
    }

    [Fact]
    public void A_journal_of_an_earlier_version_still_knows_its_entries()
    {
        string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        try
        {
            File.Copy(TestData.PathOf(PinnedJournal), path);
            File.Copy(TestData.PathOf(PinnedJournal + ".key"), path + ".key");
            using Journal journal = Journal.Open(path);
            var another = new AssociationEntry { Name = "Another" };
            Assert.All(PinnedEntries.All(), entry => Assert.True(journal.HasOpenOther(entry.Value, another, Place), entry.Key));
            Assert.False(journal.HasOpenOther(another, new AssociationEntry { Name = "Third" }, Place));
        }
        finally
        {
            File.Delete(path);
            File.Delete(path + ".key");
        }
    }

    private static string Line(string label, AssociationEntry entry)
    {
        using var canonical = new CanonicalContent();
        ContentKey key = canonical.KeyOf(entry);
        byte[] bytes = canonical.BytesOf(entry).ToArray();
        int shard = Enumerable.Range(1, 1_000).Single(number => Shard.Parse(FormattableString.Invariant($"{number}/1000"))!.Has(key, 0));
        return string.Join('\t', label, Convert.ToHexString(SHA256.HashData(bytes)), key.High.ToString("x16", CultureInfo.InvariantCulture), shard.ToString(CultureInfo.InvariantCulture));
    }
}
