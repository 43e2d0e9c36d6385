using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.Loader;
using System.Text.Json;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Cmdlets;

/// <summary>Whatever comes through the pipeline gives one output object, from Test- and from New-, in order.</summary>
public sealed class InputShapeTests : IDisposable
{
    /// <summary>Scripts that make one input each; all of them say the same.</summary>
    private static readonly string[] s_sameEntries =
    [
        "@{ Name = 'AWS-RunPatchBaseline'; AssociationName = 'shape-0'; Targets = @{ Key = 'tag:Role'; Values = 'web', 'db' }; Parameters = @{ Operation = 'Scan' } }",
        "[ordered]@{ Name = 'AWS-RunPatchBaseline'; AssociationName = 'shape-1'; Targets = @(@{ Key = 'tag:Role'; Values = @('web', 'db') }); Parameters = [ordered]@{ Operation = @('Scan') } }",
        "[pscustomobject]@{ Name = 'AWS-RunPatchBaseline'; AssociationName = 'shape-2'; Targets = [pscustomobject]@{ Key = 'tag:Role'; Values = 'web', 'db' }; Parameters = [pscustomobject]@{ Operation = 'Scan' } }",
        "[pscustomobject]@{ Name = 'AWS-RunPatchBaseline'; AssociationName = 'shape-3'; Targets = 'tag:Role=web,db'; Parameters = 'Operation=Scan'; Duration = ''; MaxErrors = ' ' }",
        "[pscustomobject]@{ Name = 'AWS-RunPatchBaseline'; AssociationName = 'shape-4'; Targets = '[{\"Key\":\"tag:Role\",\"Values\":[\"web\",\"db\"]}]'; Parameters = '{\"Operation\":[\"Scan\"]}' }",
        "'{\"Name\":\"AWS-RunPatchBaseline\",\"AssociationName\":\"shape-5\",\"Targets\":[{\"Key\":\"tag:Role\",\"Values\":[\"web\",\"db\"]}],\"Parameters\":{\"Operation\":[\"Scan\"]}}'",
        "@{ NAME = 'AWS-RunPatchBaseline'; associationname = 'shape-6'; targets = @{ key = 'tag:Role'; values = 'web', 'db' }; parameters = @{ Operation = 'Scan' } }",
        "[System.Collections.Generic.Dictionary[string, object]] $d = [System.Collections.Generic.Dictionary[string, object]]::new(); $d.Name = 'AWS-RunPatchBaseline'; $d.AssociationName = 'shape-7'; $d.Targets = 'tag:Role=web,db'; $d.Parameters = @{ Operation = 'Scan' }; $d",
    ];

    /// <summary>Scripts that make one input each that is no entry.</summary>
    private static readonly string[] s_noEntries =
    [
        "$null", "42", "3.5", "'AWS-RunPatchBaseline'", "''", "[datetime]'2026-01-01'", "$true", "{ 1 }", "@{}", "[pscustomobject]@{}",
        "'{\"Name\":'", "'[]'", "[System.DBNull]::Value", "[string]", "[guid]::Empty",
        "$a = @{}; $a.Targets = $a; $a.Name = $a; $a",
        "$l = [System.Collections.ArrayList]::new(); [void] $l.Add($l); @{ Name = 'AWS-RunPatchBaseline'; CalendarNames = $l; Targets = 'tag:A=b' }",
        "$o = [pscustomobject]@{ Name = 'AWS-RunPatchBaseline'; Targets = 'tag:A=b'; Parameters = $null }; $o.Parameters = $o; $o",
        "$t = 'tag:A=b'; 1..200 | ForEach-Object { $t = @{ Values = $t } }; @{ Name = 'AWS-RunPatchBaseline'; Targets = $t }",
        "$p = [pscustomobject]@{ Name = 'AWS-RunPatchBaseline'; Targets = 'tag:A=b' }; $p.PSObject.Properties.Add([System.Management.Automation.PSScriptProperty]::new('AssociationName', { throw 'no' })); $p",
    ];

    private readonly EndpointSession _endpoint = new();

    public void Dispose() => _endpoint.Dispose();

    [Fact]
    public void Every_shape_of_one_entry_passes_Test_and_is_read_alike()
    {
        IReadOnlyList<Seen> seen = Seen.In(_endpoint.Run(Each(s_sameEntries) + " | Test-SsmAssociationEntry").WithoutErrors());

        Assert.Equal(s_sameEntries.Length, seen.Count);
        Assert.Equal(Enumerable.Range(0, seen.Count).Select(i => (long)i), seen.Select(item => item.Index));
        Assert.All(seen, item => Assert.True(item.IsValid, string.Join("; ", item.Issues)));
        Assert.All(seen, item => Assert.Equal("tag:Role=web,db", item["Target"]));
        Assert.Equal(0, _endpoint.Requests);
    }

    [Fact]
    public void Every_shape_of_one_entry_reaches_the_service_alike()
    {
        ScriptResult result = _endpoint.Run(Each(s_sameEntries) + " | New-SsmAssociationBatch @c").WithoutErrors();

        IReadOnlyList<Seen> seen = Seen.In(result);
        Assert.Equal(Enumerable.Range(0, s_sameEntries.Length).Select(i => (long)i), seen.Select(item => item.Index));
        Assert.All(seen, item => Assert.Equal("Created", item.Status));
        for (int i = 0; i < seen.Count; i++)
        {
            JsonElement description = _endpoint.Describe(seen[i].AssociationId!);
            Assert.Equal($"shape-{i}", description.GetProperty("AssociationName").GetString());
            Assert.Equal("""{"Operation":["Scan"]}""", description.GetProperty("Parameters").GetRawText());
            Assert.Equal("tag:Role", description.GetProperty("Targets")[0].GetProperty("Key").GetString());
            Assert.Equal(["web", "db"], description.GetProperty("Targets")[0].GetProperty("Values").EnumerateArray().Select(value => value.GetString()));
        }
    }

    [Fact]
    public void What_is_no_entry_gets_one_verdict_each()
    {
        ScriptResult result = _endpoint.Run(Each(s_noEntries) + " | Test-SsmAssociationEntry").WithoutErrors();

        IReadOnlyList<Seen> seen = Seen.In(result);
        Assert.Equal(s_noEntries.Length, seen.Count);
        Assert.All(seen, (item, i) => Assert.False(item.IsValid, s_noEntries[i]));
        Assert.All(seen, item => Assert.Contains(item.Issues, issue => issue["Severity"]!.ToString() == "Error" && ((string)issue["Message"]!).Length > 20));
    }

    [Fact]
    public void What_is_no_entry_gets_one_result_each_between_good_neighbours()
    {
        IEnumerable<string> scripts = s_noEntries.SelectMany((script, i) => new[] { $"New-Good {i}", script });

        ScriptResult result = _endpoint.Run(Each(scripts) + " | New-SsmAssociationBatch @c");

        IReadOnlyList<Seen> seen = Seen.In(result);
        Assert.Null(result.TerminatingError);
        Assert.Equal(2 * s_noEntries.Length, seen.Count);
        Assert.All(seen, (item, i) => Assert.Equal(i, item.Index));
        Assert.All(seen, (item, i) => Assert.Equal(i % 2 == 0 ? "Created" : "Invalid", item.Status));
        Assert.Equal(s_noEntries.Length, result.Errors.Count);
        Assert.Equal(s_noEntries.Length, _endpoint.Associations);
    }

    [Fact]
    public void A_csv_row_with_every_notation_is_sent_as_it_was_meant()
    {
        ScriptResult result = _endpoint.Run("""
            [pscustomobject]@{
                Name = 'AWS-RunPatchBaseline'; AssociationName = 'patch-prod'; Targets = 'tag:Role=web,db; tag:Env=prod'
                Parameters = 'Operation=Scan; RebootOption=NoReboot'; ScheduleExpression = 'cron(0 2 ? * SUN#1 *)'
                ApplyOnlyAtCronInterval = 'yes'; ScheduleOffset = '2'; Duration = '4'; ComplianceSeverity = 'high'; SyncCompliance = 'auto'
                MaxErrors = '10%'; MaxConcurrency = '5'; DocumentVersion = ''
                'OutputLocation.S3Location.OutputS3BucketName' = 'my-logs'; 'OutputLocation.S3Location.OutputS3KeyPrefix' = 'ssm'
            } | New-SsmAssociationBatch @c
            """).WithoutErrors();

        JsonElement sent = _endpoint.Describe(Assert.Single(Seen.In(result)).AssociationId!);
        Assert.Equal("""{"Operation":["Scan"],"RebootOption":["NoReboot"]}""", sent.GetProperty("Parameters").GetRawText());
        Assert.Equal(2, sent.GetProperty("Targets").GetArrayLength());
        Assert.True(sent.GetProperty("ApplyOnlyAtCronInterval").GetBoolean());
        Assert.Equal(2, sent.GetProperty("ScheduleOffset").GetInt32());
        Assert.Equal(4, sent.GetProperty("Duration").GetInt32());
        Assert.Equal("HIGH", sent.GetProperty("ComplianceSeverity").GetString());
        Assert.Equal("AUTO", sent.GetProperty("SyncCompliance").GetString());
        Assert.Equal("my-logs", sent.GetProperty("OutputLocation").GetProperty("S3Location").GetProperty("OutputS3BucketName").GetString());
        Assert.Equal("ssm", sent.GetProperty("OutputLocation").GetProperty("S3Location").GetProperty("OutputS3KeyPrefix").GetString());
    }

    [Fact]
    public void An_entry_of_the_AWS_SDK_is_read_from_its_own_type()
    {
        var context = new AssemblyLoadContext("the SDK of the user");
        string sdk = Path.Combine(TestPaths.Stage, "bin", "net8.0", "dependencies", "AWSSDK.SimpleSystemsManagement.dll");
        context.Resolving += (_, name) => context.LoadFromAssemblyPath(Path.Combine(Path.GetDirectoryName(sdk)!, name.Name + ".dll"));
        System.Reflection.Assembly assembly = context.LoadFromAssemblyPath(sdk);
        object Make(string type) => Activator.CreateInstance(assembly.GetType("Amazon.SimpleSystemsManagement.Model." + type, throwOnError: true)!)!;
        void Set(object target, string member, object value) => target.GetType().GetProperty(member)!.SetValue(target, value);
        object target = Make("Target");
        Set(target, "Key", "tag:Role");
        Set(target, "Values", new List<string> { "web" });
        object entry = Make("CreateAssociationBatchRequestEntry");
        Set(entry, "Name", "AWS-RunPatchBaseline");
        Set(entry, "AssociationName", "from-the-SDK");
        Set(entry, "Parameters", new Dictionary<string, List<string>> { ["Operation"] = ["Scan"] });
        var targets = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(target.GetType()))!;
        targets.Add(target);
        Set(entry, "Targets", targets);
        Type severity = assembly.GetType("Amazon.SimpleSystemsManagement.AssociationComplianceSeverity", throwOnError: true)!;
        Set(entry, "ComplianceSeverity", severity.GetField("HIGH")!.GetValue(null)!);

        ScriptResult result = _endpoint.Run("$input | New-SsmAssociationBatch @c", [entry]).WithoutErrors();

        Seen seen = Assert.Single(Seen.In(result));
        Assert.Same(entry, seen["InputObject"]);
        JsonElement sent = _endpoint.Describe(seen.AssociationId!);
        Assert.Equal("from-the-SDK", sent.GetProperty("AssociationName").GetString());
        Assert.Equal("HIGH", sent.GetProperty("ComplianceSeverity").GetString());
        Assert.Equal("""{"Operation":["Scan"]}""", sent.GetProperty("Parameters").GetRawText());
    }

    [Fact]
    public void Results_and_verdicts_can_be_piped_again()
    {
        ScriptResult result = _endpoint.Run("""
            $verdicts = New-Good 1 | Test-SsmAssociationEntry
            $first = $verdicts | New-SsmAssociationBatch @c
            $second = $first, $verdicts | New-SsmAssociationBatch @c
            $first; $second; $second | Test-SsmAssociationEntry -Quiet
            """).WithoutErrors();

        // What has an association already is not created once more; a verdict is an entry like any other.
        Assert.Equal(["Created", "Existing", "Created"], Seen.In(result).Take(3).Select(item => item.Status));
        Assert.Equal([true, true], result.OutputOf<bool>());
        Assert.Equal(2, _endpoint.Associations);
    }

    [Fact]
    public void A_failed_result_is_read_again_from_what_came_in()
    {
        ScriptResult result = _endpoint.Run("""
            $failed = 42, $null, (New-Invalid 1) | New-SsmAssociationBatch @c -ErrorAction SilentlyContinue
            $failed | Test-SsmAssociationEntry
            """).WithoutErrors();

        IReadOnlyList<Seen> seen = Seen.In(result);
        Assert.Equal(3, seen.Count);
        Assert.All(seen, item => Assert.False(item.IsValid));
    }

    [Theory]
    [InlineData("$null | Test-SsmAssociationEntry -Quiet", new[] { false })]
    [InlineData("Test-SsmAssociationEntry $null -Quiet", new[] { false })]
    [InlineData("@() | Test-SsmAssociationEntry -Quiet", new bool[0])]
    [InlineData("Test-SsmAssociationEntry @() -Quiet", new bool[0])]
    [InlineData("Test-SsmAssociationEntry (New-Good 1), (New-Invalid 2), (New-Good 3) -Quiet", new[] { true, false, true })]
    [InlineData("Test-SsmAssociationEntry -Entry (New-Good 1), $null -Quiet", new[] { true, false })]
    [InlineData("Test-SsmAssociationEntry -Entries (New-Invalid 1), (New-Good 1) -Quiet", new[] { false, true })]
    [InlineData("Test-SsmAssociationEntry -InputObject (New-Good 1) -Quiet", new[] { true })]
    [InlineData(", @((New-Good 1), (New-Invalid 2)) | Test-SsmAssociationEntry -Quiet", new[] { true, false })]
    [InlineData("$null, $null, (New-Good 1) | Test-SsmAssociationEntry -Quiet", new[] { false, false, true })]
    public void Each_way_of_passing_entries_gives_one_answer_for_each(string script, bool[] expected) =>
        Assert.Equal(expected, _endpoint.Run(script).WithoutErrors().OutputOf<bool>());

    [Theory]
    [InlineData("$null | New-SsmAssociationBatch @c", "Invalid")]
    [InlineData("@() | New-SsmAssociationBatch @c", "")]
    [InlineData("New-SsmAssociationBatch @() @c", "")]
    [InlineData("New-SsmAssociationBatch (New-Good 1), $null, (New-Good 3) @c", "Created Invalid Created")]
    [InlineData("New-SsmAssociationBatch -Entries (New-Good 1), (New-Invalid 3) @c", "Created Invalid")]
    [InlineData("New-SsmAssociationBatch -InputObject (New-Good 1) @c", "Created")]
    [InlineData("New-SsmAssociationBatch -Entry (New-Good 1) @c", "Created")]
    public void Each_way_of_passing_entries_gives_one_result_for_each(string script, string expected) =>
        Assert.Equal(expected, string.Join(' ', Seen.In(_endpoint.Run(script)).Select(item => item.Status)));

    [Fact]
    public void The_input_object_is_handed_back_as_it_came()
    {
        ScriptResult result = _endpoint.Run("""
            $one = New-Good 1; $two = [pscustomobject](New-Good 2); $three = New-Invalid 3
            $r = @($one, $two, $three | New-SsmAssociationBatch @c -ErrorAction SilentlyContinue)
            [object]::ReferenceEquals($r[0].InputObject, $one)
            $r[1].InputObject.AssociationName -eq 'agent-2'
            [object]::ReferenceEquals($r[2].InputObject, $three)
            """).WithoutErrors();

        Assert.Equal([true, true, true], result.OutputOf<bool>());
    }

    /// <summary>Each script's value as one object in the pipeline, null too.</summary>
    private static string Each(IEnumerable<string> scripts) => "& { " + string.Join("\n", scripts.Select(script => "& { " + script + " }")) + " }";
}
