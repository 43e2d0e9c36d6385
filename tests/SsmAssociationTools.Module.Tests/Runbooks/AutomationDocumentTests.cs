using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;
using YamlDotNet.RepresentationModel;
using static SsmAssociationTools.Module.Tests.Runbooks.AutomationDocument;

namespace SsmAssociationTools.Module.Tests.Runbooks;

/// <summary>The SSM Automation document keeps the rules of schema 0.3 and of aws:executeScript.</summary>
public sealed partial class AutomationDocumentTests
{
    [Fact]
    public void The_document_has_the_keys_of_its_schema_and_no_other()
    {
        string[] allowed = ["description", "schemaVersion", "assumeRole", "parameters", "variables", "mainSteps", "outputs", "files"];

        Assert.Equal("0.3", Text(Root["schemaVersion"]));
        Assert.Equal(YamlDotNet.Core.ScalarStyle.SingleQuoted, ((YamlScalarNode)Root["schemaVersion"]).Style);
        Assert.All(Root.Children.Keys, key => Assert.Contains(Text(key), allowed));
        Assert.Equal("{{ AutomationAssumeRole }}", Text(Root["assumeRole"]));
        Assert.InRange(RunbookSession.Read(Path).Length, 1, 64 * 1024);
    }

    [Fact]
    public void Parameters_have_types_that_automation_knows_and_defaults_that_they_allow()
    {
        string[] types = ["String", "StringList", "Integer", "Boolean", "MapList", "StringMap", "AWS::IAM::Role::Arn"];
        string[] keys = ["type", "description", "default", "allowedPattern", "allowedValues", "minChars", "maxChars", "minItems", "maxItems", "displayType"];

        Assert.All(Parameters, parameter =>
        {
            Assert.Matches(@"\A[A-Za-z][A-Za-z0-9]*\z", parameter.Key);
            Assert.All(parameter.Value.Children.Keys, key => Assert.Contains(Text(key), keys));
            Assert.Contains(Text(parameter.Value["type"]), types);
            Assert.NotEmpty(Text(parameter.Value["description"]));
            bool isOptional = parameter.Value.Children.TryGetValue(new YamlScalarNode("default"), out YamlNode? fallback);
            Assert.StartsWith(isOptional ? "(Optional)" : "(Required)", Text(parameter.Value["description"]), StringComparison.Ordinal);
            if (isOptional)
            {
                Assert.True(Accepts(parameter.Key, Text(fallback!)), parameter.Key);
            }
        });
    }

    [Theory]
    [InlineData("EntriesUri", "s3://fleet-data/ops/fleet.csv", true)]
    [InlineData("EntriesUri", "https://fleet-data.s3.amazonaws.com/fleet.csv?X-Amz-Signature=ab%2B", true)]
    [InlineData("EntriesUri", "data/fleet.csv", true)]
    [InlineData("EntriesUri", "http://fleet.example/fleet.csv", false)]
    [InlineData("EntriesUri", "/etc/passwd", false)]
    [InlineData("EntriesUri", "../fleet.csv", false)]
    [InlineData("EntriesUri", "s3://fleet-data", false)]
    [InlineData("EntriesUri", "", false)]
    [InlineData("Regions", "us-gov-west-1,eu-west-1,ap-southeast-12", true)]
    [InlineData("Regions", "us-east-1, eu-west-1", false)]
    [InlineData("Regions", "us-east-1,", false)]
    [InlineData("Shard", "16/16", true)]
    [InlineData("Shard", "0/16", false)]
    [InlineData("Shard", "3", false)]
    [InlineData("IfExists", "skip", false)]
    [InlineData("ModuleUri", "s3://fleet-data/SsmAssociationTools.zip", true)]
    [InlineData("ModuleUri", "SsmAssociationTools.zip", false)]
    [InlineData("ModuleSha256", "abc", false)]
    [InlineData("ModuleVersion", "latest", false)]
    public void Parameters_accept_what_they_describe(string parameter, string value, bool expected) => Assert.Equal(expected, Accepts(parameter, value));

    [Fact]
    public void The_parameters_of_the_example_are_those_of_the_document()
    {
        using var example = JsonDocument.Parse(RunbookSession.Read("ssm-automation/parameters.json"));

        Assert.All(example.RootElement.EnumerateObject(), parameter => Assert.All(
            parameter.Value.EnumerateArray(),
            value => Assert.True(Accepts(parameter.Name, value.GetString()!), parameter.Name)));
        Assert.All(
            Parameters.Where(parameter => !parameter.Value.Children.ContainsKey(new YamlScalarNode("default"))),
            parameter => Assert.True(example.RootElement.TryGetProperty(parameter.Key, out _), parameter.Key));
    }

    [Fact]
    public void Steps_have_names_of_their_own_and_run_within_the_limits_of_executeScript()
    {
        string[] keys = ["name", "description", "action", "timeoutSeconds", "maxAttempts", "onFailure", "nextStep", "isEnd", "isCritical", "inputs", "outputs"];
        string[] inputs = ["Runtime", "InputPayload", "Script", "Attachment"];

        Assert.Equal(Steps.Count, Steps.Select(step => Text(step["name"])).Distinct(StringComparer.Ordinal).Count());
        Assert.All(Steps, step =>
        {
            Assert.Matches(@"\A[a-zA-Z0-9_]{3,128}\z", Text(step["name"]));
            Assert.All(step.Children.Keys, key => Assert.Contains(Text(key), keys));
            Assert.Equal("aws:executeScript", Text(step["action"]));
            Assert.Equal("PowerShell 7.4", Text(step["inputs"]["Runtime"]));
            Assert.All(((YamlMappingNode)step["inputs"]).Children.Keys, key => Assert.Contains(Text(key), inputs));
            Assert.InRange(int.Parse(Text(step["timeoutSeconds"]), CultureInfo.InvariantCulture), 1, 600);
        });
    }

    [Fact]
    public void Every_step_is_reached_once_and_the_last_one_ends()
    {
        for (int i = 0; i < Steps.Count; i++)
        {
            bool isLast = i == Steps.Count - 1;
            Assert.Equal(isLast, Steps[i].Children.ContainsKey(new YamlScalarNode("isEnd")));
            if (!isLast)
            {
                Assert.Equal(Text(Steps[i + 1]["name"]), Text(Steps[i]["nextStep"]));
            }
        }
    }

    [Fact]
    public void Every_reference_names_a_parameter_a_system_variable_or_an_output_of_an_earlier_step()
    {
        var known = new HashSet<string>(Parameters.Keys, StringComparer.Ordinal) { "global:REGION", "automation:EXECUTION_ID" };
        var used = new HashSet<string>(References(Root["assumeRole"]), StringComparer.Ordinal);
        foreach (YamlMappingNode step in Steps)
        {
            Assert.All(References(step["inputs"]), name => Assert.Contains(name, known));
            used.UnionWith(References(step["inputs"]));
            known.UnionWith(Outputs(step));
        }

        Assert.All(List(Root, "outputs"), output => Assert.Contains(Text(output), known));
        Assert.All(Parameters.Keys, name => Assert.Contains(name, used));
    }

    [Fact]
    public void Scripts_hold_no_references_so_no_value_becomes_code() =>
        Assert.All(Enumerable.Range(0, Steps.Count), step => Assert.DoesNotContain("{{", Script(step), StringComparison.Ordinal));

    [Fact]
    public void Scripts_use_the_members_of_the_payload_and_no_other()
    {
        for (int i = 0; i < Steps.Count; i++)
        {
            IEnumerable<string> payload = ((YamlMappingNode)Steps[i]["inputs"]["InputPayload"]).Children.Keys.Select(Text);
            IEnumerable<string> used = PayloadMember().Matches(Script(i)).Select(match => match.Groups[1].Value).Distinct();

            Assert.Equal(payload.Order(StringComparer.Ordinal), used.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Outputs_select_members_that_the_script_returns()
    {
        string[] types = ["String", "StringList", "Integer", "Boolean", "MapList", "StringMap"];
        string returned = Script(0)[Script(0).LastIndexOf("return", StringComparison.Ordinal)..];

        Assert.All(List(Steps[0], "outputs").Cast<YamlMappingNode>(), output =>
        {
            Match selector = Selector().Match(Text(output["Selector"]));
            Assert.True(selector.Success, Text(output["Selector"]));
            Assert.Contains(selector.Groups[1].Value, returned, StringComparison.Ordinal);
            Assert.Contains(Text(output["Type"]), types);
        });
    }

    private static bool Accepts(string parameter, string value)
    {
        YamlMappingNode rules = Parameters[parameter];
        string[] values = [.. List(rules, "allowedValues").Select(Text)];
        return (values.Length == 0 || values.Contains(value, StringComparer.Ordinal))
            && (!rules.Children.TryGetValue(new YamlScalarNode("allowedPattern"), out YamlNode? pattern) || Regex.IsMatch(value, Text(pattern)));
    }

    private static IEnumerable<string> Outputs(YamlMappingNode step) =>
        List(step, "outputs").Select(output => $"{Text(step["name"])}.{Text(output["Name"])}");

    private static IEnumerable<string> References(YamlNode node) => node.AllNodes.OfType<YamlScalarNode>()
        .SelectMany(scalar => Reference().Matches(scalar.Value!)).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"\{\{\s*([^\s}]+)\s*\}\}")]
    private static partial Regex Reference();

    [GeneratedRegex(@"\$payload\.(\w+)")]
    private static partial Regex PayloadMember();

    [GeneratedRegex(@"\A\$\.Payload\.(\w+)\z")]
    private static partial Regex Selector();
}
