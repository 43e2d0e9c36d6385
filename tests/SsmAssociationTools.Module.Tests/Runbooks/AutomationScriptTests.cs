using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Runbooks;

/// <summary>The scripts of the SSM Automation document, run as they are against an embedded endpoint.</summary>
[Collection(ProcessEnvironment.Name)]
public sealed class AutomationScriptTests : IDisposable
{
    private readonly RunbookSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Counts_and_failures_are_returned_and_the_good_entries_are_created()
    {
        _session.Write("fleet.csv", RunbookSession.Csv(good: 30, invalid: 2, refused: 3));

        IDictionary output = Run();

        Assert.Equal("Shard 1/1: 30 Created, 3 Failed, 2 Invalid", output["Summary"]);
        Assert.Equal(5, output["NotCreated"]);
        Assert.Equal(30, Counts(output)["Created"]);
        Assert.Equal(["fleet.csv:32", "fleet.csv:33", "fleet.csv:34", "fleet.csv:35", "fleet.csv:36"], Failures(output).Select(failure => failure["Source"]));
        Assert.Equal("InvalidDocument", Failures(output)[^1]["ErrorCode"]);
        Assert.DoesNotContain("geheim", RunbookJson.Write(output), StringComparison.Ordinal);
        Assert.Equal(30, _session.Associations);
        Assert.Equal(["Install-Module SsmAssociationTools -RequiredVersion 0.2.0 -Force"], _session.Log);
    }

    [Fact]
    public void A_second_start_creates_nothing_and_succeeds()
    {
        _session.Write("fleet.csv", RunbookSession.Csv(good: 30));
        Run();

        IDictionary output = Run();

        Assert.Equal("Shard 1/1: 30 Existing", output["Summary"]);
        Assert.Equal(0, output["NotCreated"]);
        Assert.Equal(30, _session.Associations);
    }

    [Fact]
    public void The_shards_together_are_the_file()
    {
        _session.Write("fleet.csv", RunbookSession.Csv(good: 60));

        int[] created = [.. Enumerable.Range(1, 3).Select(i => (int)Counts(Run(("Shard", $"{i}/3")))["Created"]!)];

        Assert.Equal(60, created.Sum());
        Assert.All(created, count => Assert.InRange(count, 1, 59));
        Assert.Equal(60, _session.Associations);
    }

    [Fact]
    public void Every_entry_goes_to_each_Region()
    {
        _session.Write("fleet.csv", RunbookSession.Csv(good: 5, refused: 1));

        IDictionary output = Run(("Regions", "us-east-1,eu-west-1"));

        Assert.Equal("Shard 1/1: 10 Created, 2 Failed", output["Summary"]);
        Assert.Equal(["eu-west-1", "us-east-1"], Failures(output).Select(failure => (string)failure["Region"]!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_entry_with_a_Region_of_its_own_goes_there_only_and_nothing_is_missed()
    {
        _session.Write("fleet.csv", "Name,AssociationName,Targets,Region\nAWS-UpdateSSMAgent,agent-a,tag:A=b,eu-north-1\nAWS-UpdateSSMAgent,agent-b,tag:A=b,\n");

        IDictionary output = Run(("Regions", "us-east-1,eu-west-1"));

        Assert.Equal("Shard 1/1: 3 Created", output["Summary"]);
        Assert.Equal(0, output["NotCreated"]);
    }

    [Theory]
    [InlineData("n")]
    [InlineData("\u00e9")]
    [InlineData("\"\\")]
    [InlineData("\ud83d\ude80")]
    public void Five_thousand_failures_fit_into_the_output_of_a_step(string character)
    {
        var text = new StringBuilder();
        for (int i = 0; i < 5000; i++)
        {
            text.Append(JsonSerializer.Serialize(new { Name = Repeat(character, 200), AssociationName = Repeat(character, 200) + i, Targets = "tag:Role=web", ScheduleExpression = Repeat(character, 50) }));
            text.Append('\n');
        }

        _session.Write("fleet.jsonl", text.ToString());

        IDictionary output = Run(("EntriesUri", "fleet.jsonl"));

        Assert.Equal(5000, output["NotCreated"]);
        Assert.InRange(Failures(output).Count, 5, 100);
        Assert.Equal(5000, Failures(output).Count + (int)output["FailuresLeftOut"]!);
        Assert.InRange(Encoding.UTF8.GetByteCount(RunbookJson.Write(output)), 1, 100_000);
    }

    [Fact]
    public void Rows_that_are_no_entries_count_as_not_created()
    {
        _session.Write("fleet.csv", RunbookSession.Csv(good: 1) + "a,b,c,d,e,f,g\n");

        IDictionary output = Run();

        Assert.Equal("Shard 1/1: 1 Created, 1 Invalid", output["Summary"]);
        Assert.Equal("fleet.csv:3", Failures(output).Single()["Source"]);
    }

    [Fact]
    public void What_is_not_reached_or_not_reported_in_time_is_counted_and_taken_by_the_next_start()
    {
        _session.Write("fleet.csv", RunbookSession.Csv(good: 60));
        _session.Session.SetVariable("fakeClock", new FakeClock(TimeSpan.FromSeconds(10)));

        IDictionary output = Run(script => script.Replace("[Diagnostics.Stopwatch]::StartNew()", "$fakeClock", StringComparison.Ordinal));

        IDictionary counts = Counts(output);
        int created = (int)counts["Created"]!;
        Assert.InRange((int)counts["NotReached"]!, 15, 59);
        Assert.InRange(created, 1, 45);
        Assert.Equal(60, created + (int)counts["NotReached"]! + (int)counts["NotReported"]!);
        Assert.EndsWith("The time is up.", (string)output["Summary"]!, StringComparison.Ordinal);

        Assert.Equal(0, Run()["NotCreated"]);
        Assert.Equal(60, _session.Associations);
    }

    [Theory]
    [InlineData("s3://fleet-data/ops/2026/fleet.csv", "S3 fleet-data ops/2026/fleet.csv us-east-1", "fleet.csv")]
    [InlineData("https://fleet.example/a/my%20fleet.csv?X-Amz-Signature=ab%2Fcd", "GET https://fleet.example/a/my%20fleet.csv?X-Amz-Signature=ab%2Fcd", "my fleet.csv")]
    public void Entries_come_from_S3_and_from_the_web(string uri, string call, string name)
    {
        _session.Write("remote", RunbookSession.Csv(good: 2, refused: 1));

        IDictionary output = Run(("EntriesUri", uri));

        Assert.Equal("Shard 1/1: 2 Created, 1 Failed", output["Summary"]);
        Assert.Equal(name + ":4", Failures(output).Single()["Source"]);
        Assert.Contains(call, _session.Log);
    }

    [Fact]
    public void Entries_come_from_an_attachment_that_is_still_packed()
    {
        string source = Directory.CreateTempSubdirectory().FullName;
        Directory.CreateDirectory(Path.Combine(source, "data"));
        File.WriteAllText(Path.Combine(source, "data", "fleet.csv"), RunbookSession.Csv(good: 2));
        string zip = source + ".zip";
        System.IO.Compression.ZipFile.CreateFromDirectory(source, zip);
        _session.Copy(zip, "attachment.zip");
        Directory.Delete(source, recursive: true);
        File.Delete(zip);

        Assert.Equal("Shard 1/1: 2 Created", Run(("EntriesUri", "data/fleet.csv"))["Summary"]);
    }

    [Fact]
    public void A_module_with_another_hash_is_not_loaded()
    {
        _session.Write("remote", "no module");

        ScriptResult result = Start(null, ("ModuleUri", "https://fleet.example/SsmAssociationTools.zip"), ("ModuleSha256", new string('0', 64)));

        Assert.Equal("The file of ModuleUri does not have the hash of ModuleSha256.", result.TerminatingError?.ToString());
    }

    [Fact]
    public void The_module_of_the_zip_is_taken_in_place_of_the_gallery()
    {
        string zip = Path.Combine(TestPaths.Packages, "SsmAssociationTools.zip");
        _session.Copy(zip, "remote");
        _session.Write("fleet.csv", RunbookSession.Csv(good: 1));
        _session.Session.Run("function Import-Module { $log.Add(\"Import-Module $($args[0].Substring($args[0].IndexOf('SsmAssociationTools')))\") }").WithoutErrors();

        IDictionary output = Run(("ModuleUri", "https://fleet.example/SsmAssociationTools.zip"), ("ModuleSha256", Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(zip)))));

        Assert.Equal("Shard 1/1: 1 Created", output["Summary"]);
        Assert.Equal(["GET https://fleet.example/SsmAssociationTools.zip", "Import-Module SsmAssociationTools/SsmAssociationTools.psd1"], _session.Log);
    }

    [Fact]
    public void The_step_fails_by_itself_where_nothing_could_be_done()
    {
        Assert.Equal("There is no file none.csv in the attachment.", Start(null, ("EntriesUri", "none.csv")).TerminatingError?.ToString());

        _session.Write("fleet.csv", RunbookSession.Csv(good: 3));
        _session.Environment("AWS_ACCESS_KEY_ID", "local");
        _session.Environment("AWS_SECRET_ACCESS_KEY", null);
        Assert.StartsWith("NoCredentials", Start(null).TerminatingError?.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true", 2, true)]
    [InlineData("true", 0, false)]
    [InlineData("false", 2, false)]
    public void The_second_step_fails_where_entries_were_not_created_and_that_is_wanted(string failOnErrors, int notCreated, bool fails)
    {
        foreach (string flag in new[] { failOnErrors, $"\"{failOnErrors}\"" })
        {
            _session.Environment("InputPayload", $$"""{"FailOnErrors":{{flag}},"NotCreated":{{notCreated}},"Summary":"Shard 1/1: 5 Created, 2 Failed"}""");

            ScriptResult result = _session.Run(AutomationDocument.Script(1));

            Assert.Equal(fails ? "2 entries were not created. Shard 1/1: 5 Created, 2 Failed" : null, result.TerminatingError?.ToString());
        }
    }

    [Fact]
    public void Outcomes_are_awaited_where_time_is_kept_for_them_and_what_did_not_apply_is_counted()
    {
        _session.Session.Run("$endpoint.SetNode(@{ Id = 'i-00000001'; Tags = @{ Node = 'n0' }; PickUpSeconds = 0.2; RunSeconds = 0.2 }); $endpoint.SetNode(@{ Id = 'i-00000002'; Tags = @{ Node = 'n1' }; PickUpSeconds = 0.2; RunSeconds = 0.2; Outcomes = 'Failed' })").WithoutErrors();
        _session.Write("fleet.csv", RunbookSession.Csv(good: 2));

        IDictionary output = Run(("OutcomeSeconds", "60"));

        Assert.Equal("Shard 1/1: 2 Created; on the nodes 1 Success, 1 Failed", output["Summary"]);
        Assert.Equal((0, 1), (output["NotCreated"], output["NotApplied"]));
        Assert.Equal("OutcomeFailed", Failures(output).Single()["ErrorCode"]);
    }

    [Theory]
    [InlineData("true", 2, true)]
    [InlineData("true", 0, false)]
    [InlineData("false", 2, false)]
    public void The_second_step_fails_where_associations_did_not_apply_and_that_is_wanted(string failOnOutcomes, int notApplied, bool fails)
    {
        _session.Environment("InputPayload", $$"""{"FailOnErrors":true,"FailOnOutcomes":{{failOnOutcomes}},"NotCreated":0,"NotApplied":{{notApplied}},"Summary":"Shard 1/1: 5 Created"}""");

        ScriptResult result = _session.Run(AutomationDocument.Script(1));

        Assert.Equal(fails ? "2 associations did not apply. Shard 1/1: 5 Created" : null, result.TerminatingError?.ToString());
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private static IDictionary Counts(IDictionary output) => (IDictionary)output["Counts"]!;

    private static IReadOnlyList<IDictionary> Failures(IDictionary output) =>
        [.. ((Array)output["Failures"]!).Cast<object>().Select(failure => (IDictionary)(failure is PSObject wrapped ? wrapped.BaseObject : failure))];

    private IDictionary Run(params (string Name, string Value)[] payload) => Run(null, payload);

    private IDictionary Run(Func<string, string>? change, params (string Name, string Value)[] payload) =>
        Start(change, payload).WithoutErrors().OutputOf<IDictionary>().Single();

    private ScriptResult Start(Func<string, string>? change, params (string Name, string Value)[] payload)
    {
        var values = new Dictionary<string, string>
        {
            ["EntriesUri"] = "fleet.csv",
            ["Regions"] = string.Empty,
            ["OwnRegion"] = "us-east-1",
            ["Shard"] = "1/1",
            ["IfExists"] = "Skip",
            ["TimeBudgetSeconds"] = "510",
            ["OutcomeSeconds"] = "0",
            ["ModuleUri"] = string.Empty,
            ["ModuleSha256"] = string.Empty,
            ["ModuleVersion"] = "0.2.0",
        };
        foreach ((string name, string value) in payload)
        {
            values[name] = value;
        }

        _session.Environment("InputPayload", JsonSerializer.Serialize(values));
        string script = AutomationDocument.Script(0);
        return _session.Run(change?.Invoke(script) ?? script);
    }
}
