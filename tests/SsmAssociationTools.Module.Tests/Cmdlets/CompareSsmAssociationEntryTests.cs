using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Cmdlets;

/// <summary>Wanted entries against what exists, and what becomes of the comparison further down the pipeline.</summary>
public sealed class CompareSsmAssociationEntryTests : IDisposable
{
    /// <summary>agent-1 is the same, agent-2 changed, agent-3 missing, other-9 extra.</summary>
    private const string Mixed = """
        (New-Good 1), (New-Good 2), @{ Name = 'AWS-RunPatchBaseline'; AssociationName = 'other-9'; Targets = 'tag:A=b'; Parameters = 'Operation=Scan' } | New-SsmAssociationBatch @c | Out-Null
        $changed = New-Good 2; $changed.MaxErrors = '5'; $changed.Parameters = @{ version = '3.1.4.159' }
        $wanted = @((New-Good 3), (New-Good 1), $changed)
        """;

    private readonly EndpointSession _endpoint = new();

    public void Dispose() => _endpoint.Dispose();

    [Fact]
    public void Every_wanted_entry_comes_out_in_order_then_what_is_extra()
    {
        Run(Mixed);
        long before = _endpoint.Requests;

        ScriptResult result = Run("$wanted | Compare-SsmAssociationEntry @c").WithoutErrors();

        Assert.Equal(1 + 3, _endpoint.Requests - before);
        IReadOnlyList<Seen> seen = Seen.In(result);
        Assert.Equal(["Missing agent-3", "Same agent-1", "Changed agent-2", "Extra other-9"], seen.Select(item => $"{item.Status} {item["AssociationName"]}"));
        Assert.Equal([null, _endpoint.Ids()[0], _endpoint.Ids()[1], _endpoint.Ids()[2]], seen.Select(item => item.AssociationId));
        Assert.All(seen, item => Assert.Equal(("us-east-1", "AssociationComparison"), (item["Region"], item.Kind)));
        Assert.Equal(["Parameters: (not shown) wanted, nothing exists", "MaxErrors: 5 wanted, nothing exists"], ((IEnumerable)seen[2]["Differences"]!).Cast<object>().Select(item => item.ToString()));
        Assert.Equal("Changed agent-2 (AWS-UpdateSSMAgent): Parameters, MaxErrors", seen[2].Object.ToString());
        Assert.IsType<Hashtable>(seen[0]["InputObject"]);
        Assert.Null(seen[3]["Entry"]);
        Assert.Equal(3, _endpoint.Associations);
    }

    [Fact]
    public void Filters_limit_what_may_be_extra_and_not_where_a_wanted_entry_is_looked_for()
    {
        Run(Mixed);

        Assert.Equal(["Missing", "Same", "Changed"], Statuses("$wanted | Compare-SsmAssociationEntry @c -AssociationName nobody-*"));
        Assert.Equal(["Missing", "Same", "Changed"], Statuses("$wanted | Compare-SsmAssociationEntry @c -Name AWS-UpdateSSMAgent"));
        Assert.Equal(["Missing", "Same", "Changed", "Extra"], Statuses("$wanted | Compare-SsmAssociationEntry @c -AssociationName OTHER-* -Name *Patch*"));
        Assert.Equal(["Extra"], Statuses("$wanted[0] | Compare-SsmAssociationEntry @c -AssociationName agent-1 | Where-Object Status -EQ Extra"));
    }

    [Fact]
    public void Piped_on_what_is_missing_is_created_and_every_comparison_has_its_result()
    {
        Run(Mixed);
        Run("$compared = $wanted | Compare-SsmAssociationEntry @c").WithoutErrors();
        long before = _endpoint.Requests;

        ScriptResult result = Run("$compared | New-SsmAssociationBatch @c").WithoutErrors();

        IReadOnlyList<Seen> seen = Seen.In(result);
        Assert.Equal(["Created ", "Existing ", "NotAttempted AssociationDiffers", "NotAttempted AssociationNotWanted"], seen.Select(item => $"{item.Status} {item["ErrorCode"]}"));
        Assert.Equal([0L, 1, 2, 3], seen.Select(item => item.Index));
        Assert.Equal(_endpoint.Ids()[0], seen[1].AssociationId);
        Assert.Equal(1, _endpoint.Requests - before - 1);
        Assert.Equal(4, _endpoint.Associations);
        foreach (Seen not in seen.Skip(2))
        {
            Assert.NotNull(not.AssociationId);
            Assert.False(not.IsRetryable);
            Assert.Matches("[0-9a-f]{8}-", not.Message);
            Assert.NotEmpty((string)not["RecommendedAction"]!);
        }

        Assert.Equal(["Same", "Same", "Changed", "Extra"], Statuses("$wanted | Compare-SsmAssociationEntry @c"));
        Assert.Equal(["Existing", "Existing", "NotAttempted", "NotAttempted"], Statuses("$wanted | Compare-SsmAssociationEntry @c | New-SsmAssociationBatch @c -WhatIf"));
        Assert.Equal(["Existing", "NotAttempted", "NotAttempted"], Statuses("$wanted | Compare-SsmAssociationEntry @c | Where-Object AssociationName -NE agent-3 | New-SsmAssociationBatch @c -ErrorAction Stop"));
    }

    [Fact]
    public void A_comparison_of_another_session_creates_what_is_missing_and_nothing_else()
    {
        Run(Mixed);

        ScriptResult result = Run("""
            $text = [System.Management.Automation.PSSerializer]::Serialize(@($wanted | Compare-SsmAssociationEntry @c), 6)
            [System.Management.Automation.PSSerializer]::Deserialize($text) | New-SsmAssociationBatch @c
            """).WithoutErrors();

        Assert.Equal(["Created", "Existing", "NotAttempted", "NotAttempted"], Seen.In(result).Select(item => item.Status));
        Assert.Empty(result.Warnings);
        Assert.Equal(4, _endpoint.Associations);
    }

    [Fact]
    public void What_is_missing_goes_to_the_Region_that_was_compared_with()
    {
        Run("$d = @{} + $c; $d.Remove('Region'); $StoredAWSRegion = 'us-west-2'").WithoutErrors();

        IReadOnlyList<Seen> seen = Seen.In(Run("New-Good 1 | Compare-SsmAssociationEntry @d -Region eu-west-1, eu-north-1 | New-SsmAssociationBatch @d").WithoutErrors());
        IReadOnlyList<Seen> chosen = Seen.In(Run("New-Good 2 | Compare-SsmAssociationEntry @d -Region eu-west-1 | Where-Object Status -EQ Missing | New-SsmAssociationBatch @d -Region sa-east-1").WithoutErrors());

        Assert.Equal(["eu-west-1", "eu-north-1"], seen.Select(item => item["Region"]));
        Assert.Equal("sa-east-1", Assert.Single(chosen)["Region"]);
    }

    [Fact]
    public void Each_Region_is_compared_for_itself_and_an_entry_that_names_one_with_that_alone()
    {
        Run("$d = @{} + $c; $d.Remove('Region'); New-Good 1 | New-SsmAssociationBatch @d -Region eu-west-1, eu-north-1, ap-south-1; $own = New-Good 1; $own.Region = 'ap-south-1'").WithoutErrors();

        Assert.Equal(
            ["eu-west-1 Missing", "eu-west-1 Extra", "eu-north-1 Missing", "eu-north-1 Extra", "ap-south-1 Same"],
            Seen.In(Run("(New-Good 2), $own | Compare-SsmAssociationEntry @d -Region eu-west-1, eu-north-1").WithoutErrors()).Select(item => $"{item["Region"]} {item.Status}"));
    }

    [Fact]
    public void Each_account_is_compared_for_itself_and_what_is_missing_goes_there()
    {
        Run("$roles = 'arn:aws:iam::111122223333:role/Ops', 'arn:aws:iam::444455556666:role/Ops'; New-Good 1 | New-SsmAssociationBatch @c -RoleArn $roles[0]; $own = New-Good 2; $own.RoleArn = $roles[1]").WithoutErrors();

        ScriptResult result = Run("(New-Good 1), $own | Compare-SsmAssociationEntry @c -RoleArn $roles | ForEach-Object { $_; $_ | New-SsmAssociationBatch @c }").WithoutErrors();

        Assert.Equal(
            ["agent-1 111122223333 Same", "agent-1 111122223333 Existing", "agent-1 444455556666 Missing", "agent-1 444455556666 Created", "agent-2 444455556666 Missing", "agent-2 444455556666 Created"],
            Seen.In(result).Select(item => $"{item["AssociationName"]} {item["AccountId"]} {item.Status}"));
    }

    [Fact]
    public void Given_associations_are_compared_without_a_call()
    {
        Run(Mixed);
        Run("$now = Get-SsmAssociationEntry @c; $file = [System.IO.Path]::Combine([System.IO.Path]::GetTempPath(), [guid]::NewGuid().ToString() + '.jsonl'); $now | Export-SsmAssociationEntry $file; $backup = Import-SsmAssociationEntry $file; [System.IO.File]::Delete($file)").WithoutErrors();
        long before = _endpoint.Requests;

        Assert.Equal(["Missing", "Same", "Changed", "Extra"], Statuses("$wanted | Compare-SsmAssociationEntry -Existing $now"));
        Assert.Equal(["Missing", "Same", "Changed", "Extra"], Statuses("$wanted | Compare-SsmAssociationEntry -Existing $backup"));
        Assert.Equal(["Same", "Same", "Same"], Statuses("$backup | Compare-SsmAssociationEntry -Existing $now"));
        Assert.Equal(["Same", "Same", "Same"], Statuses("$now | Compare-SsmAssociationEntry -Existing ([System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($now, 6)))"));
        Assert.Equal(["Missing"], Statuses("New-Good 1 | Compare-SsmAssociationEntry -Existing @()"));
        Assert.Equal(["Missing"], Statuses("New-Good 1 | Compare-SsmAssociationEntry -Existing $null"));
        Assert.Equal(before, _endpoint.Requests);
        Assert.Equal(["us-east-1"], Seen.In(Run("New-Good 3 | Compare-SsmAssociationEntry -Existing $now")).Where(item => item.Status == "Missing").Select(item => item["Region"]));
        Assert.StartsWith("InvalidExisting,", Run("New-Good 1 | Compare-SsmAssociationEntry -Existing 5").TerminatingError!.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void A_copy_of_a_Region_is_the_same()
    {
        Run(Mixed);

        Assert.Equal(["Same", "Same", "Same"], Statuses("Get-SsmAssociationEntry @c | Compare-SsmAssociationEntry @c"));
    }

    [Fact]
    public void An_entry_that_cannot_be_read_is_an_error_with_file_line_member_and_fix_and_nothing_is_extra()
    {
        Run(Mixed);

        ScriptResult result = Run("""
            $bad = New-Good 2; $bad.Duration = 'x'
            (New-Good 1), $bad | Compare-SsmAssociationEntry @c
            """);

        Assert.Equal(["UnreadableEntry ", "AssociationComparison Same"], Seen.In(result).Select(item => $"{item.Kind} {(item.Kind == "UnreadableEntry" ? string.Empty : item.Status)}"));
        ErrorRecord error = Assert.Single(result.Errors);
        Assert.StartsWith("EntryInvalid,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("agent-2", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Duration", error.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("Nothing is called extra (2 association(s) would be): 1 input(s) could not be read (input 1)", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal(["Same"], Seen.In(Run("(New-Good 1), 5 | Compare-SsmAssociationEntry @c | Where-Object Status")).Select(item => item.Status));
    }

    [Fact]
    public void An_entry_that_breaks_a_rule_is_compared_and_told_of_with_file_and_line_unless_it_exists()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        string file = Path.Combine(folder.FullName, "fleet.csv");
        File.WriteAllText(file, "Name,AssociationName,Targets,ScheduleExpression\nAWS-UpdateSSMAgent,agent-1,tag:Node=n1,rate(1 day)\nAWS-UpdateSSMAgent,bad,tag:A=b,rate(29 minutes)\n");
        Run("New-Good 1 | New-SsmAssociationBatch @c").WithoutErrors();

        ScriptResult result = Run($"Import-SsmAssociationEntry '{file}' | Compare-SsmAssociationEntry @c");

        Assert.Equal(["Same", "Missing"], Seen.In(result).Select(item => item.Status));
        Assert.Equal("fleet.csv:3", Seen.In(result)[1]["Source"]);
        string text = Assert.Single(result.Errors).ToString();
        Assert.Contains("fleet.csv:3", text, StringComparison.Ordinal);
        Assert.Contains("ScheduleExpression: ", text, StringComparison.Ordinal);
        Assert.Contains("30 minutes", text, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    [Fact]
    public void A_Region_that_cannot_be_read_has_no_comparison_and_the_others_have_theirs()
    {
        using var endpoint = new EndpointSession("-Fault 'ListAssociations call 2 error code=InvalidNextToken'");
        endpoint.Run("$d = @{} + $c; $d.Remove('Region'); New-Good 1 | New-SsmAssociationBatch @d -Region eu-west-1, eu-west-2, eu-west-3").WithoutErrors();

        ScriptResult result = endpoint.Run("(New-Good 1), (New-Good 2) | Compare-SsmAssociationEntry @d -Region eu-west-1, eu-west-2, eu-west-3");

        Assert.Equal(["eu-west-1 Same", "eu-west-1 Missing", "eu-west-3 Same", "eu-west-3 Missing"], Seen.In(result).Select(item => $"{item["Region"]} {item.Status}"));
        Assert.StartsWith("InvalidNextToken,", result.TerminatingError!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("eu-west-2", result.TerminatingError.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_shows_a_value_of_parameters()
    {
        Run(Mixed);

        ScriptResult result = Run("$r = $wanted | Compare-SsmAssociationEntry @c -Verbose; $r | New-SsmAssociationBatch @c -Verbose | Out-Null; $r | ForEach-Object { \"$_\"; $_.Differences | ForEach-Object { \"$_ $($_.Wanted) $($_.Existing)\" } }").WithoutErrors();
        string views = _endpoint.Session.Render("$r; $r | ForEach-Object { $_.Differences }");

        Assert.DoesNotContain("3.1.4.159", result.AllText() + string.Concat(result.OutputOf<string>()) + views, StringComparison.Ordinal);
        foreach (string part in new[] { "Missing", "Changed", "Extra", "agent-2", "other-9", "MaxErrors", _endpoint.Ids()[2] })
        {
            Assert.Contains(part, views, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Comparisons_are_entries_for_the_other_cmdlets()
    {
        Run(Mixed);

        ScriptResult result = Run("$r = $wanted | Compare-SsmAssociationEntry @c; $r | Test-SsmAssociationEntry -Quiet; $r | Get-SsmAssociationSchedule -Count 1 | ForEach-Object { $_.AssociationName }").WithoutErrors();

        Assert.Equal([true, true, true, true], result.OutputOf<bool>());
        Assert.Equal(["agent-3", "agent-1", "agent-2"], result.OutputOf<string>());
    }

    private string[] Statuses(string script) => [.. Seen.In(Run(script).WithoutErrors()).Select(item => item.Status)];

    private ScriptResult Run(string script) => _endpoint.Run(script);
}
