using System;
using System.Linq;
using SsmAssociationTools.Module.Tests.Cmdlets;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Runbooks;

/// <summary>
/// Objects that come from a job or another computer, which serializes to a depth of one unless the type says otherwise, are
/// as good as others.
/// </summary>
public sealed class TravelTests : IDisposable
{
    private const string Travel = """
        function Send-Away { param([Parameter(ValueFromPipeline)] $InputObject) process { [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($InputObject, 1)) } }
        $rich = @{
            Name = 'AWS-RunPatchBaseline'; AssociationName = 'rich-a'; Targets = 'tag:Role=web,db; tag:Env=prod'; ScheduleExpression = 'cron(0 2 ? * SUN *)'
            Parameters = @{ Operation = 'Scan'; RebootOption = 'NoReboot' }; OutputLocation = @{ S3Location = @{ OutputS3BucketName = 'logs-bucket'; OutputS3KeyPrefix = 'ssm' } }
            CalendarNames = @('arn:aws:ssm:us-east-1:111122223333:document/Freeze'); AlarmConfiguration = @{ Alarms = @(@{ Name = 'alarm-a' }); IgnorePollAlarmFailure = $true }
        }
        """;

    private readonly EndpointSession _session = new("-AssociationLimit 3");

    public TravelTests() => _session.Run(Travel).WithoutErrors();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void A_result_travels_with_its_entry_and_can_be_sent_again()
    {
        ScriptResult result = _session.Run("""
            $sent = (New-Good 1), (New-Good 2), $rich, (New-Good 4) | New-SsmAssociationBatch @c -ErrorAction SilentlyContinue
            $back = $sent | Send-Away
            $back
            $back | New-SsmAssociationBatch @c -IfExists Skip -ErrorAction SilentlyContinue
            """);

        Assert.Equal(
            ["Created", "Created", "Created", "Failed", "Existing", "Existing", "Existing", "Failed"],
            result.Output.Select(item => item!.Properties["Status"].Value.ToString()));
        Assert.Equal("Deserialized.SsmAssociationTools.AssociationSuccess", result.Output[0]!.TypeNames[0]);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void The_status_of_a_result_that_travelled_is_text() =>
        Assert.Equal(
            ["agent-1"],
            _session.Run("(New-Good 1), (New-Invalid 2) | New-SsmAssociationBatch @c -ErrorAction SilentlyContinue | Send-Away | Where-Object Status -EQ Created | ForEach-Object AssociationName").OutputOf<string>());

    [Fact]
    public void A_result_leaves_its_input_behind_and_nothing_else()
    {
        ScriptResult result = _session.Run("""
            (New-Good 1), (New-Refused 2) | New-SsmAssociationBatch @c -ErrorAction SilentlyContinue | ForEach-Object {
                $there = @($_.PSObject.Properties.Name); $here = @(($_ | Send-Away).PSObject.Properties.Name)
                "$(($there | Where-Object { $_ -notin $here }) -join ',')|$(($here | Where-Object { $_ -notin $there }) -join ',')"
            }
            Test-SsmAssociationEntry (New-Good 1) | ForEach-Object {
                $there = @($_.PSObject.Properties.Name); $here = @(($_ | Send-Away).PSObject.Properties.Name)
                "$(($there | Where-Object { $_ -notin $here }) -join ',')|$(($here | Where-Object { $_ -notin $there }) -join ',')"
            }
            """);

        Assert.Equal(["EntryJson,InputObject|", "EntryJson,InputObject|", "EntryJson,InputObject|"], result.OutputOf<string>());
    }

    [Fact]
    public void Associations_comparisons_and_removals_leave_their_input_behind_and_nothing_else()
    {
        ScriptResult result = _session.Run("""
            $results = (New-Good 1), (New-Good 2) | New-SsmAssociationBatch @c
            $existing = Get-SsmAssociationEntry @c
            $comparison = (New-Good 2), (New-Good 3) | Compare-SsmAssociationEntry @c
            $removals = $results | Remove-SsmAssociationBatch @c -Confirm:$false
            $existing[0], $comparison[0], $removals[0] | ForEach-Object {
                $there = @($_.PSObject.Properties.Name); $here = @(($_ | Send-Away).PSObject.Properties.Name)
                "$(($there | Where-Object { $_ -notin $here }) -join ',')|$(($here | Where-Object { $_ -notin $there }) -join ',')"
            }
            @($comparison | Send-Away | Where-Object Status -EQ Missing).Count
            @($removals | Send-Away | Where-Object Status -EQ Removed).Count
            """).WithoutErrors();

        Assert.Equal(["EntryJson|", "EntryJson,InputObject|", "EntryJson,InputObject|", "1", "2"], result.Output.Select(item => item!.ToString()));
    }

    [Fact]
    public void A_comparison_that_travelled_creates_what_is_missing_and_removes_what_is_extra()
    {
        ScriptResult result = _session.Run("""
            $null = (New-Good 1), (New-Good 2) | New-SsmAssociationBatch @c
            $comparison = (New-Good 2), (New-Good 3) | Compare-SsmAssociationEntry @c | Send-Away
            $comparison | New-SsmAssociationBatch @c
            $comparison | Remove-SsmAssociationBatch @c -Confirm:$false
            """).WithoutErrors();

        Assert.Equal(
            ["Existing", "Created", "NotAttempted", "NotAttempted", "NotAttempted", "Removed"],
            result.Output.Select(item => item!.Properties["Status"].Value.ToString()));
    }

    [Theory]
    [InlineData("[pscustomobject]@{ Status = [int] [SsmAssociationTools.ComparisonStatus] $_.Status; AssociationId = $_.AssociationId; Differences = @(); Existing = $_.Existing; Entry = $_.Entry; Region = $_.Region }")]
    [InlineData("@{ Status = \"$($_.Status)\"; AssociationId = $_.AssociationId; Differences = @(); Existing = $_.Existing; Entry = $_.Entry; Region = $_.Region }")]
    public void A_comparison_that_went_through_JSON_creates_only_what_is_missing(string copy)
    {
        ScriptResult result = _session.Run($$"""
            $null = (New-Good 1), (New-Good 2) | New-SsmAssociationBatch @c
            (New-Good 2), (New-Good 3) | Compare-SsmAssociationEntry @c | ForEach-Object { {{copy}} } | New-SsmAssociationBatch @c -WarningAction Ignore
            """).WithoutErrors();

        Assert.Equal(["Existing", "Created", "NotAttempted"], result.Output.Select(item => item!.Properties["Status"].Value.ToString()));
    }

    [Fact]
    public void Entries_and_verdicts_that_travelled_are_read_as_they_were()
    {
        ScriptResult result = _session.Run("""
            $verdict = $rich | Test-SsmAssociationEntry
            foreach ($one in $verdict, ($verdict | Send-Away | Test-SsmAssociationEntry), ($verdict.Entry | Send-Away | Test-SsmAssociationEntry)) {
                $e = $one.Entry
                $parameters = foreach ($name in 'Operation', 'RebootOption') { "$name=$($e.Parameters[$name])" }
                "$($one.IsValid) $($one.Issues.Count) $e $($e.Targets) $parameters $($e.OutputLocation.S3Location.OutputS3BucketName)/$($e.OutputLocation.S3Location.OutputS3KeyPrefix) $($e.CalendarNames) $($e.AlarmConfiguration.Alarms[0].Name) $($e.AlarmConfiguration.IgnorePollAlarmFailure)"
            }
            """).WithoutErrors();

        Assert.Equal(3, result.Output.Count);
        Assert.Contains("Operation=Scan RebootOption=NoReboot logs-bucket/ssm", result.OutputOf<string>()[0], StringComparison.Ordinal);
        Assert.Single(result.OutputOf<string>().Distinct());
    }

    [Fact]
    public void A_result_that_travelled_goes_back_to_its_own_Region()
    {
        ScriptResult result = _session.Run("""
            $there = $c.Clone(); $there.Remove('Region')
            New-Good 1 | New-SsmAssociationBatch @there -Region eu-west-1 | Send-Away | New-SsmAssociationBatch @there -IfExists Skip
            """).WithoutErrors();

        Assert.Equal("eu-west-1", result.Output.Single()!.Properties["Region"].Value);
        Assert.Equal("Existing", result.Output.Single()!.Properties["Status"].Value.ToString());
    }

    [Fact]
    public void A_result_that_travelled_goes_back_to_its_own_account()
    {
        ScriptResult result = _session.Run("""
            $back = New-Good 1 | New-SsmAssociationBatch @c -RoleArn arn:aws:iam::444455556666:role/Operations | Send-Away
            $back | New-SsmAssociationBatch @c -IfExists Skip
            $back | New-SsmAssociationBatch @c -IfExists Skip -RoleArn arn:aws:iam::777788889999:role/Operations
            $back.Entry | New-SsmAssociationBatch @c -IfExists Skip -RoleArn arn:aws:iam::777788889999:role/Operations
            """).WithoutErrors();

        Assert.Equal(["444455556666 Existing", "444455556666 Existing", "777788889999 Created"], result.Output.Select(item => $"{item!.Properties["AccountId"].Value} {item.Properties["Status"].Value}"));
    }

    [Fact]
    public void A_Region_that_is_none_is_not_taken_from_a_bag()
    {
        ScriptResult result = _session.Run("[pscustomobject]@{ Status = 'Failed'; Region = 'nowhere'; RoleArn = 'nobody'; Entry = New-Good 1 } | New-SsmAssociationBatch @c").WithoutErrors();

        Assert.Equal("us-east-1", result.Output.Single()!.Properties["Region"].Value);
    }
}
