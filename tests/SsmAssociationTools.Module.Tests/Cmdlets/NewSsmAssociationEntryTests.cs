using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Cmdlets;

/// <summary>New-SsmAssociationEntry in the engine: binding, conversion, checks and errors.</summary>
public sealed class NewSsmAssociationEntryTests : IClassFixture<ModuleSession>
{
    /// <summary>What Get-SSMInstanceInformation of AWS.Tools gives, as far as it matters here.</summary>
    private const string Nodes = """
        $nodes = @(
            [pscustomobject]@{ InstanceId = 'i-0123456789abcdef0'; Name = 'web01'; PlatformType = 'Linux'; ResourceType = 'EC2Instance'; AssociationStatus = 'Success' }
            [pscustomobject]@{ InstanceId = 'mi-0123456789abcdef0'; Name = $null; PlatformType = 'Windows'; ResourceType = 'ManagedInstance'; AssociationStatus = $null }
        )
        """;

    private readonly ModuleSession _session;

    public NewSsmAssociationEntryTests(ModuleSession session)
    {
        _session = session;
        _session.Run(Nodes).WithoutErrors();
    }

    public static TheoryData<string, string, string> Arguments => new()
    {
        { "-Target 'tag:Role=web,db; tag:Env=prod'", "Targets", "tag:Role=web,db tag:Env=prod" },
        { "-Target @{ 'tag:Role' = 'web', 'db' }", "Targets", "tag:Role=web,db" },
        { "-Target @{ Key = 'tag:Role'; Values = 'web', 'db' }", "Targets", "tag:Role=web,db" },
        { "-Target @{ Key = 'tag:Role'; Values = 'web' }, @{ Key = 'tag:Env'; Value = 'prod' }", "Targets", "tag:Role=web tag:Env=prod" },
        { "-Target '[{\"Key\":\"tag:Role\",\"Values\":[\"web\"]}]'", "Targets", "tag:Role=web" },
        { "-Target tag:Role=web,db", "Targets", "tag:Role=web,db" },
        { "-Target tag:Port=80,443,tag:Role=web,db,sql", "Targets", "tag:Port=80,443 tag:Role=web,db,sql" },
        { "-Target tag:Role=web,db, @{ 'tag:Env' = 'prod' }", "Targets", "tag:Role=web,db tag:Env=prod" },
        { "-TargetMap InstanceId=i-1,i-2", "TargetMaps", "InstanceId=i-1,i-2" },
        { "-Targets tag:Role=web", "Targets", "tag:Role=web" },
        { "-InstanceId i-0123456789abcdef0, mi-0123456789abcdef0", "Targets", "InstanceIds=i-0123456789abcdef0,mi-0123456789abcdef0" },
        { "-InstanceId 'i-0123456789abcdef0, mi-0123456789abcdef0'", "Targets", "InstanceIds=i-0123456789abcdef0,mi-0123456789abcdef0" },
        { "-InstanceId i-0123456789abcdef0 -Target InstanceIds=i-0123456789abcdef0", "Targets", "InstanceIds=i-0123456789abcdef0" },
        { "-InstanceId i-0123456789abcdef0 -Target InstanceIds=i-00000000000000001", "Targets", "InstanceIds=i-00000000000000001,i-0123456789abcdef0" },
        { "-MaxError 10%", "MaxErrors", "10%" },
        { "-MaxErrors 5", "MaxErrors", "5" },
        { "-MaxConcurrency 5", "MaxConcurrency", "5" },
        { "-ComplianceSeverity high", "ComplianceSeverity", "HIGH" },
        { "-SyncCompliance auto", "SyncCompliance", "AUTO" },
        { "-OutputLocation s3://ops-logs/a/b", "OutputLocation", "s3://ops-logs/a/b" },
        { "-OutputLocation @{ S3Location = @{ OutputS3BucketName = 'ops-logs' } }", "OutputLocation", "s3://ops-logs/" },
        { "-OutputLocation s3://ops-logs/a -S3Prefix b", "OutputLocation", "s3://ops-logs/b" },
        { "-S3Location_OutputS3BucketName ops-logs -S3KeyPrefix a", "OutputLocation", "s3://ops-logs/a" },
        { "-Alarm stop-all", "AlarmConfiguration", "stop-all" },
        { "-AlarmConfiguration @{ Alarms = @{ Name = 'stop-all' } }", "AlarmConfiguration", "stop-all" },
        { "-CalendarName one-calendar, two-calendar", "CalendarNames", "one-calendar two-calendar" },
        { "-CalendarName 'one-calendar,two-calendar'", "CalendarNames", "one-calendar two-calendar" },
        { "-TargetMap @{ InstanceId = 'i-1', 'i-2' }", "TargetMaps", "InstanceId=i-1,i-2" },
        { "-TargetMap 'InstanceId=i-1'", "TargetMaps", "InstanceId=i-1" },
        { "-TargetLocation @{ Accounts = '111122223333'; Regions = 'us-east-1', 'eu-west-1' }", "TargetLocations", "111122223333 in us-east-1,eu-west-1" },
        { "-Duration 4", "Duration", "4" },
        { "-Duration '4'", "Duration", "4" },
        { "-ScheduleOffset ''", "ScheduleOffset", "" },
        { "-ApplyOnlyAtCronInterval $true", "ApplyOnlyAtCronInterval", "True" },
        { "-ApplyOnlyAtCronInterval no", "ApplyOnlyAtCronInterval", "False" },
        { "-ApplyOnlyAtCronInterval ([switch] $true)", "ApplyOnlyAtCronInterval", "True" },
        { "-DocumentVersion '$LATEST'", "DocumentVersion", "$LATEST" },
        { "-AutomationTargetParameterName InstanceId", "AutomationTargetParameterName", "InstanceId" },
        { "-AssociationName ' patch-web '", "AssociationName", "patch-web" },
    };

    [Theory]
    [MemberData(nameof(Arguments))]
    public void Arguments_are_read_in_every_notation(string arguments, string member, string expected)
    {
        PSObject entry = Assert.Single(_session.Run($"New-SsmAssociationEntry -Name My-Document {arguments} -SkipValidation").WithoutErrors().Output)!;

        Assert.Equal("SsmAssociationTools.AssociationEntry", entry.BaseObject.GetType().FullName);
        Assert.Equal("My-Document", entry.Properties["Name"].Value);
        Assert.Equal(expected, Text(entry.Properties[member].Value));
    }

    [Fact]
    public void Parameter_values_are_lists_of_text()
    {
        PSObject entry = One("New-SsmAssociationEntry AWS-RunShellScript tag:Role=web -Parameter @{ commands = 'id', 'date'; executionTimeout = 60 }");

        Assert.Equal("id date", string.Join(" ", (IEnumerable<string>)Parameter(entry, "commands")!));
        Assert.Equal("60", string.Join(" ", (IEnumerable<string>)Parameter(entry, "executionTimeout")!));
    }

    [Fact]
    public void Nodes_become_entries_with_a_target_each()
    {
        ScriptResult result = _session.Run("$nodes | New-SsmAssociationEntry -Name AWS-UpdateSSMAgent -AssociationName { \"agent-$($_.InstanceId)\" } -ScheduleExpression 'rate(14 days)'").WithoutErrors();

        Assert.Empty(result.Warnings);
        Assert.Equal(
            ["AWS-UpdateSSMAgent agent-i-0123456789abcdef0 InstanceIds=i-0123456789abcdef0  rate(14 days)", "AWS-UpdateSSMAgent agent-mi-0123456789abcdef0 InstanceIds=mi-0123456789abcdef0  rate(14 days)"],
            result.Output.Select(entry => Members(entry!, "Name", "AssociationName", "Targets", "InstanceId", "ScheduleExpression")));
    }

    [Fact]
    public void The_legacy_member_takes_the_id_when_it_is_asked_for()
    {
        ScriptResult result = _session.Run("$nodes | New-SsmAssociationEntry -Name AWS-UpdateSSMAgent -LegacyInstanceId").WithoutErrors();

        Assert.Equal(["i-0123456789abcdef0 ", "mi-0123456789abcdef0 "], result.Output.Select(entry => Members(entry!, "InstanceId", "Targets")));
    }

    [Fact]
    public void The_legacy_member_holds_one_id_only()
    {
        ScriptResult result = _session.Run("New-SsmAssociationEntry -Name AWS-UpdateSSMAgent -LegacyInstanceId -InstanceId i-0123456789abcdef0, i-0123456789abcdef1");

        Assert.Empty(result.Output);
        Assert.Contains("InstanceId: Expected text, but this is a list", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_argument_stands_above_the_property_of_the_same_name()
    {
        ScriptResult result = _session.Run("""
            [pscustomobject]@{ Name = 'web01'; InstanceId = 'i-0123456789abcdef0'; ScheduleExpression = 'rate(1 day)'; Targets = 'tag:Role=web'; MaxErrors = 3; AlarmConfiguration = 'other' } |
                New-SsmAssociationEntry -Name AWS-UpdateSSMAgent -ScheduleExpression 'rate(7 days)' -Target 'tag:Role=db' -MaxError 4 -Alarm stop -SkipValidation
            """).WithoutErrors();

        Assert.Equal("AWS-UpdateSSMAgent rate(7 days) tag:Role=db InstanceIds=i-0123456789abcdef0 4 stop", Members(Assert.Single(result.Output)!, "Name", "ScheduleExpression", "Targets", "MaxErrors", "AlarmConfiguration"));
    }

    [Fact]
    public void What_one_object_says_is_gone_for_the_next()
    {
        ScriptResult result = _session.Run("""
            [pscustomobject]@{ AssociationName = 'first'; Targets = 'tag:Role=web'; Duration = 2; ApplyOnlyAtCronInterval = 'true'; S3Bucket = 'ops-logs' },
            [pscustomobject]@{ AssociationName = 'second' } | New-SsmAssociationEntry -Name My-Document -SkipValidation
            """).WithoutErrors();

        Assert.Equal(["first tag:Role=web 2 True s3://ops-logs/", "second    "], result.Output.Select(entry => Members(entry!, "AssociationName", "Targets", "Duration", "ApplyOnlyAtCronInterval", "OutputLocation")));
    }

    [Fact]
    public void Rows_of_a_file_with_empty_cells_are_read_as_New_SsmAssociationBatch_reads_them()
    {
        ScriptResult result = _session.Run("""
            [pscustomobject]@{ Name = 'AWS-RunPatchBaseline'; Targets = 'tag:Role=web,db; tag:Env=prod'; Parameters = 'Operation=Scan'; ApplyOnlyAtCronInterval = 'TRUE'; ScheduleOffset = '2'; ScheduleExpression = 'cron(0 2 ? * SUN#2 *)'; MaxErrors = ''; CalendarNames = ''; Duration = ''; InstanceId = ''; Comment = 'x' } |
                New-SsmAssociationEntry
            """).WithoutErrors();

        Assert.Empty(result.Warnings);
        Assert.Equal("AWS-RunPatchBaseline tag:Role=web,db tag:Env=prod True 2   ", Members(Assert.Single(result.Output)!, "Name", "Targets", "ApplyOnlyAtCronInterval", "ScheduleOffset", "MaxErrors", "CalendarNames", "Duration"));
    }

    [Fact]
    public void Any_object_will_do_for_script_blocks()
    {
        ScriptResult result = _session.Run("'web', 'db' | New-SsmAssociationEntry -Name AWS-UpdateSSMAgent -Target { @{ 'tag:Role' = $_ } } -AssociationName { \"agent-$_\" } -S3Bucket { \"logs-$_\" } -MaxConcurrency { 3 }").WithoutErrors();

        Assert.Equal(["agent-web tag:Role=web s3://logs-web/ 3", "agent-db tag:Role=db s3://logs-db/ 3"], result.Output.Select(entry => Members(entry!, "AssociationName", "Targets", "OutputLocation", "MaxConcurrency")));
    }

    [Fact]
    public void Every_member_of_an_entry_survives_the_pipeline()
    {
        ScriptResult result = _session.Run("""
            $full = New-SsmAssociationEntry -Name My-Runbook -Target @{ 'tag:Role' = 'web' } -Parameter @{ a = 'x', 'y' } -AutomationTargetParameterName InstanceId -DocumentVersion 3 `
                -ScheduleExpression 'cron(0 2 ? * SUN#2 *)' -S3Bucket ops-logs -S3Prefix p -S3Region eu-north-1 -AssociationName full -MaxError 1 -MaxConcurrency 2 -ComplianceSeverity LOW `
                -SyncCompliance MANUAL -ApplyOnlyAtCronInterval $true -CalendarName a-calendar -TargetLocation @{ Accounts = '111122223333'; Regions = 'us-east-1' } -ScheduleOffset 2 `
                -Duration 3 -TargetMap @{ InstanceId = 'i-1' } -Alarm stop -IgnorePollAlarmFailure $true -SkipValidation
            $copy = $full | New-SsmAssociationEntry -SkipValidation
            $other = $full | New-SsmAssociationEntry -SkipValidation -IgnorePollAlarmFailure $false -S3Prefix q
            $full; $copy; $other
            """).WithoutErrors();

        string[] members = [.. result.Output[0]!.Properties.Select(property => property.Name).Where(name => name is not ("Source" or "Region" or "RoleArn" or "EntryJson"))];
        Assert.Equal(20, members.Length);
        Assert.Equal(["InstanceId"], members.Where(name => result.Output[0]!.Properties[name].Value is null));
        Assert.Equal(Members(result.Output[0]!, members), Members(result.Output[1]!, members));
        Assert.Equal("x y", string.Join(" ", (IEnumerable<string>)Parameter(result.Output[1]!, "a")!));
        Assert.Equal("True", Ignore(result.Output[0]!));
        Assert.Equal("True", Ignore(result.Output[1]!));
        Assert.Equal("False", Ignore(result.Output[2]!));
        Assert.Equal(["s3://ops-logs/p", "s3://ops-logs/p", "s3://ops-logs/q"], result.Output.Select(entry => Text(entry!.Properties["OutputLocation"].Value)));

        static string Ignore(PSObject entry) => Text(PSObject.AsPSObject(entry.Properties["AlarmConfiguration"].Value).Properties["IgnorePollAlarmFailure"].Value);
    }

    [Fact]
    public void An_entry_with_errors_is_an_error_that_names_all_of_them_and_no_object()
    {
        ScriptResult result = _session.Run("New-SsmAssociationEntry -Name AWS-UpdateSSMAgent -Target Role=web -ScheduleExpression 'rate(29 minutes)'");

        Assert.Empty(result.Output);
        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Equal("EntryInvalid,SsmAssociationTools.Commands.NewSsmAssociationEntryCommand", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.InvalidData, error.CategoryInfo.Category);
        Assert.Equal("SsmAssociationTools.AssociationEntry", error.TargetObject.GetType().FullName);
        Assert.Contains("Targets[0].Key:", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("[Targets.Key.Unknown]", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("ScheduleExpression:", error.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void One_bad_object_does_not_stop_the_others()
    {
        ScriptResult result = _session.Run("'web', 'a b', 'sql' | New-SsmAssociationEntry -Name AWS-UpdateSSMAgent -Target tag:Role=web -AssociationName { $_ }");

        Assert.Equal(["web", "sql"], result.Output.Select(entry => entry!.Properties["AssociationName"].Value));
        Assert.Contains("AssociationName", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Warnings_name_path_and_rule_and_Strict_makes_errors_of_them()
    {
        const string Command = "New-SsmAssociationEntry -Name AWS-UpdateSSMAgent -Target tag:Role=web -ScheduleExpression 'cron(0 2 ? * 3 *)'";

        ScriptResult warned = _session.Run(Command).WithoutErrors();
        ScriptResult strict = _session.Run(Command + " -Strict");
        ScriptResult excluded = _session.Run(Command + " -ExcludeRule Schedule.Cron.NumericWeekday").WithoutErrors();

        Assert.Single(warned.Output);
        string warning = Assert.Single(warned.Warnings);
        Assert.Contains("ScheduleExpression: ", warning, StringComparison.Ordinal);
        Assert.Contains("[Schedule.Cron.NumericWeekday]", warning, StringComparison.Ordinal);
        Assert.Empty(strict.Output);
        Assert.Single(strict.Errors);
        Assert.Single(excluded.Output);
        Assert.Empty(excluded.Warnings);
    }

    [Fact]
    public void SkipValidation_checks_no_rule_and_still_reads()
    {
        ScriptResult skipped = _session.Run("New-SsmAssociationEntry -Name AWS-UpdateSSMAgent -Target Role=web -ScheduleExpression 'rate(1 minute)' -SkipValidation").WithoutErrors();
        ScriptResult unreadable = _session.Run("New-SsmAssociationEntry -Name AWS-UpdateSSMAgent -Target web -SkipValidation");

        Assert.Single(skipped.Output);
        Assert.Empty(skipped.Warnings);
        Assert.Empty(unreadable.Output);
        Assert.Contains("[Input.BadTargets]", Assert.Single(unreadable.Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_Region_is_that_of_document_ARNs()
    {
        const string Command = "New-SsmAssociationEntry -Name arn:aws:ssm:eu-west-1:111122223333:document/Mine -Target tag:Role=web";

        Assert.Single(_session.Run(Command).WithoutErrors().Output);
        Assert.Single(_session.Run(Command + " -Region eu-west-1").WithoutErrors().Output);
        Assert.Contains("Name: ", Assert.Single(_session.Run(Command + " -Region us-east-1").Errors).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Duration 1.5", "Duration", "whole number")]
    [InlineData("-ScheduleOffset soon", "ScheduleOffset", "whole number")]
    [InlineData("-ApplyOnlyAtCronInterval maybe", "ApplyOnlyAtCronInterval", "write true or false")]
    public void An_argument_that_is_no_number_or_flag_is_refused_by_name(string argument, string name, string advice)
    {
        ScriptResult result = _session.Run("New-SsmAssociationEntry -Name My-Document " + argument);

        string message = (result.TerminatingError ?? Assert.Single(result.Errors)).ToString();
        Assert.Empty(result.Output);
        Assert.Contains($"'{name}'", message, StringComparison.Ordinal);
        Assert.Contains(advice, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("''")]
    [InlineData("$null")]
    public void A_document_that_is_blank_is_an_error_of_the_entry(string name)
    {
        ScriptResult result = _session.Run($"New-SsmAssociationEntry -Name {name} -Target tag:Role=web");

        Assert.Empty(result.Output);
        Assert.Contains("[Name.Required]", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Test-SsmAssociationEntry -Entry $entry")]
    [InlineData("New-SsmAssociationBatch -Entry $entry -Region us-east-1 -WhatIf")]
    public void A_verdict_or_result_is_not_taken_apart(string source)
    {
        ScriptResult result = _session.Run($"$entry = @{{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:Role=web' }}; {source} | New-SsmAssociationEntry -ScheduleExpression 'rate(1 day)'");

        Assert.Empty(result.Output);
        ErrorRecord error = result.Errors.Single(error => error.FullyQualifiedErrorId.StartsWith("InvalidInputObject,", StringComparison.Ordinal));
        Assert.Contains("ForEach-Object Entry", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Entries_of_verdicts_are_built_anew()
    {
        PSObject entry = One("Test-SsmAssociationEntry @{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:Role=web' } | ForEach-Object Entry | New-SsmAssociationEntry -ScheduleExpression 'rate(1 day)'");

        Assert.Equal("AWS-UpdateSSMAgent tag:Role=web rate(1 day)", Members(entry, "Name", "Targets", "ScheduleExpression"));
    }

    [Fact]
    public void Equal_entries_of_one_pipeline_are_warned_of()
    {
        ScriptResult result = _session.Run("1, 2 | New-SsmAssociationEntry -Name AWS-UpdateSSMAgent -Target tag:Role=web").WithoutErrors();

        Assert.Equal(2, result.Output.Count);
        Assert.Contains("[Run.IdenticalEntry]", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Values_of_parameters_are_in_no_text()
    {
        const string Secret = "hunter2-s3cret";
        ScriptResult result = _session.Run($$"""
            @(1, 2) | New-SsmAssociationEntry -Name AWS-RunShellScript -Target tag:Role=web -AssociationName 'a b' -Parameter @{ commands = '{{Secret}}'; other = @{ a = '{{Secret}}' } } -Verbose
            New-SsmAssociationEntry -Name AWS-RunShellScript -Target tag:Role=web -Parameter 'commands = {{Secret}}; {{Secret}}' -Verbose
            """);

        Assert.NotEmpty(result.Errors);
        Assert.DoesNotContain(Secret, result.AllText(), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, _session.Render($"New-SsmAssociationEntry -Name AWS-RunShellScript -Target tag:Role=web -Parameter @{{ commands = '{Secret}' }}"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_member_is_a_parameter_that_takes_properties_by_the_names_of_the_service()
    {
        CommandInfo command = _session.Run("Get-Command New-SsmAssociationEntry").WithoutErrors().OutputOf<CommandInfo>().Single();
        IReadOnlyList<string> members = _session.Run("[SsmAssociationTools.AssociationEntry].GetProperties().Name | Where-Object { $_ -notin 'Source', 'Region', 'RoleArn', 'EntryJson' }").WithoutErrors().OutputOf<string>();

        foreach (string member in members)
        {
            ParameterMetadata parameter = command.Parameters.Values.Single(parameter => parameter.Name == member || parameter.Aliases.Contains(member));
            Assert.True(parameter.ParameterSets.Values.Single().ValueFromPipelineByPropertyName, member);
            Assert.NotEqual(typeof(object), parameter.ParameterType);
        }
    }

    private static object? Parameter(PSObject entry, string name) => ((IDictionary)entry.Properties["Parameters"].Value)[name];

    private static string Members(PSObject entry, params string[] names) => string.Join(" ", names.Select(name => Text(entry.Properties[name].Value)));

    private static string Text(object? value) => value switch
    {
        string text => text,
        IDictionary map => string.Join(",", map.Keys.Cast<object>()) is var keys && map.GetType().Name == "TargetMap" ? map.ToString()! : keys,
        IEnumerable list => string.Join(" ", list.Cast<object>().Select(Text)),
        null => string.Empty,
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
    };

    private PSObject One(string script) => Assert.Single(_session.Run(script).WithoutErrors().Output)!;
}
