using System;
using System.Linq;
using System.Text.Json.Nodes;
using SsmAssociationTools.Documents;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Validation;
using Xunit;

namespace SsmAssociationTools.Tests.Validation;

/// <summary>What a document declares holds for the parameters of an entry, wherever the document is known from.</summary>
public sealed class DocumentCaseTests
{
    public static TheoryData<int, string> Cases()
    {
        var cases = new TheoryData<int, string>();
        for (int i = 0; i < DocumentCases.All.Count; i++)
        {
            cases.Add(i, DocumentCases.All[i].Id);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_a_document_does_not_take_is_said_at_its_place_and_without_the_value(int index, string id)
    {
        (_, IssueSeverity severity, string path, string declared, string breaking, _) = DocumentCases.All[index];

        EntryIssue issue = Assert.Single(Check(declared, breaking), one => one.RuleId == id);

        Assert.Equal((path, severity, "service"), (issue.Path, issue.Level, issue.Source));
        Assert.Null(issue.Value);
        Assert.EndsWith(".", issue.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_a_document_takes_is_no_issue(int index, string id)
    {
        (_, _, _, string declared, _, string passing) = DocumentCases.All[index];

        Assert.DoesNotContain(Check(declared, passing), one => one.RuleId == id);
    }

    [Fact]
    public void Every_rule_on_values_has_a_case() =>
        Assert.Empty(ParameterRules.All.Select(rule => rule.Id).Except(DocumentCases.All.Select(one => one.Id)));

    [Fact]
    public void No_message_shows_a_value()
    {
        EntryIssue[] issues =
        [
            .. Check("'Level':{'type':'String','allowedPattern':'^[0-9]+$','maxChars':3}", "'Level':['s3cr3t-value']"),
            .. Check("'Level':{'type':'Integer'}", "'Level':['s3cr3t-value']"),
            .. Check("'Level':{'type':'String','allowedValues':['a']}", "'Level':['s3cr3t-value']"),
            .. Check("'Level':{'type':'StringMap'}", "'Level':['s3cr3t-value']"),
        ];

        Assert.True(issues.Length >= 5);
        Assert.All(issues, issue => Assert.DoesNotContain("s3cr3t", issue.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void A_type_that_is_not_known_here_says_nothing_of_its_values() =>
        Assert.Empty(Check("'Thing':{'type':'TypeOfTomorrow','allowedPattern':'^a$','maxChars':1,'allowedValues':['a']}", "'Thing':['long','and','many']"));

    [Fact]
    public void State_Manager_gives_the_id_of_the_association_itself() =>
        Assert.Empty(Check("'AssociationId':{'type':'String'}", ""));

    [Fact]
    public void A_parameter_that_the_targets_fill_is_not_missing()
    {
        KnownDocument runbook = KnownDocument.Of("Stop-It", "Automation", Schema("'InstanceId':{'type':'StringList'}"), "0.3", "service");
        AssociationEntry entry = EntryJson.Read("""{"Name":"Stop-It","AutomationTargetParameterName":"InstanceId","Targets":[{"Key":"tag:Role","Values":["web"]}]}""");

        Assert.DoesNotContain(Issues(entry, runbook), issue => issue.RuleId == "Parameters.Required");
        entry.AutomationTargetParameterName = "InstanceIds";
        Assert.Equal(IssueSeverity.Error, Assert.Single(Issues(entry, runbook), issue => issue.RuleId == "AutomationTargetParameterName.Undeclared").Level);
    }

    [Theory]
    [InlineData("Command", true)]
    [InlineData("Policy", true)]
    [InlineData("Automation", true)]
    [InlineData("Session", false)]
    [InlineData("Package", false)]
    [InlineData("ChangeCalendar", false)]
    [InlineData("ApplicationConfiguration", false)]
    [InlineData("TypeOfTomorrow", true)]
    public void Only_some_types_of_documents_are_associated(string type, bool isTaken)
    {
        EntryIssue[] issues = Issues(EntryJson.Read("""{"Name":"Mine","Targets":[{"Key":"tag:Role","Values":["web"]}]}"""), KnownDocument.Of("Mine", type, null, null, "service"));

        Assert.Equal(!isTaken, issues.Any(issue => issue is { RuleId: "Name.DocumentType", Level: IssueSeverity.Error, Source: "service" }));
    }

    [Theory]
    [InlineData("1.2", "Command")]
    [InlineData("2.0", "Command")]
    [InlineData("2.2", "Command")]
    [InlineData("0.3", "Automation")]
    [InlineData("1.0", "Session")]
    [InlineData("9.9", "Unknown")]
    public void The_form_of_a_content_tells_the_type_of_its_document(string version, string type) =>
        Assert.Equal(type, KnownDocument.Of("Mine", null, DocumentSchema.Read($$"""{"schemaVersion":"{{version}}"}"""), null, "file").Type.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("no JSON")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"parameters":{}}""")]
    [InlineData("""{"schemaVersion":"2.2","parameters":[]}""")]
    [InlineData("""{"schemaVersion":"2.2","parameters":{"a":"String"}}""")]
    [InlineData("""{"schemaVersion":"2.2","schemaVersion":"2.2"}""")]
    public void What_is_no_content_of_a_document_is_none(string content) => Assert.Null(DocumentSchema.Read(content));

    [Fact]
    public void A_content_may_be_nested_far_deeper_than_an_entry() =>
        Assert.NotNull(DocumentSchema.Read("{\"schemaVersion\":\"0.3\",\"mainSteps\":" + new string('[', 90) + new string(']', 90) + "}"));

    private static EntryIssue[] Check(string declared, string given)
    {
        JsonObject entry = JsonNode.Parse("""{"Name":"My-Document","Targets":[{"Key":"tag:Role","Values":["web"]}]}""")!.AsObject();
        entry["Parameters"] = JsonNode.Parse(Json(given));
        return Issues(EntryJson.Read(entry.ToJsonString()), KnownDocument.Of("My-Document", "Command", Schema(declared), "2.2", "service"));
    }

    private static EntryIssue[] Issues(AssociationEntry entry, KnownDocument document)
    {
        var issues = new IssueCollector();
        new EntryValidator(new ValidationOptions(), static () => EntryJson.Now).Validate(entry, issues, region: null, document);
        return [.. issues.Take()];
    }

    private static DocumentSchema Schema(string declared) => DocumentSchema.Read("{\"schemaVersion\":\"2.2\",\"parameters\":" + Json(declared) + "}")!;

    /// <summary>Single quotes for double ones; a backslash before one leaves a double quote inside a text.</summary>
    private static string Json(string members) => "{" + members.Replace("\\'", "\u0001", StringComparison.Ordinal).Replace('\'', '"').Replace("\u0001", "\\\"", StringComparison.Ordinal) + "}";
}
