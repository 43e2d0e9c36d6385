using System.Diagnostics;
using System.Linq;
using Xunit;

namespace SsmAssociationTools.Hostile.Tests;

/// <summary>Sessions of one process beside each other.</summary>
public sealed class SessionTests
{
    [Fact]
    public void Many_runspaces_of_a_new_process_import_the_module_at_the_same_time()
    {
        // The first imports of a process are the ones that can meet.
        for (int i = 0; i < 3; i++)
        {
            using Process process = KillRun.Start("sessions", "30");
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
        }
    }

    /// <summary>What the process does: every session in a thread of its own.</summary>
    internal static int Open(int count)
    {
        Campaign.ForEach([.. Enumerable.Range(0, count)], count, _ =>
        {
            using var session = new Session();
        });
        return 0;
    }
}
