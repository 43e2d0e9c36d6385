using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using SsmAssociationTools.Hostile.Tests.Fleet;
using SsmAssociationTools.HostileService;
using Xunit;

namespace SsmAssociationTools.Hostile.Tests;

/// <summary>Removing, changing and running in front of the same service. SSM_HOSTILE_OTHERS says how many seeds of each.</summary>
public sealed class OtherCommandTests
{
    [Fact]
    public void What_is_named_is_removed_and_nothing_else() => Run("Remove-SsmAssociationBatch", RemovalRun.Of);

    [Fact]
    public void What_is_changed_has_every_member_and_nobodys_edit_is_lost() => Run("Update-SsmAssociationBatch", UpdateRun.Of);

    [Fact]
    public void A_fleet_is_synchronised_and_nothing_is_lost_doubled_or_removed_that_should_stay() => Run("Sync-SsmAssociationBatch", SyncRun.Of);

    [Fact]
    public void What_is_started_runs_once() => Run("Start-SsmAssociationBatch", StartRun.Of);

    private static void Run(string command, Func<int, Session, IReadOnlyCollection<Mischief>, OtherRun> run)
    {
        if (!Campaign.WithSession(session => session.Has(command)))
        {
            // The module that is tested does not have it.
            return;
        }

        int count = Environment.GetEnvironmentVariable("SSM_HOSTILE_OTHERS") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : 30;
        var broken = new SortedDictionary<int, string>();
        var gate = new Lock();
        Campaign.ForEach([.. Enumerable.Range(1, count)], 30, seed =>
        {
            OtherRun done = Campaign.WithSession(session => run(seed, session, [.. Selection.Allowed]));
            if (done.Faults.Count > 0)
            {
                lock (gate)
                {
                    broken[seed] = $"Seed {seed}\n{string.Join('\n', done.Faults)}\n\n{done.Story}";
                }
            }
        });
        Assert.True(broken.Count == 0, $"{broken.Count} of {count} seeds\n\n{string.Join("\n\n", broken.Values)}");
    }
}
