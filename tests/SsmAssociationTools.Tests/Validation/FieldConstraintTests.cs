using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Validation;
using Xunit;

namespace SsmAssociationTools.Tests.Validation;

/// <summary>The table of constraints against the API model, in both directions.</summary>
public sealed class FieldConstraintTests : IDisposable
{
    /// <summary>Where the table is newer than the stored model: targets of a location were 0 to 5 until 2026-07-14.</summary>
    private const string NewerThanTheModel = "TargetLocations[].Targets count 0..1";

    private readonly JsonDocument _model = JsonDocument.Parse(File.ReadAllText(TestData.PathOf("create-association-batch.model.json")));

    public void Dispose() => _model.Dispose();

    [Fact]
    public void The_table_says_what_the_api_model_says()
    {
        var ofModel = new List<string>();
        DescribeMembers("CreateAssociationBatchRequestEntry", string.Empty, ofModel);
        ofModel.Remove("TargetLocations[].Targets count 0..5");
        ofModel.Add(NewerThanTheModel);

        var ofTable = new List<string>();
        foreach (FieldConstraint field in FieldConstraints.Entry)
        {
            Describe(field, string.Empty, ofTable);
        }

        Assert.Equal(ofModel.Order(StringComparer.Ordinal), ofTable.Order(StringComparer.Ordinal));
        Assert.True(ofModel.Count > 80, $"only {ofModel.Count} constraints were read");
    }

    [Fact]
    public void The_dispatch_role_has_the_limits_of_the_api_model()
    {
        var ofModel = new List<string>();
        DescribeText(Shape("AssociationDispatchAssumeRoleArn"), "role", ofModel);
        var ofTable = new List<string>();
        Describe(FieldConstraints.AssociationDispatchAssumeRole, "role", ofTable);
        Assert.Equal(ofModel, ofTable);
    }

    [Fact]
    public void The_table_has_the_members_of_the_entry_in_their_order() => Assert.Equal(
        typeof(AssociationEntry).GetProperties().OrderBy(p => p.MetadataToken).Select(p => p.Name).Except(["Region", "RoleArn", "Source", "EntryJson"]),
        FieldConstraints.Entry.Select(f => f.Member.Name));

    [Theory]
    [InlineData("arn:aws:iam::123456789012:role/Dispatch", null)]
    [InlineData("arn:aws-us-gov:iam::123456789012:role/path/Dispatch", null)]
    [InlineData("", "AssociationDispatchAssumeRole.Length")]
    [InlineData("Dispatch", "AssociationDispatchAssumeRole.Pattern")]
    [InlineData("arn:aws:iam::12345678901:role/Dispatch", "AssociationDispatchAssumeRole.Pattern")]
    public void The_dispatch_role_of_a_request_is_an_arn(string role, string? rule)
    {
        var issues = new IssueCollector();
        EntryValidator.ValidateDispatchRole(role, issues);
        IReadOnlyList<EntryIssue> found = issues.Take();
        Assert.Equal(rule is null ? [] : [rule], found.Select(i => i.RuleId));
        Assert.All(found, i => Assert.Equal("AssociationDispatchAssumeRole", i.Path));
    }

    [Fact]
    public void No_dispatch_role_is_fine_and_a_long_one_is_not()
    {
        var issues = new IssueCollector();
        EntryValidator.ValidateDispatchRole(null, issues);
        Assert.Empty(issues.Take());
        EntryValidator.ValidateDispatchRole("arn:aws:iam::123456789012:role/" + new string('a', 482), issues);
        Assert.Equal("AssociationDispatchAssumeRole.Length", Assert.Single(issues.Take()).RuleId);
    }

    private static void Describe(FieldConstraint field, string prefix, List<string> lines)
    {
        EntryMember member = field.Member;
        string path = prefix + member.Name;
        string type = member.Kind switch
        {
            MemberKind.Text or MemberKind.Constant => "string",
            MemberKind.Flag => "boolean",
            MemberKind.Number => "integer",
            MemberKind.Map => "map",
            MemberKind.Part => "structure",
            _ => "list",
        };
        lines.Add($"{path} {type}{(member.IsRequired ? " required" : string.Empty)}");
        bool isList = type == "list";
        if ((isList ? member.Count : member.Range) is { } limits)
        {
            lines.Add($"{path} {(isList ? "count" : "range")} {limits.Min}..{limits.Max}");
        }

        string inner = isList ? path + "[]" : path;
        if (field.Text is { } text)
        {
            Describe(text, inner, lines);
        }

        if (field.Map is { } map)
        {
            if (map.Pairs is { } pairs)
            {
                lines.Add($"{inner} count {pairs.Min}..{pairs.Max}");
            }

            Describe(map.Key, inner + ".key", lines);
            if (map.Values is { } values)
            {
                lines.Add($"{inner}.value count {values.Min}..{values.Max}");
            }

            Describe(map.Value, inner + ".value[]", lines);
        }

        foreach (FieldConstraint part in field.Parts)
        {
            Describe(part, inner + ".", lines);
        }
    }

    private static void Describe(TextLimits text, string path, List<string> lines)
    {
        if (text.Min is not null || text.Max is not null)
        {
            lines.Add($"{path} length {text.Min}..{text.Max}");
        }

        if (text.Pattern is not null)
        {
            lines.Add($"{path} pattern {text.Pattern}");
        }

        if (text.Allowed is not null)
        {
            lines.Add($"{path} enum {string.Join("|", text.Allowed)}");
        }
    }

    private static void DescribeText(JsonElement shape, string path, List<string> lines)
    {
        if (shape.TryGetProperty("min", out _) || shape.TryGetProperty("max", out _))
        {
            lines.Add($"{path} length {Number(shape, "min")}..{Number(shape, "max")}");
        }

        if (shape.TryGetProperty("pattern", out JsonElement pattern))
        {
            lines.Add($"{path} pattern {pattern.GetString()}");
        }

        if (shape.TryGetProperty("enum", out JsonElement values))
        {
            lines.Add($"{path} enum {string.Join("|", values.EnumerateArray().Select(v => v.GetString()))}");
        }
    }

    private static string Number(JsonElement shape, string name) => shape.TryGetProperty(name, out JsonElement number) ? number.GetRawText() : string.Empty;

    private static bool HasLimit(JsonElement shape) => shape.TryGetProperty("min", out _) || shape.TryGetProperty("max", out _);

    private JsonElement Shape(string name) => _model.RootElement.GetProperty("shapes").GetProperty(name);

    private void DescribeMembers(string shapeName, string prefix, List<string> lines)
    {
        JsonElement shape = Shape(shapeName);
        string[] required = shape.TryGetProperty("required", out JsonElement names) ? names.EnumerateArray().Select(n => n.GetString()!).ToArray() : [];
        foreach (JsonProperty member in shape.GetProperty("members").EnumerateObject())
        {
            JsonElement type = Shape(member.Value.GetProperty("shape").GetString()!);
            string path = prefix + member.Name;
            lines.Add($"{path} {type.GetProperty("type").GetString()}{(required.Contains(member.Name) ? " required" : string.Empty)}");
            DescribeShape(member.Value.GetProperty("shape").GetString()!, path, lines);
        }
    }

    private void DescribeShape(string shapeName, string path, List<string> lines)
    {
        JsonElement shape = Shape(shapeName);
        switch (shape.GetProperty("type").GetString())
        {
            case "string":
                DescribeText(shape, path, lines);
                break;
            case "integer":
                lines.Add($"{path} range {Number(shape, "min")}..{Number(shape, "max")}");
                break;
            case "list":
                if (HasLimit(shape))
                {
                    lines.Add($"{path} count {Number(shape, "min")}..{Number(shape, "max")}");
                }

                DescribeShape(shape.GetProperty("member").GetProperty("shape").GetString()!, path + "[]", lines);
                break;
            case "map":
                if (HasLimit(shape))
                {
                    lines.Add($"{path} count {Number(shape, "min")}..{Number(shape, "max")}");
                }

                DescribeShape(shape.GetProperty("key").GetProperty("shape").GetString()!, path + ".key", lines);
                DescribeShape(shape.GetProperty("value").GetProperty("shape").GetString()!, path + ".value", lines);
                break;
            case "structure":
                DescribeMembers(shapeName, path + ".", lines);
                break;
            case "boolean":
                break;
            default:
                throw new InvalidOperationException("a type that the test does not know: " + shapeName);
        }
    }
}
