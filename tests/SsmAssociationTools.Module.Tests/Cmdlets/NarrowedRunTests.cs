using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Cmdlets;

/// <summary>
/// The run after a killed one names fewer Regions or accounts, or none: what the killed one may have done is Unknown all the same,
/// and only the rest was not attempted.
/// </summary>
public sealed class NarrowedRunTests : IDisposable
{
    private const string Setup = """
        $c.Remove('Region')
        $roles = 'arn:aws:iam::111122223333:role/Operations', 'arn:aws:iam::444455556666:role/team/Operations'
        function New-OfRegion([string] $region, [int] $n) { $entry = New-Good $n; $entry.Name = "arn:aws:ssm:${region}:111122223333:document/Shared"; $entry }
        """;

    private const string MadeThere = "$made = 1..3 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c -Region us-east-1 -RoleArn $roles[0]";

    private readonly string _folder = Directory.CreateTempSubdirectory("ssm").FullName;

    private string Journal => Path.Combine(_folder, "run.journal");

    /// <summary>For each command that takes ids: what the input says beside the id.</summary>
    public static TheoryData<string, string> Commands => new()
    {
        { "Remove-SsmAssociationBatch", "" },
        { "Update-SsmAssociationBatch", "MaxErrors = '1'" },
        { "Start-SsmAssociationBatch", "" },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Commands))]
    public void Where_the_Region_list_leaves_out_that_of_the_input(string command, string more)
    {
        using EndpointSession endpoint = Killed($"{Input(0, $"Region = 'us-east-1'; {more}")} | {command} @c -Region us-east-1, eu-west-1");

        ScriptResult result = endpoint.Run(Again($"{Input(0, $"Region = 'us-east-1'; {more}")}, {Input(1, $"Region = 'us-east-1'; {more}")} | {command} @c -Region eu-west-1"));

        Assert.Equal([("Unknown", "us-east-1"), ("NotAttempted", "us-east-1")], Results(result));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Where_several_Regions_are_named_and_the_input_names_none(string command, string more)
    {
        using EndpointSession endpoint = Killed($"{Input(0, more)} | {command} @c -Region us-east-1");

        ScriptResult result = endpoint.Run(Again($"{Input(0, more)}, {Input(1, more)} | {command} @c -Region eu-west-1, us-east-1"));

        // An id is in one Region only, and the journal knows in which.
        Assert.Equal([("Unknown", "us-east-1"), ("NotAttempted", "")], Results(result));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Where_no_Region_is_known_at_all(string command, string more)
    {
        using EndpointSession endpoint = Killed($"{Input(0, more)} | {command} @c -Region us-east-1");

        ScriptResult result = endpoint.Run(Again($"42, {Input(0, more)}, {Input(1, more)} | {command} @c"));

        Assert.Equal([("Unknown", "us-east-1"), ("NotAttempted", "")], Results(result).Skip(1));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Where_the_list_of_roles_leaves_out_the_account_of_the_input(string command, string more)
    {
        string account = $"AccountId = '111122223333'; {more}";
        using EndpointSession endpoint = Killed($"{Input(0, account)} | {command} @c -Region us-east-1 -RoleArn $roles", MadeThere);

        ScriptResult result = endpoint.Run(Again($"{Input(0, account)}, {Input(1, account)} | {command} @c -Region us-east-1 -RoleArn $roles[1]"));

        Assert.Equal(["Unknown", "NotAttempted"], Results(result).Select(one => one.Status));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Where_the_credentials_are_of_another_account_than_the_input(string command, string more)
    {
        string account = $"AccountId = '111122223333'; {more}";
        const string Keys = "-Credential @{ AccessKey = 'local'; SecretKey = 'local'; AccountId = '444455556666' }";
        using EndpointSession endpoint = Killed($"{Input(2, $"AccountId = '444455556666'; {more}")}, {Input(0, account)} | {command} @c -Region us-east-1 -RoleArn $roles", MadeThere);
        endpoint.Run("$c = @{ EndpointUrl = $endpoint.Url.AbsoluteUri }");

        ScriptResult result = endpoint.Run(Again($"{Input(0, account)}, {Input(1, account)} | {command} @c -Region us-east-1 {Keys}"));

        Assert.Equal(["Unknown", "NotAttempted"], Results(result).Select(one => one.Status));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void What_the_journal_knows_to_be_done_is_told_from_it(string command, string more)
    {
        using EndpointSession endpoint = Made();
        ScriptResult first = endpoint.Run(Again($"{Input(0, more)} | {command} @c -Region us-east-1"));

        ScriptResult result = endpoint.Run(Again($"{Input(0, more)}, {Input(1, more)} | {command} @c -Region eu-west-1, us-east-1"));

        // An update compares versions before it counts as done, so it has no result without a call.
        Assert.Equal([command.StartsWith("Update", StringComparison.Ordinal) ? "NotAttempted" : Results(first)[0].Status, "NotAttempted"], Results(result).Select(one => one.Status));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void What_is_refused_now_and_was_sent_before(string command, string more)
    {
        using EndpointSession endpoint = Killed($"{Input(0, more)} | {command} @c -Region us-east-1");

        // A result that says Failed is none to remove, to change or to run.
        string refused = command.StartsWith("Update", StringComparison.Ordinal)
            ? "@{ AssociationId = $made[0].AssociationId; InstanceId = 'i-0123456789abcdef0' }, @{ AssociationId = $made[1].AssociationId; InstanceId = 'i-0123456789abcdef0' }"
            : "@{ AssociationId = $made[0].AssociationId; Status = 'Unknown'; ErrorCode = 'X'; Attempts = 1; Entry = (New-Good 1) }, @{ AssociationId = $made[1].AssociationId; Status = 'Unknown'; ErrorCode = 'X'; Attempts = 1; Entry = (New-Good 2) }";
        ScriptResult result = endpoint.Run(Again($"{refused} | {command} @c -Region us-east-1"));

        Assert.Equal("Unknown", Results(result)[0].Status);
        Assert.NotEqual("Unknown", Results(result)[1].Status);
    }

    [Theory]
    [InlineData("New-SsmAssociationBatch")]
    [InlineData("Sync-SsmAssociationBatch")]
    public void Where_no_Region_is_known_for_an_entry(string command)
    {
        using EndpointSession endpoint = Killed($"New-Good 8 | {command} @c -Region us-east-1");

        ScriptResult result = endpoint.Run(Again($"42, (New-Good 8), (New-Good 9) | {command} @c"));

        // Which Region the entry would go to now nobody knows: that of the journal is not said to be it.
        Assert.Equal([("Unknown", ""), ("NotAttempted", "")], Results(result).Skip(1));
    }

    [Theory]
    [InlineData("New-SsmAssociationBatch")]
    [InlineData("Sync-SsmAssociationBatch")]
    public void Where_an_entry_breaks_a_rule_in_the_one_Region_that_is_left(string command)
    {
        using EndpointSession endpoint = Killed($"New-OfRegion eu-west-1 8 | {command} @c -Region us-east-1, eu-west-1");

        ScriptResult result = endpoint.Run(Again($"(New-OfRegion eu-west-1 8), (New-OfRegion eu-west-1 9) | {command} @c -Region us-east-1"));

        Assert.Equal([("Unknown", "us-east-1"), ("Invalid", "us-east-1")], Results(result));
    }

    [Fact]
    public void Where_the_Region_list_leaves_out_that_of_an_approved_plan()
    {
        const string Plan = "(New-Good 8), (New-Good 9) | Compare-SsmAssociationEntry @c -Region us-east-1";
        using EndpointSession endpoint = Killed("$plan[0] | Sync-SsmAssociationBatch @c -Region us-east-1, eu-west-1", $"$plan = @({Plan} | Where-Object Status -EQ Missing)");

        ScriptResult result = endpoint.Run(Again("$plan | Sync-SsmAssociationBatch @c -Region eu-west-1"));

        Assert.Equal(["Unknown", "NotAttempted"], Results(result).Select(one => one.Status));
    }

    private static string Input(int number, string more) => $"@{{ AssociationId = $made[{number}].AssociationId; {more} }}";

    private static IReadOnlyList<(string Status, string Region)> Results(ScriptResult result) =>
        [.. result.Output.Select(item => (item!.Properties["Status"].Value.ToString()!, item.Properties["Region"].Value as string ?? string.Empty))];

    private string Again(string script) => $"{script} -Confirm:$false -JournalPath '{Journal}'";

    private static EndpointSession Made()
    {
        var endpoint = new EndpointSession();
        endpoint.Run($"{Setup}\n$made = 1..3 | ForEach-Object {{ New-Good $_ }} | New-SsmAssociationBatch @c -Region us-east-1").WithoutErrors();
        return endpoint;
    }

    /// <summary>A session in which a run was killed after its calls and before it wrote what became of them.</summary>
    private EndpointSession Killed(string script, string before = "")
    {
        EndpointSession endpoint = Made();
        endpoint.Run($"{before}\n{Again(script)} -ErrorAction SilentlyContinue");
        string[] left = [.. File.ReadAllLines(Journal).TakeWhile(line => !line.Contains("\"outcome\"", StringComparison.Ordinal))];
        Assert.Contains("\"intent\"", left[^1], StringComparison.Ordinal);
        File.WriteAllLines(Journal, left);
        return endpoint;
    }
}
