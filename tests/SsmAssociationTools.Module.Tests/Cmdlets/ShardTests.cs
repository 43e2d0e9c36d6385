using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Cmdlets;

/// <summary>One input shared by several runs that know nothing of each other.</summary>
public sealed class ShardTests : IDisposable
{
    private readonly EndpointSession _endpoint = new();
    private readonly string _file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "fleet.jsonl");

    public ShardTests()
    {
        // Two lines are no entries and one breaks a rule; each of them belongs to some part too.
        IEnumerable<string> lines = Enumerable.Range(0, 60).Select(i => i switch
        {
            7 => "{ this is not JSON",
            21 => "42",
            33 => """{"Name":"AWS-UpdateSSMAgent","AssociationName":"agent-33","Targets":[{"Key":"tag:Node","Values":["n33"]}],"ScheduleExpression":"rate(1 minute)"}""",
            _ => $$"""{"Name":"AWS-UpdateSSMAgent","AssociationName":"agent-{{i.ToString(CultureInfo.InvariantCulture)}}","Targets":[{"Key":"tag:Node","Values":["n{{i.ToString(CultureInfo.InvariantCulture)}}"]}]}""",
        });
        File.WriteAllLines(_file, lines);
    }

    public void Dispose()
    {
        _endpoint.Dispose();
        Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);
    }

    [Fact]
    public void Together_the_parts_that_are_sent_are_the_input_and_nothing_is_sent_twice()
    {
        var indexes = new List<long>();
        var statuses = new List<string>();
        foreach (int part in Enumerable.Range(1, 4))
        {
            ScriptResult result = _endpoint.Run($"[IO.File]::ReadAllLines('{_file}') | New-SsmAssociationBatch @c -Shard {part}/4");
            Assert.Null(result.TerminatingError);
            Assert.InRange(result.Output.Count, 4, 30);
            indexes.AddRange(result.Output.Select(output => (long)output!.Properties["Index"].Value));
            statuses.AddRange(result.Output.Select(output => output!.Properties["Status"].Value.ToString()!));
        }

        Assert.Equal(Enumerable.Range(0, 60).Select(i => (long)i), indexes.Order());
        Assert.Equal(57, statuses.Count(status => status == "Created"));
        Assert.Equal(3, statuses.Count(status => status == "Invalid"));
        Assert.Equal(57, _endpoint.Associations);
    }

    [Fact]
    public void Together_the_parts_that_are_imported_are_the_file()
    {
        var sources = new List<string>();
        int errors = 0;
        foreach (int part in Enumerable.Range(1, 4))
        {
            ScriptResult result = _endpoint.Run($"Import-SsmAssociationEntry '{_file}' -Shard {part}/4");
            sources.AddRange(result.Output.Select(output => (string)output!.Properties["Source"].Value));
            errors += result.Errors.Count;
        }

        ScriptResult whole = _endpoint.Run($"Import-SsmAssociationEntry '{_file}'");
        Assert.Equal(whole.Output.Select(output => (string)output!.Properties["Source"].Value).Order(), sources.Order());
        Assert.Equal(whole.Errors.Count, errors);
    }

    [Fact]
    public void What_a_part_of_the_file_holds_the_same_part_of_the_input_holds()
    {
        ScriptResult imported = _endpoint.Run($"Import-SsmAssociationEntry '{_file}' -Shard 2/3 -ErrorAction SilentlyContinue | ForEach-Object AssociationName");
        ScriptResult sent = _endpoint.Run($"Import-SsmAssociationEntry '{_file}' -ErrorAction SilentlyContinue | New-SsmAssociationBatch @c -Shard 2/3 -ErrorAction SilentlyContinue -Verbose | ForEach-Object AssociationName");

        Assert.NotEmpty(imported.Output);
        Assert.Equal(imported.Output, sent.Output);
        Assert.Contains(sent.Verbose, line => line.Contains("belong to other parts than 2/3", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0/4")]
    [InlineData("5/4")]
    [InlineData("third")]
    public void What_is_no_part_is_refused_before_anything_is_read(string shard)
    {
        ScriptResult sent = _endpoint.Run($"New-Good 1 | New-SsmAssociationBatch @c -Shard '{shard}'");
        ScriptResult imported = _endpoint.Run($"Import-SsmAssociationEntry '{_file}' -Shard '{shard}'");

        Assert.Equal("InvalidShard,SsmAssociationTools.Commands.NewSsmAssociationBatchCommand", sent.TerminatingError!.FullyQualifiedErrorId);
        Assert.Equal("InvalidShard,SsmAssociationTools.Commands.ImportSsmAssociationEntryCommand", imported.TerminatingError!.FullyQualifiedErrorId);
        Assert.Contains("3/16", sent.TerminatingError.ToString(), StringComparison.Ordinal);
        Assert.Empty(sent.Output);
        Assert.Empty(imported.Output);
    }
}
