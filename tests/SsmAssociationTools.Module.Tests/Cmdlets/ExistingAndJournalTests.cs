using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Cmdlets;

/// <summary>-IfExists and -JournalPath: running the same file twice.</summary>
public sealed class ExistingAndJournalTests : IDisposable
{
    private const string Suffix = ",SsmAssociationTools.Commands.NewSsmAssociationBatchCommand";
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private string Journal => Path.Combine(_folder, "run.journal");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Skip_answers_with_the_id_that_is_there_already()
    {
        using var endpoint = new EndpointSession();
        string[] ids = [.. Seen.In(endpoint.Run("1..60 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c").WithoutErrors()).Select(item => item.AssociationId!)];

        IReadOnlyList<Seen> seen = Seen.In(endpoint.Run("1..62 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c -IfExists Skip").WithoutErrors());

        Assert.All(seen.Take(60), item => Assert.Equal(("AssociationSuccess", "Existing", 0), (item.Kind, item.Status, item.Attempts)));
        Assert.Equal(ids, seen.Take(60).Select(item => item.AssociationId));
        Assert.Equal(["Created", "Created"], seen.Skip(60).Select(item => item.Status));
        Assert.Equal(62, endpoint.Associations);
    }

    [Fact]
    public void Skip_within_one_run_creates_the_same_content_once()
    {
        using var endpoint = new EndpointSession();

        IReadOnlyList<Seen> seen = Seen.In(endpoint.Run("1, 2, 1, 1 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c -IfExists Skip").WithoutErrors());

        Assert.Equal(["Created", "Created", "Existing", "Existing"], seen.Select(item => item.Status));
        Assert.Equal(seen[0].AssociationId, seen[3].AssociationId);
        Assert.Equal(2, endpoint.Associations);
    }

    [Fact]
    public void Fail_refuses_with_the_id_that_is_there_already()
    {
        using var endpoint = new EndpointSession();
        string id = Seen.In(endpoint.Run("New-Good 1 | New-SsmAssociationBatch @c").WithoutErrors())[0].AssociationId!;

        ScriptResult result = endpoint.Run("1..2 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c -IfExists Fail");

        IReadOnlyList<Seen> seen = Seen.In(result);
        Assert.Equal(("Failed", "AssociationAlreadyExists", id), (seen[0].Status, seen[0].ErrorCode, seen[0].AssociationId));
        Assert.Contains(id, seen[0].Message, StringComparison.Ordinal);
        Assert.Equal("Created", seen[1].Status);
        Assert.Equal("AssociationAlreadyExists" + Suffix, Assert.Single(result.Errors).FullyQualifiedErrorId);
        Assert.Equal(2, endpoint.Associations);
    }

    [Fact]
    public void Without_IfExists_the_same_entry_is_created_again_as_the_service_does()
    {
        using var endpoint = new EndpointSession();

        endpoint.Run("1..2 | ForEach-Object { New-Good 1 | New-SsmAssociationBatch @c }").WithoutErrors();

        Assert.Equal(2, endpoint.Associations);
    }

    [Theory]
    [InlineData("Skip")]
    [InlineData("Fail")]
    public void A_list_that_may_not_be_read_ends_the_run_before_anything_is_sent(string action)
    {
        using var endpoint = new EndpointSession("-Fault 'ListAssociations always error code=AccessDeniedException'");

        ScriptResult result = endpoint.Run($"1..3 | ForEach-Object {{ New-Good $_ }} | New-SsmAssociationBatch @c -IfExists {action}");

        Assert.All(Seen.In(result), item => Assert.Equal("NotAttempted", item.Status));
        Assert.Equal(3, result.Output.Count);
        Assert.Equal("AccessDeniedException" + Suffix, result.TerminatingError!.FullyQualifiedErrorId);
        Assert.Contains("ListAssociations", result.TerminatingError.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, endpoint.Associations);
    }

    [Fact]
    public void A_second_run_with_the_journal_creates_nothing_again()
    {
        using var endpoint = new EndpointSession();
        string script = $"1..50 | ForEach-Object {{ if ($_ -eq 7) {{ New-Refused 7 }} elseif ($_ -eq 8) {{ New-Invalid 8 }} else {{ New-Good $_ }} }} | New-SsmAssociationBatch @c -JournalPath '{Journal}' -ErrorAction SilentlyContinue";
        IReadOnlyList<Seen> first = Seen.In(endpoint.Run(script).WithoutErrors());
        long sent = endpoint.Requests;

        ScriptResult again = endpoint.Run(script + " -Verbose").WithoutErrors();

        IReadOnlyList<Seen> second = Seen.In(again);
        Assert.Equal(first.Select(item => (item.Index, item.Status, item.AssociationId, item.ErrorCode)), second.Select(item => (item.Index, item.Status, item.AssociationId, item.ErrorCode)));
        Assert.All(second, item => Assert.Equal(0, item.Attempts));
        Assert.Equal(sent, endpoint.Requests);
        Assert.Equal(48, endpoint.Associations);
        Assert.Contains(again.Verbose, line => line.Contains("journal", StringComparison.OrdinalIgnoreCase) && line.Contains("49", StringComparison.Ordinal));
    }

    [Fact]
    public void A_longer_file_goes_on_where_the_journal_ends_whatever_its_order()
    {
        using var endpoint = new EndpointSession();
        endpoint.Run($"1..20 | ForEach-Object {{ New-Good $_ }} | New-SsmAssociationBatch @c -JournalPath '{Journal}'").WithoutErrors();

        IReadOnlyList<Seen> seen = Seen.In(endpoint.Run($"30..1 | ForEach-Object {{ New-Good $_ }} | New-SsmAssociationBatch @c -JournalPath '{Journal}'").WithoutErrors());

        Assert.Equal(10, seen.Count(item => item.Attempts == 1));
        Assert.All(seen, item => Assert.Equal("Created", item.Status));
        Assert.Equal(30, endpoint.Associations);
    }

    [Fact]
    public void What_a_stopped_run_did_not_send_the_next_one_sends()
    {
        using var endpoint = new EndpointSession();
        ScriptResult first = endpoint.Run($"1..30 | ForEach-Object {{ if ($_ -eq 25) {{ throw 'power failure' }}; New-Good $_ }} | New-SsmAssociationBatch @c -BatchSize 10 -JournalPath '{Journal}'");

        IReadOnlyList<Seen> seen = Seen.In(endpoint.Run($"1..30 | ForEach-Object {{ New-Good $_ }} | New-SsmAssociationBatch @c -BatchSize 10 -JournalPath '{Journal}'").WithoutErrors());

        Assert.NotNull(first.TerminatingError);
        Assert.Equal(30, seen.Count);
        Assert.All(seen, item => Assert.Equal("Created", item.Status));
        Assert.Equal(30, endpoint.Associations);
        Assert.Equal(30, seen.Select(item => item.AssociationId).Distinct().Count());
    }

    [Fact]
    public void WhatIf_writes_no_journal()
    {
        using var endpoint = new EndpointSession();

        endpoint.Run($"New-Good 1 | New-SsmAssociationBatch @c -JournalPath '{Journal}' -WhatIf").WithoutErrors();

        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_journal_may_be_named_relative_to_the_session()
    {
        using var endpoint = new EndpointSession();
        endpoint.Session.Runspace.SessionStateProxy.Path.SetLocation(_folder);

        endpoint.Run("New-Good 1 | New-SsmAssociationBatch @c -JournalPath ./run.journal").WithoutErrors();

        Assert.True(File.Exists(Journal));
    }

    [Fact]
    public void Two_runs_on_one_journal_at_a_time_are_refused_and_the_first_goes_on()
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run($$"""
            1..2 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c -BatchSize 1 -JournalPath '{{Journal}}' | ForEach-Object {
                try { New-Good 99 | New-SsmAssociationBatch @c -JournalPath '{{Journal}}' } catch { $_.FullyQualifiedErrorId; $_.ErrorDetails.RecommendedAction }
                $_.Status.ToString()
            }
            """);

        string[] texts = [.. result.OutputOf<string>()];
        Assert.Equal(6, texts.Length);
        Assert.Equal("JournalInUse" + Suffix, texts[0]);
        Assert.NotEmpty(texts[1]);
        Assert.Equal("JournalInUse" + Suffix, texts[3]);
        Assert.Equal(2, endpoint.Associations);
    }

    [Fact]
    public void A_journal_in_a_folder_that_does_not_exist_is_refused()
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run($"New-Good 1 | New-SsmAssociationBatch @c -JournalPath '{Path.Combine(_folder, "none", "run.journal")}'");

        Assert.Equal("JournalNotWritable" + Suffix, result.TerminatingError!.FullyQualifiedErrorId);
        Assert.Contains("none", result.TerminatingError.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(result.TerminatingError.ErrorDetails.RecommendedAction);
        Assert.Empty(result.Output);
        Assert.Equal(0, endpoint.Requests);
    }

    [Theory]
    [InlineData("Name,Targets\nAWS-UpdateSSMAgent,tag:A=b\n", "JournalDamaged")]
    [InlineData("no line end", "JournalDamaged")]
    [InlineData("{\"journal\":\"SsmAssociationTools\",\"version\":99}\n", "JournalVersion")]
    public void A_file_that_is_no_journal_is_refused_and_left_as_it_is(string content, string id)
    {
        using var endpoint = new EndpointSession();
        File.WriteAllText(Journal, content);
        File.WriteAllText(Journal + ".key", Convert.ToBase64String(new byte[32]) + "\n");

        ScriptResult result = endpoint.Run($"New-Good 1 | New-SsmAssociationBatch @c -JournalPath '{Journal}'");

        Assert.Equal(id + Suffix, result.TerminatingError!.FullyQualifiedErrorId);
        Assert.Equal(content, File.ReadAllText(Journal));
        Assert.Equal(0, endpoint.Requests);
    }

    [Fact]
    public void A_journal_without_its_key_is_refused()
    {
        using var endpoint = new EndpointSession();
        endpoint.Run($"New-Good 1 | New-SsmAssociationBatch @c -JournalPath '{Journal}'").WithoutErrors();
        File.Delete(Journal + ".key");

        ScriptResult result = endpoint.Run($"New-Good 1 | New-SsmAssociationBatch @c -JournalPath '{Journal}'");

        Assert.Equal("JournalKeyMissing" + Suffix, result.TerminatingError!.FullyQualifiedErrorId);
        Assert.Equal(1, endpoint.Associations);
    }

    [Fact]
    public void A_journal_of_one_endpoint_is_refused_at_another_before_anything_is_sent()
    {
        using (var rehearsal = new EndpointSession())
        {
            rehearsal.Run($"New-Good 1 | New-SsmAssociationBatch @c -JournalPath '{Journal}'").WithoutErrors();
        }

        using var other = new EndpointSession();
        ScriptResult result = other.Run($"New-Good 1 | New-SsmAssociationBatch @c -JournalPath '{Journal}'");

        Assert.Equal("JournalOfOtherPlace" + Suffix, result.TerminatingError!.FullyQualifiedErrorId);
        Assert.Empty(result.Output);
        Assert.Equal(0, other.Associations);
    }

    [Theory]
    [InlineData("New-Good 1 | New-SsmAssociationBatch @c -JournalPath env:/x.journal", "InvalidJournalPath")]
    [InlineData("[guid]::NewGuid() | Remove-SsmAssociationBatch @c -Confirm:$false -JournalPath variable:/x.journal", "InvalidJournalPath")]
    [InlineData("New-Good 1 | New-SsmAssociationBatch -Region us-east-1 -ProfileLocation env:/x", "InvalidProfileLocation")]
    [InlineData("Start-SsmLocalEndpoint -StatePath variable:/state.json", "InvalidStatePath")]
    [InlineData("Start-SsmLocalEndpoint -InventoryPath env:/inventory.json", "InvalidInventoryPath")]
    public void A_path_of_another_provider_is_an_error_and_no_file_is_made(string script, string id)
    {
        using var endpoint = new EndpointSession();
        endpoint.Session.Runspace.SessionStateProxy.Path.SetLocation(_folder);

        ScriptResult result = endpoint.Run(script);

        Assert.StartsWith(id + ",", result.TerminatingError!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
        Assert.Equal(0, endpoint.Requests);
    }

    [Theory]
    [InlineData("Test-SsmAssociationEntry")]
    [InlineData("New-SsmAssociationBatch @c -SkipValidation")]
    [InlineData("New-SsmAssociationBatch @c")]
    public void Half_of_an_emoji_is_refused_before_the_call(string command)
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run($"@{{ Name = 'AWS-RunShellScript'; Targets = 'tag:A=b'; Parameters = @{{ commands = 'bad ' + [char]0xD83D + ' end' }} }} | {command} | ForEach-Object {{ $_.Issues.RuleId; $_.Issues.Path }}");

        Assert.Equal(["Entry.NotUnicode", "Parameters.commands[0]"], result.OutputOf<string>());
        Assert.Equal(0, endpoint.Requests);
    }
}
