using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Cmdlets;

/// <summary>What exists, read back as it can be sent, stored and filtered.</summary>
public sealed class GetSsmAssociationEntryTests
{
    [Fact]
    public void Every_association_comes_out_in_the_order_of_the_list_with_id_status_and_place()
    {
        using var endpoint = new EndpointSession();
        endpoint.Run("1..120 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c -ThrottleLimit 1").WithoutErrors();

        IReadOnlyList<Seen> seen = Seen.In(endpoint.Run("Get-SsmAssociationEntry @c").WithoutErrors());

        Assert.Equal(Enumerable.Range(1, 120).Select(i => $"agent-{i}"), seen.Select(item => (string)item["AssociationName"]!));
        Seen first = seen[0];
        Assert.Equal("ExistingAssociation", first.Kind);
        Assert.Equal(endpoint.Ids()[0], first.AssociationId);
        Assert.Equal(("Pending", "Creating", "1", "us-east-1"), (first.Status, first["DetailedStatus"], first["AssociationVersion"], first["Region"]));
        Assert.Equal("tag:Node=n1", first["Target"]);
        Assert.Equal(DateTimeKind.Utc, ((DateTime)first["Date"]!).Kind);
        Assert.Null(first["LastExecutionDate"]);

        // Two pages with a third, and one call for each association.
        Assert.Equal(6 + 3 + 120 + 1, endpoint.Requests);
    }

    [Theory]
    [InlineData("-Name AWS-UpdateSSMAgent", "agent-1,agent-2", 1)]
    [InlineData("AWS-Update*", "agent-1,agent-2", 1)]
    [InlineData("-Name *Patch*, AWS-UpdateSSMAgent", "agent-1,agent-2,patch", 1)]
    [InlineData("-Name Nobody-Has-This", "", 1)]
    [InlineData("-AssociationName agent-2", "agent-2", 1)]
    [InlineData("-AssociationName AGENT-?", "agent-1,agent-2", 1)]
    [InlineData("-AssociationName *-1 -Name AWS-R*", "", 1)]
    [InlineData("-Status pending", "agent-1,agent-2,patch", 1)]
    [InlineData("-Status Success, Failed", "", 1)]
    public void Filters_leave_out_what_they_name(string arguments, string expected, int listCalls)
    {
        using var endpoint = new EndpointSession();
        endpoint.Run("(New-Good 1), (New-Good 2), @{ Name = 'AWS-RunPatchBaseline'; AssociationName = 'patch'; Targets = 'tag:A=b'; Parameters = 'Operation=Scan' } | New-SsmAssociationBatch @c").WithoutErrors();
        long before = endpoint.Requests;

        IReadOnlyList<Seen> seen = Seen.In(endpoint.Run($"Get-SsmAssociationEntry @c {arguments}").WithoutErrors());

        Assert.Equal(expected, string.Join(",", seen.Select(item => item["AssociationName"])));
        Assert.Equal(listCalls + seen.Count, endpoint.Requests - before);
    }

    [Fact]
    public void Status_and_last_execution_are_those_of_the_service()
    {
        string state = Path.Combine(Directory.CreateTempSubdirectory().FullName, "state");
        using (var writer = new EndpointSession($"-StatePath '{state}'"))
        {
            writer.Run("1..3 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c").WithoutErrors();
        }

        string[] lines = File.ReadAllLines(state);
        lines[2] = lines[2].Replace("\"Status\":\"Pending\"", "\"Status\":\"Failed\"", StringComparison.Ordinal)
            .Replace("\"Overview\"", "\"LastExecutionDate\":1700000000,\"Overview\"", StringComparison.Ordinal);
        File.WriteAllLines(state, lines);
        using var endpoint = new EndpointSession($"-StatePath '{state}'");

        Seen failed = Assert.Single(Seen.In(endpoint.Run("Get-SsmAssociationEntry @c -Status failed").WithoutErrors()));
        IReadOnlyList<Seen> all = Seen.In(endpoint.Run("Get-SsmAssociationEntry @c -Status Failed, Pending").WithoutErrors());

        Assert.Equal(("agent-2", "Failed"), (failed["AssociationName"], failed.Status));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1700000000).UtcDateTime, failed["LastExecutionDate"]);
        Assert.Equal(["Pending", "Failed", "Pending"], all.Select(item => item.Status));
        Directory.Delete(Path.GetDirectoryName(state)!, recursive: true);
    }

    [Fact]
    public void Ids_come_from_a_parameter_text_or_the_property_of_results()
    {
        using var endpoint = new EndpointSession();
        endpoint.Run("$r = 1..30 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c").WithoutErrors();

        Assert.Equal(["agent-3", "agent-1"], Names(endpoint.Run("Get-SsmAssociationEntry @c -AssociationId $r[2].AssociationId, $r[0].AssociationId.ToUpper()")));
        Assert.Equal(["agent-2"], Names(endpoint.Run("$r[1].AssociationId | Get-SsmAssociationEntry @c")));
        Assert.Equal(Enumerable.Range(1, 30).Select(i => $"agent-{i}"), Names(endpoint.Run("$r | Get-SsmAssociationEntry @c")));
        Assert.Equal(["agent-1"], Names(endpoint.Run("Get-SsmAssociationEntry @c -AssociationName agent-1 | Get-SsmAssociationEntry @c")));
        Assert.Empty(Names(endpoint.Run("New-Invalid 1 | New-SsmAssociationBatch @c -ErrorAction SilentlyContinue | Get-SsmAssociationEntry @c")));
    }

    [Fact]
    public void An_id_that_is_not_there_is_an_error_with_the_id_as_target_and_the_others_are_read()
    {
        using var endpoint = new EndpointSession();
        endpoint.Run("$r = New-Good 1 | New-SsmAssociationBatch @c").WithoutErrors();

        ScriptResult result = endpoint.Run("'33858bec-0c55-4547-a054-eb5fc0000000', 'nonsense', $r.AssociationId | Get-SsmAssociationEntry @c");

        Assert.Equal("agent-1", Assert.Single(Seen.In(result))["AssociationName"]);
        Assert.Equal(2, result.Errors.Count);
        ErrorRecord gone = result.Errors.Single(error => error.CategoryInfo.Category == ErrorCategory.ObjectNotFound);
        Assert.StartsWith("AssociationDoesNotExist,", gone.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("33858bec-0c55-4547-a054-eb5fc0000000", gone.TargetObject);
        Assert.Contains("us-east-1", gone.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(gone.ErrorDetails.RecommendedAction);
        Assert.StartsWith("InvalidAssociationId,", result.Errors.Single(error => error != gone).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_Region_is_read_and_an_id_is_looked_for_in_all()
    {
        using var endpoint = new EndpointSession();
        endpoint.Run("$d = @{} + $c; $d.Remove('Region'); $r = New-Good 1 | New-SsmAssociationBatch @d -Region eu-west-1, us-west-2").WithoutErrors();

        Assert.Equal(["eu-west-1", "us-west-2"], Seen.In(endpoint.Run("Get-SsmAssociationEntry @d -Region eu-west-1, us-west-2").WithoutErrors()).Select(item => item["Region"]));
        Assert.Equal(["eu-west-1", "us-west-2"], Seen.In(endpoint.Run("$r | Get-SsmAssociationEntry @d -Region eu-west-1, us-west-2").WithoutErrors()).Select(item => item["Region"]));
        ErrorRecord gone = Assert.Single(endpoint.Run("Get-SsmAssociationEntry @d -Region eu-west-1, us-west-2 -AssociationId 33858bec-0c55-4547-a054-eb5fc0000000").Errors);
        Assert.Contains("eu-west-1; us-west-2", gone.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_association_that_vanishes_is_left_out_and_told_of()
    {
        using var endpoint = new EndpointSession("-Fault 'DescribeAssociation call 2 error code=AssociationDoesNotExist'");
        endpoint.Run("1..3 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c").WithoutErrors();

        ScriptResult result = endpoint.Run("Get-SsmAssociationEntry @c -ThrottleLimit 1 -Verbose").WithoutErrors();

        // Which of the three is read second is not promised; those that are left come in the order of the list.
        Assert.Equal(2, Names(result).Count());
        Assert.Equal(Names(result).Order(), Names(result));
        Assert.Contains(result.Verbose, line => line.Contains("was deleted while the list was read", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("-Fault 'DescribeAssociation call 1-3 throttle'")]
    [InlineData("-Fault 'ListAssociations call 1 throttle'")]
    [InlineData("-Fault 'ListAssociations call 1 reset'")]
    [InlineData("-Fault 'DescribeAssociation call 5 server-error'")]
    public void What_passes_is_tried_again(string faults)
    {
        using var endpoint = new EndpointSession(faults);
        endpoint.Run("1..12 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c -ThrottleLimit 1").WithoutErrors();

        ScriptResult result = endpoint.Run("Get-SsmAssociationEntry @c -Verbose").WithoutErrors();

        Assert.Equal(Enumerable.Range(1, 12).Select(i => $"agent-{i}"), Names(result));
        Assert.Contains(result.Verbose, line => line.Contains("trying again in", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ListAssociations call 2,4,6,8,10,12 error code=InvalidNextToken", "InvalidNextToken", "were listed")]
    [InlineData("ListAssociations always error code=AccessDeniedException", "AccessDeniedException", "nothing was read")]
    [InlineData("DescribeAssociation always error code=AccessDeniedException", "AccessDeniedException", "0 were read")]
    public void A_list_that_cannot_be_read_to_its_end_ends_the_command_and_says_how_far_it_got(string fault, string code, string progress)
    {
        using var endpoint = new EndpointSession($"-Fault '{fault}'");
        endpoint.Run("1..60 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c").WithoutErrors();

        ScriptResult result = endpoint.Run("$script:reached = 0; Get-SsmAssociationEntry @c | ForEach-Object { $_ }; $script:reached = 1");

        Assert.NotNull(result.TerminatingError);
        Assert.StartsWith(code + ",", result.TerminatingError.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(progress, result.TerminatingError.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(result.TerminatingError.ErrorDetails.RecommendedAction);
        Assert.Equal([0], endpoint.Run("$script:reached").OutputOf<int>());
    }

    [Fact]
    public void A_list_that_breaks_off_leaves_the_old_backup()
    {
        using var endpoint = new EndpointSession("-Fault 'ListAssociations call 2,4,6,8,10,12 error code=InvalidNextToken'");
        string folder = Directory.CreateTempSubdirectory().FullName;
        string file = Path.Combine(folder, "backup.jsonl");
        File.WriteAllText(file, "the old one");
        endpoint.Run("1..60 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c").WithoutErrors();

        ScriptResult result = endpoint.Run($"Get-SsmAssociationEntry @c | Export-SsmAssociationEntry -Path '{file}'");

        Assert.NotNull(result.TerminatingError);
        Assert.Equal("the old one", File.ReadAllText(file));
        Assert.Equal([file], Directory.GetFiles(folder));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_copy_has_the_same_content_and_a_second_one_makes_nothing()
    {
        using var from = new EndpointSession();
        using var to = new EndpointSession();
        from.Run("1..25 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c; @{ Name = 'AWS-UpdateSSMAgent'; InstanceId = 'i-0123456789abcdef0' }, @{ Name = 'AWS-HelloWorld'; ScheduleExpression = 'rate(1 day)' } | New-SsmAssociationBatch @c -ErrorAction SilentlyContinue | Out-Null").WithoutErrors();
        string target = to.Url.AbsoluteUri;
        from.Run($"$d = @{{ EndpointUrl = '{target}'; AccessKey = 'local'; SecretKey = 'local'; Region = 'eu-west-1' }}").WithoutErrors();

        IReadOnlyList<Seen> copy = Seen.In(from.Run("Get-SsmAssociationEntry @c | New-SsmAssociationBatch @d").WithoutErrors());
        IReadOnlyList<Seen> again = Seen.In(from.Run("Get-SsmAssociationEntry @c | New-SsmAssociationBatch @d -IfExists Skip").WithoutErrors());

        Assert.All(copy, item => Assert.Equal("Created", item.Status));
        Assert.Equal(from.Associations, copy.Count);
        Assert.All(again, item => Assert.Equal("Existing", item.Status));
        Assert.Equal(from.Associations, to.Associations);
    }

    [Fact]
    public void Without_a_Region_an_association_goes_back_to_where_it_came_from()
    {
        using var endpoint = new EndpointSession();
        endpoint.Run("$d = @{} + $c; $d.Remove('Region'); New-Good 1 | New-SsmAssociationBatch @d -Region eu-west-1; $StoredAWSRegion = 'us-west-2'").WithoutErrors();

        ScriptResult result = endpoint.Run("$e = Get-SsmAssociationEntry @d -Region eu-west-1; $e | New-SsmAssociationBatch @d -IfExists Skip; $e | New-SsmAssociationBatch @d -Region eu-north-1 -IfExists Skip; $e.Entry | New-SsmAssociationBatch @d -IfExists Skip").WithoutErrors();

        Assert.Equal(["eu-west-1", "eu-north-1", "us-west-2"], Seen.In(result).Select(item => item["Region"]));
        Assert.Equal(["Existing", "Created", "Created"], Seen.In(result).Select(item => item.Status));
    }

    [Fact]
    public void Accounts_are_read_through_their_roles_and_a_copy_goes_back_through_them()
    {
        using var endpoint = new EndpointSession();
        endpoint.Run("$roles = 'arn:aws:iam::111122223333:role/Ops', 'arn:aws:iam::444455556666:role/Ops'; New-Good 1 | New-SsmAssociationBatch @c -RoleArn $roles[0]; New-Good 2 | New-SsmAssociationBatch @c -RoleArn $roles[1]").WithoutErrors();

        ScriptResult result = endpoint.Run("$e = Get-SsmAssociationEntry @c -RoleArn $roles; $e; $e | New-SsmAssociationBatch @c -IfExists Skip; Get-SsmAssociationEntry @c").WithoutErrors();

        Assert.Equal(
            ["agent-1 111122223333 Pending", "agent-2 444455556666 Pending", "agent-1 111122223333 Existing", "agent-2 444455556666 Existing"],
            Seen.In(result).Select(item => $"{item["AssociationName"]} {item["AccountId"]} {item.Status}"));
        Assert.Equal(["arn:aws:iam::111122223333:role/Ops", "arn:aws:iam::444455556666:role/Ops"], Seen.In(result).Take(2).Select(item => item["RoleArn"]));
    }

    [Fact]
    public void A_dispatch_role_is_told_of_when_its_association_is_sent_again()
    {
        using var endpoint = new EndpointSession();
        endpoint.Run("New-Good 1 | New-SsmAssociationBatch @c -AssociationDispatchAssumeRole arn:aws:iam::111122223333:role/Dispatch").WithoutErrors();

        ScriptResult result = endpoint.Run("$e = Get-SsmAssociationEntry @c; $e; $e | Test-SsmAssociationEntry").WithoutErrors();

        Assert.Equal("arn:aws:iam::111122223333:role/Dispatch", Seen.In(result)[0]["AssociationDispatchAssumeRole"]);
        Assert.True(Seen.In(result)[1].IsValid);
        Assert.Contains(Seen.In(result)[1].Issues, issue => (string)issue["Path"]! == "AssociationDispatchAssumeRole");
    }

    [Theory]
    [InlineData("do { Get-SsmAssociationEntry @c -ThrottleLimit 2 | ForEach-Object { $_; break } } while ($false)")]
    [InlineData("Get-SsmAssociationEntry @c -ThrottleLimit 2 | Select-One")]
    [InlineData("$ids | Get-SsmAssociationEntry @c -ThrottleLimit 2 | Select-One")]
    public void A_command_downstream_that_has_enough_ends_the_reading(string script)
    {
        using var endpoint = new EndpointSession();
        endpoint.Run($"Import-Module -Assembly ([System.Reflection.Assembly]::LoadFrom('{typeof(SelectOneCommand).Assembly.Location.Replace("'", "''", StringComparison.Ordinal)}'))").WithoutErrors();
        endpoint.Run("$ids = (1..200 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c -ThrottleLimit 1).AssociationId").WithoutErrors();
        long before = endpoint.Requests;

        Assert.Equal(["agent-1"], Names(endpoint.Run(script).WithoutErrors()));

        // 200 are there; only what was under way is read, and the session goes on.
        Assert.Equal(["agent-7"], Names(endpoint.Run("Get-SsmAssociationEntry @c -AssociationName agent-7").WithoutErrors()));
        Assert.InRange(endpoint.Requests - before, 1, 100);
    }

    [Theory]
    [InlineData("ListAssociations always delay seconds=300")]
    [InlineData("DescribeAssociation always delay seconds=300")]
    [InlineData("DescribeAssociation always throttle retry-after=200")]
    public void Ctrl_C_ends_the_reading(string fault)
    {
        using var endpoint = new EndpointSession($"-Fault '{fault}'");
        endpoint.Run("1..5 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c").WithoutErrors();
        long before = endpoint.Requests;
        using RunningScript running = endpoint.Start("Get-SsmAssociationEntry @c");
        Assert.True(SpinWait.SpinUntil(() => endpoint.Requests > before + (fault.StartsWith('L') ? 0 : 1), TimeSpan.FromMinutes(10)));

        ScriptResult? result = null;
        var thread = new Thread(() => result = running.Stop()) { IsBackground = true };
        thread.Start();
        Assert.True(thread.Join(TimeSpan.FromSeconds(80)), "The script did not end.");

        Assert.True(result!.WasStopped);
        Assert.Equal([3], endpoint.Run("1 + 2").OutputOf<int>());
    }

    [Fact]
    public void The_table_shows_status_names_target_and_id_and_nothing_shows_parameters()
    {
        using var endpoint = new EndpointSession();
        endpoint.Run("@{ Name = 'AWS-UpdateSSMAgent'; AssociationName = 'secret'; Targets = 'tag:A=b'; Parameters = @{ version = '3.1.4.159' } } | New-SsmAssociationBatch @c").WithoutErrors();

        string text = endpoint.Session.Render("Get-SsmAssociationEntry @c -Verbose");

        foreach (string part in new[] { "Status", "AssociationId", "Pending", "AWS-UpdateSSMAgent", "secret", "tag:A=b", endpoint.Ids().Single() })
        {
            Assert.Contains(part, text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("3.1.4.159", text, StringComparison.Ordinal);
        Assert.Equal($"secret (AWS-UpdateSSMAgent) {endpoint.Ids().Single()}", endpoint.Run("(Get-SsmAssociationEntry @c).ToString()").OutputOf<string>().Single());
    }

    [Fact]
    public void An_association_of_another_session_is_sent_with_its_entry()
    {
        using var endpoint = new EndpointSession();
        endpoint.Run("New-Good 1 | New-SsmAssociationBatch @c").WithoutErrors();

        ScriptResult result = endpoint.Run("""
            $text = [System.Management.Automation.PSSerializer]::Serialize((Get-SsmAssociationEntry @c), 5)
            [System.Management.Automation.PSSerializer]::Deserialize($text) | New-SsmAssociationBatch @c -IfExists Skip
            """).WithoutErrors();

        Assert.Empty(result.Warnings);
        Assert.Equal("Existing", Assert.Single(Seen.In(result)).Status);
    }

    [Fact]
    public void Status_completes_with_what_the_service_filters_by()
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run("(TabExpansion2 'Get-SsmAssociationEntry -Status ' 32).CompletionMatches | ForEach-Object { $_.CompletionText }").WithoutErrors();

        Assert.Equal(["Pending", "Success", "Failed"], result.OutputOf<string>());
    }

    private static IEnumerable<string> Names(ScriptResult result) => Seen.In(result.WithoutErrors()).Select(item => Convert.ToString(item["AssociationName"], CultureInfo.InvariantCulture)!);

    [Fact]
    public void An_earlier_version_comes_with_all_its_members_and_can_be_put_back()
    {
        using var endpoint = new EndpointSession();
        ScriptResult result = endpoint.Run("""
            $made = @{ Name = 'AWS-UpdateSSMAgent'; AssociationName = 'agent'; Targets = 'tag:a=b'; MaxErrors = '1'; AlarmConfiguration = @{ Alarms = @{ Name = 'stop' } } } | New-SsmAssociationBatch @c -WarningAction SilentlyContinue
            '2', '3' | ForEach-Object { @{ AssociationId = $made.AssociationId; MaxErrors = $_ } | Update-SsmAssociationBatch @c -Clear AlarmConfiguration -WarningAction SilentlyContinue | Out-Null }
            $first = Get-SsmAssociationEntry -Id $made.AssociationId -Version 1 @c
            $first
            $made.AssociationId | Get-SsmAssociationEntry -Version 2 @c
            $first | Update-SsmAssociationBatch @c -Overwrite -WarningAction SilentlyContinue | Out-Null
            Get-SsmAssociationEntry -AssociationId $made.AssociationId @c
            Get-SsmAssociationEntry -Id $made.AssociationId -Version 9 @c
            """);

        IReadOnlyList<Seen> seen = Seen.In(result);
        Assert.Equal(["1", "2", "4"], seen.Select(item => (string?)item["AssociationVersion"]));
        Assert.Equal(["1", "2", "1"], result.OutputOf<object>().Select(item => (string?)((dynamic)item).Entry.MaxErrors));
        Assert.Equal([true, false, true], result.OutputOf<object>().Select(item => ((dynamic)item).Entry.AlarmConfiguration is not null));
        Assert.Equal($"There is no version 9 of the association {seen[0].AssociationId} in us-east-1.", Assert.Single(result.Errors).ToString());
    }
}
