using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Cmdlets;

/// <summary>
/// What a killed run did without learning the outcome is Unknown wherever the next run with its journal does nothing for it, and
/// only the rest was not attempted.
/// </summary>
public sealed class KilledRunTests : IDisposable
{
    private const int No = 2;

    private readonly string _folder = Directory.CreateTempSubdirectory("ssm").FullName;

    private string Journal => Path.Combine(_folder, "run.journal");

    /// <summary>For each command: what the killed run worked on, something of the same kind that it did not, and the command.</summary>
    public static TheoryData<string, string, string> Commands => new()
    {
        { "New-Good 8", "New-Good 9", "New-SsmAssociationBatch" },
        { "$made[0].AssociationId", "$made[1].AssociationId", "Remove-SsmAssociationBatch" },
        { "@{ AssociationId = $made[0].AssociationId; MaxErrors = '1' }", "@{ AssociationId = $made[1].AssociationId; MaxErrors = '1' }", "Update-SsmAssociationBatch" },
        { "$made[0].AssociationId", "$made[1].AssociationId", "Start-SsmAssociationBatch" },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Commands))]
    public void Where_the_run_is_stopped_before_it_connects(string open, string other, string command)
    {
        using EndpointSession endpoint = Killed(open, command);

        ScriptResult result = endpoint.Run($"42, ({open}), ({other}) | {command} @c -Confirm:$false -JournalPath '{Journal}' -ErrorAction Stop");

        Assert.Equal(["Unknown", "NotAttempted"], Statuses(result).Skip(1));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Where_the_run_is_stopped_after_it_has_worked_there(string open, string other, string command)
    {
        using EndpointSession endpoint = Killed(open, command);

        ScriptResult result = endpoint.Run($"({other.Replace("[1]", "[2]", StringComparison.Ordinal)}), 42, ({open}), ({other}) | {command} @c -Confirm:$false -JournalPath '{Journal}' -ErrorAction Stop");

        Assert.Equal(["Unknown", "NotAttempted"], Statuses(result).Skip(2));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Where_the_user_says_no(string open, string other, string command)
    {
        using EndpointSession endpoint = Killed(open, command);
        endpoint.Session.Answer(No, No);

        ScriptResult result = endpoint.Run($"({open}), ({other}) | {command} @c -Confirm -JournalPath '{Journal}'");

        Assert.Equal(["Unknown", "NotAttempted"], Statuses(result));
        Assert.Equal(2, result.Prompts.Count);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void What_the_user_says_no_to_and_the_journal_knows_to_be_done_is_told_from_it(string open, string other, string command)
    {
        using EndpointSession endpoint = Made();
        string done = endpoint.Run($"({open}) | {command} @c -Confirm:$false -JournalPath '{Journal}'").Output.Select(item => (string)item!.Properties["Status"].Value).Single();
        endpoint.Session.Answer(No, No);

        ScriptResult result = endpoint.Run($"({open}), ({other}) | {command} @c -Confirm -JournalPath '{Journal}'");

        // An update compares versions before it counts as done, so it has no result without a call.
        Assert.Equal([command.StartsWith("Update", StringComparison.Ordinal) ? "NotAttempted" : done, "NotAttempted"], Statuses(result));
    }

    [Fact]
    public void Where_Sync_cannot_read_what_exists()
    {
        using EndpointSession endpoint = Killed("New-Good 8", "Sync-SsmAssociationBatch", "-Fault 'ListAssociations after 1 error code=AccessDeniedException'");

        ScriptResult result = endpoint.Run($"(New-Good 8), (New-Good 9) | Sync-SsmAssociationBatch @c -Confirm:$false -JournalPath '{Journal}'");

        Assert.Equal(["Unknown", "NotAttempted"], Statuses(result));
    }

    [Fact]
    public void Where_Sync_is_stopped_and_the_list_does_not_show_it()
    {
        using EndpointSession endpoint = Killed("New-Good 8", "Sync-SsmAssociationBatch");
        endpoint.Run("(Get-SsmAssociationEntry @c | Where-Object AssociationName -EQ 'agent-8').AssociationId | Remove-SsmAssociationBatch @c -Force | Out-Null").WithoutErrors();

        ScriptResult result = endpoint.Run($"42, (New-Good 8), (New-Good 9) | Sync-SsmAssociationBatch @c -Confirm:$false -JournalPath '{Journal}' -ErrorAction Stop");

        Assert.Equal(["Unknown", "NotAttempted"], Statuses(result).Skip(1));
    }

    [Fact]
    public void Where_Sync_cannot_tell_which_association_is_meant()
    {
        using EndpointSession endpoint = Killed("New-Good 8", "Sync-SsmAssociationBatch");
        endpoint.Run("""
            (Get-SsmAssociationEntry @c | Where-Object AssociationName -EQ 'agent-8').AssociationId | Remove-SsmAssociationBatch @c -Force | Out-Null
            8, 8, 9, 9 | ForEach-Object { $n = $_; 2, 3 } | ForEach-Object { $other = New-Good $n; $other.ScheduleExpression = "rate($_ days)"; $other } | New-SsmAssociationBatch @c | Out-Null
            """).WithoutErrors();

        ScriptResult result = endpoint.Run($"(New-Good 8), (New-Good 9) | Sync-SsmAssociationBatch @c -Confirm:$false -JournalPath '{Journal}'");

        Assert.Equal(["Unknown", "NotAttempted"], Statuses(result));
    }

    private static IReadOnlyList<string> Statuses(ScriptResult result) => [.. Seen.In(result).Select(item => item.Status)];

    private static EndpointSession Made(string arguments = "")
    {
        var endpoint = new EndpointSession(arguments);
        endpoint.Run("$made = 1..3 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c").WithoutErrors();
        return endpoint;
    }

    /// <summary>A session in which a run was killed after its call and before it wrote what became of it.</summary>
    private EndpointSession Killed(string open, string command, string arguments = "")
    {
        EndpointSession endpoint = Made(arguments);
        endpoint.Run($"({open}) | {command} @c -Confirm:$false -JournalPath '{Journal}'").WithoutErrors();
        string[] lines = File.ReadAllLines(Journal);
        string[] left = [.. lines.TakeWhile(line => !line.Contains("\"outcome\"", StringComparison.Ordinal))];
        Assert.Contains("\"intent\"", left[^1], StringComparison.Ordinal);
        Assert.NotEqual(lines.Length, left.Length);
        File.WriteAllLines(Journal, left);
        return endpoint;
    }
}
