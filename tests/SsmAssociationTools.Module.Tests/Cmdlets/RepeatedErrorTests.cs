using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Cmdlets;

/// <summary>What is wrong in the same way many times is told twenty times in full and then once for all the rest.</summary>
public sealed class RepeatedErrorTests
{
    private const string TooOften = "ScheduleExpression = 'rate(1 minute)'";

    [Theory]
    [InlineData(1, 1)]
    [InlineData(20, 20)]
    [InlineData(21, 21)]
    [InlineData(300, 21)]
    public void Entries_with_one_fault_have_an_error_each_up_to_twenty_and_one_for_the_others(int count, int errors)
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run($"1..{count} | ForEach-Object {{ New-Invalid $_ }} | New-SsmAssociationBatch @c");

        IReadOnlyList<Seen> seen = Seen.In(result);
        Assert.Equal(count, seen.Count);
        Assert.All(seen, item => Assert.Equal("Invalid", item.Status));
        Assert.Equal(errors, result.Errors.Count);
        Assert.All(result.Errors, error => Assert.StartsWith("EntryInvalid,", error.FullyQualifiedErrorId, StringComparison.Ordinal));
        Assert.All(result.Errors, error => Assert.Equal(ErrorCategory.InvalidData, error.CategoryInfo.Category));
        Assert.All(result.Errors, error => Assert.NotEmpty(error.ErrorDetails.RecommendedAction));
    }

    [Fact]
    public void The_last_error_counts_the_others_names_the_rule_and_the_member_and_lists_their_places()
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run("1..300 | ForEach-Object { New-Invalid $_ } | New-SsmAssociationBatch @c");

        ErrorRecord last = result.Errors[20];
        Assert.StartsWith("280 more of the same error, ScheduleExpression [Schedule.", last.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("]: 20, 21, 22, 23, 24, 25, 26, 27, 28, 29 and 270 more", last.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(20, 280).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture)), (string[])PSObject.AsPSObject(last.TargetObject).BaseObject);
        Assert.Equal("AssociationBatchException", last.Exception.GetType().Name);
    }

    [Fact]
    public void Every_kind_counts_for_itself_and_an_entry_with_a_fault_that_is_new_is_told_in_full()
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run("""
            $entries = @(1..40 | ForEach-Object { New-Invalid $_ }) + @(1..25 | ForEach-Object { @{ Name = 'x'; AssociationName = "y-$_"; Targets = 'tag:a=b' } })
            $entries += @{ Name = 'x'; AssociationName = 'both'; Targets = 'tag:a=b'; ScheduleExpression = 'rate(1 minute)'; MaxErrors = 'many' }
            $entries | New-SsmAssociationBatch @c
            """);

        Assert.Equal(66, result.Output.Count);
        Assert.Equal(20 + 20 + 1 + 2, result.Errors.Count);
        Assert.Contains(result.Errors, error => error.Exception.Message.Contains("both", StringComparison.Ordinal));
        Assert.StartsWith("20 more of the same error, ScheduleExpression [", result.Errors[41].Exception.Message, StringComparison.Ordinal);
        Assert.StartsWith("5 more of the same error, Name [", result.Errors[42].Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_service_refuses_many_times_is_folded_and_every_result_is_there()
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run("1..50 | ForEach-Object { New-Refused $_ } | New-SsmAssociationBatch @c");

        Assert.Equal(50, Seen.In(result).Count(item => item.ErrorCode == "InvalidDocument"));
        Assert.Equal(21, result.Errors.Count);
        Assert.All(result.Errors, error => Assert.StartsWith("InvalidDocument,", error.FullyQualifiedErrorId, StringComparison.Ordinal));
        Assert.StartsWith("30 more of the same error: 20, 21,", result.Errors[20].Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_errors_of_other_entries_come_before_the_one_that_ends_the_command()
    {
        using var endpoint = new EndpointSession("-Fault 'CreateAssociationBatch always error code=AccessDeniedException'");

        ScriptResult result = endpoint.Run("@(1..30 | ForEach-Object { New-Invalid $_ }) + @(1..3 | ForEach-Object { New-Good $_ }) | New-SsmAssociationBatch @c");

        Assert.Equal(33, result.Output.Count);
        Assert.StartsWith("AccessDeniedException,", result.TerminatingError!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(result.Errors, error => error.Exception.Message.StartsWith("10 more of the same error", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1..30 | ForEach-Object { \"no-id-$_\" } | Remove-SsmAssociationBatch @c -Force", "AssociationIdInvalid", "AssociationRemovalException")]
    [InlineData("1..30 | ForEach-Object { [guid]::NewGuid().ToString() } | Get-SsmAssociationEntry @c", "AssociationDoesNotExist", "AssociationBatchException")]
    [InlineData("1..30 | ForEach-Object { \"no-id-$_\" } | Get-SsmAssociationEntry @c", "InvalidAssociationId", "AssociationBatchException")]
    [InlineData("1..30 | ForEach-Object { @{ Name = 'AWS-UpdateSSMAgent'; Nonsense = $_ ; Targets = 5 } } | Compare-SsmAssociationEntry @c", "EntryInvalid", "AssociationBatchException")]
    [InlineData("1..30 | ForEach-Object { @{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:a=b'; " + TooOften + " } } | Compare-SsmAssociationEntry -Existing @()", "EntryInvalid", "AssociationBatchException")]
    [InlineData("1..30 | ForEach-Object { [pscustomobject]@{ Name = 'AWS-UpdateSSMAgent'; Target = 'tag:a=b'; " + TooOften + " } } | New-SsmAssociationEntry", "EntryInvalid", "AssociationBatchException")]
    [InlineData("'rate(x)' * 30 -split '(?<=\\))' | Where-Object { $_ } | Get-SsmAssociationSchedule", "InvalidScheduleExpression", "AssociationBatchException")]
    public void Every_command_folds_what_repeats(string script, string id, string exception)
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run(script);

        Assert.Null(result.TerminatingError);
        Assert.Equal(21, result.Errors.Count);
        Assert.All(result.Errors, error => Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal));
        Assert.StartsWith("10 more of the same error", result.Errors[20].Exception.Message, StringComparison.Ordinal);
        Assert.Equal(exception, result.Errors[20].Exception.GetType().Name);
        Assert.Equal(10, ((string[])PSObject.AsPSObject(result.Errors[20].TargetObject).BaseObject).Length);
    }

    [Fact]
    public void Rows_of_a_file_and_entries_that_are_not_exported_are_folded_too()
    {
        using var endpoint = new EndpointSession();
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string path = Path.Combine(folder, "fleet.csv");
            File.WriteAllLines(path, ["Name,Targets,ScheduleOffset", .. Enumerable.Range(0, 300).Select(i => $"AWS-UpdateSSMAgent,{(i % 10 == 5 ? "tag" : "tag:a=b")},soon{i}")]);

            ScriptResult import = endpoint.Run($"Import-SsmAssociationEntry '{path}'");
            ScriptResult export = endpoint.Run($"1..30 | ForEach-Object {{ @{{ Name = 'a'; ScheduleOffset = 'soon' }} }} | Export-SsmAssociationEntry '{folder}/out.json'");

            // The first, and one that counts the rest.
            Assert.Equal(2, import.Errors.Count);
            Assert.Equal(300, import.Output.Count);
            Assert.StartsWith("299 more errors, which TargetObject lists: ScheduleOffset [Input.WrongType] 269 (fleet.csv:3, ...); Targets [Input.BadTargets] 30 (", import.Errors[1].Exception.Message, StringComparison.Ordinal);
            Assert.Equal("EntryFileException", import.Errors[1].Exception.GetType().Name);
            Assert.Equal(299, ((string[])PSObject.AsPSObject(import.Errors[1].TargetObject).BaseObject).Length);
            Assert.Equal(21, export.Errors.Count);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    [InlineData(4, 2)]
    [InlineData(300, 2)]
    public void Of_entries_of_a_file_a_few_faults_are_told_in_full_and_of_many_the_first(int count, int errors)
    {
        using var endpoint = new EndpointSession();
        using var folder = new Package.TemporaryFolder();
        string path = Path.Combine(folder.Path, "fleet.csv");
        File.WriteAllLines(path, ["Name,Targets,ScheduleExpression", .. Enumerable.Range(0, count).Select(i => $"AWS-UpdateSSMAgent,tag:a=b{i},rate({i % 4} minutes)")]);

        ScriptResult result = endpoint.Run($"Import-SsmAssociationEntry '{path}' | New-SsmAssociationBatch @c");

        Assert.Equal(count, result.Output.Count);
        Assert.Equal(errors, result.Errors.Count);
    }

    [Fact]
    public void Each_error_id_of_a_file_is_told_in_full_once_and_what_the_import_has_told_is_counted()
    {
        using var endpoint = new EndpointSession();
        using var folder = new Package.TemporaryFolder();
        string path = Path.Combine(folder.Path, "fleet.csv");
        string[] rows = ["AWS-UpdateSSMAgent,tag", "AWS-UpdateSSMAgent,Role=web", "Nobody-Has-This,tag:Role=web", "AWS-UpdateSSMAgent,tag:a=System.Object[]"];
        File.WriteAllLines(path, ["Name,Targets,AssociationName", .. Enumerable.Range(0, 1500).Select(i => $"{(i % 5 == 4 ? $"AWS-UpdateSSMAgent,tag:Node=n{i}" : rows[i % 5])},agent-{i}")]);

        ScriptResult result = endpoint.Run($"Import-SsmAssociationEntry '{path}' | New-SsmAssociationBatch @c");

        Assert.Equal(300, Seen.In(result).Count(item => item.Status == "Created"));
        string[] errors = [.. result.Errors.Select(error => error.ToString())];
        Assert.Equal(6, errors.Length);
        Assert.Single(errors, text => text.StartsWith("fleet.csv:2: Targets: ", StringComparison.Ordinal));
        Assert.Single(errors, text => text.StartsWith("299 more errors, which TargetObject lists: Targets [Input.BadTargets] 299 (fleet.csv:7, ...).", StringComparison.Ordinal));
        Assert.Single(errors, text => text.StartsWith("Entry 1 (fleet.csv:3) ", StringComparison.Ordinal));
        Assert.Single(errors, text => text.Contains("not read from the file 300 (fleet.csv:2, ...)", StringComparison.Ordinal) && text.Contains("Targets[].Key [Targets.Key.Unknown] 299", StringComparison.Ordinal));
        Assert.Single(errors, text => text.StartsWith("Entry 2 (fleet.csv:4) ", StringComparison.Ordinal));
        Assert.Single(errors, text => text == "299 more errors, which TargetObject lists: InvalidDocument 299 (fleet.csv:9, ...).");
    }
}
