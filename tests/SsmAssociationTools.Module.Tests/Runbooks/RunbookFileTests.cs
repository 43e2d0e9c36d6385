using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation.Language;
using System.Text.Json;
using System.Text.RegularExpressions;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Runbooks;

/// <summary>All that docs/runbooks has can be read by what it is for.</summary>
public sealed partial class RunbookFileTests
{
    public static TheoryData<string, string> Scripts
    {
        get
        {
            var scripts = new TheoryData<string, string>();
            foreach (string path in Files("*.ps1"))
            {
                scripts.Add(Path.GetFileName(path), File.ReadAllText(path));
            }

            for (int i = 0; i < AutomationDocument.Steps.Count; i++)
            {
                scripts.Add($"{AutomationDocument.Path} step {i + 1}", AutomationDocument.Script(i));
            }

            foreach (string path in Files("*.md"))
            {
                int number = 0;
                foreach (Match block in PowerShellBlock().Matches(File.ReadAllText(path).ReplaceLineEndings("\n")))
                {
                    scripts.Add($"{Relative(path)} block {++number}", block.Groups[1].Value);
                }
            }

            return scripts;
        }
    }

    public static TheoryData<string> JsonFiles => [.. Files("*.json").Select(path => Relative(path))];

    public static TheoryData<string> Pages => [.. Files("*.md").Select(path => Relative(path))];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Scripts_parse(string name, string script)
    {
        Parser.ParseInput(script, out _, out ParseError[] errors);

        Assert.True(errors.Length == 0, $"{name}: {string.Join("; ", errors.Select(error => $"{error.Extent.StartLineNumber}: {error.Message}"))}");
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Scripts_use_parameters_that_the_cmdlets_have(string name, string script)
    {
        using var session = new ModuleSession();
        Ast tree = Parser.ParseInput(script, out _, out _);
        foreach (CommandAst command in tree.FindAll(node => node is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>())
        {
            string? cmdlet = command.GetCommandName();
            if (cmdlet is not null && cmdlet.Contains("-Ssm", StringComparison.Ordinal) && !cmdlet.Contains("-SSM", StringComparison.Ordinal))
            {
                IReadOnlyList<string> known = session.Run($"@((Get-Command {cmdlet} -ErrorAction Stop).Parameters.Keys)").WithoutErrors().OutputOf<string>();
                Assert.All(command.CommandElements.OfType<CommandParameterAst>(), parameter => Assert.True(known.Contains(parameter.ParameterName, StringComparer.OrdinalIgnoreCase), $"{name}: {cmdlet} -{parameter.ParameterName}"));
            }
        }
    }

    [Theory]
    [MemberData(nameof(JsonFiles))]
    public void Json_files_can_be_read(string path) => Assert.NotEqual(JsonValueKind.Undefined, Json(path).ValueKind);

    [Theory]
    [MemberData(nameof(Pages))]
    public void Pages_link_to_what_is_there(string page)
    {
        string folder = Path.GetDirectoryName(RunbookSession.Find(page))!;

        Assert.All(
            Link().Matches(RunbookSession.Read(page)).Select(match => match.Groups[1].Value).Where(link => !link.StartsWith("https://", StringComparison.Ordinal)),
            link => Assert.True(Path.Exists(Path.Combine(folder, link.Split('#')[0])), link));
    }

    [Fact]
    public void Every_file_is_named_by_the_page_of_its_folder() =>
        Assert.All(
            Files("*").Where(path => !path.EndsWith(".md", StringComparison.Ordinal)),
            path => Assert.Contains(Path.GetFileName(path), File.ReadAllText(Path.Combine(Path.GetDirectoryName(path)!, "README.md")), StringComparison.Ordinal));

    [Theory]
    [InlineData("ssm-automation/permissions.json")]
    [InlineData("ssm-automation/trust.json")]
    [InlineData("ssm-automation/start-permissions.json")]
    [InlineData("lambda/permissions.json")]
    public void Policies_allow_named_actions_only(string path)
    {
        JsonElement policy = Json(path);

        Assert.Equal("2012-10-17", policy.GetProperty("Version").GetString());
        Assert.All(policy.GetProperty("Statement").EnumerateArray(), statement =>
        {
            Assert.Equal("Allow", statement.GetProperty("Effect").GetString());
            Assert.All(Texts(statement.GetProperty("Action")), action => Assert.Matches(@"\A[a-z0-9]+:[A-Za-z]+\z", action));
            Assert.True(statement.TryGetProperty("Resource", out _) ^ statement.TryGetProperty("Principal", out _));
            if (Texts(statement.GetProperty("Action")).Contains("iam:PassRole"))
            {
                Assert.All(Texts(statement.GetProperty("Resource")), resource => Assert.Matches(@"\Aarn:aws:iam::\d{12}:role/[\w-]+\z", resource));
            }
        });
    }

    [Fact]
    public void The_permissions_are_those_that_the_module_needs()
    {
        string[] needed = ["ssm:CreateAssociation", "ssm:CreateAssociationBatch", "ssm:DescribeAssociation", "ssm:DescribeAssociationExecutionTargets", "ssm:DescribeAssociationExecutions", "ssm:ListAssociations"];

        Assert.All(
            new[] { "ssm-automation/permissions.json", "lambda/permissions.json" },
            path => Assert.Equal(
                needed,
                Json(path).GetProperty("Statement").EnumerateArray().SelectMany(statement => Texts(statement.GetProperty("Action"))).Where(action => action.StartsWith("ssm:", StringComparison.Ordinal)).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Target_locations_keep_the_constraints_of_the_API()
    {
        string[] members =
        [
            "Accounts", "Regions", "TargetLocationMaxConcurrency", "TargetLocationMaxErrors", "ExecutionRoleName", "TargetLocationAlarmConfiguration",
            "IncludeChildOrganizationUnits", "ExcludeAccounts", "Targets", "TargetsMaxConcurrency", "TargetsMaxErrors",
        ];
        JsonElement locations = Json("ssm-automation/target-locations.json");

        Assert.InRange(locations.GetArrayLength(), 1, 100);
        Assert.All(locations.EnumerateArray(), location =>
        {
            Assert.All(location.EnumerateObject(), member => Assert.Contains(member.Name, members));
            Assert.InRange(location.GetProperty("Accounts").GetArrayLength(), 1, 50);
            Assert.InRange(location.GetProperty("Regions").GetArrayLength(), 1, 50);
            Assert.All(Texts(location.GetProperty("Accounts")), account => Assert.Matches(@"\A(?:ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|r-[0-9a-z]{4,32}|[0-9]{12})\z", account));
            Assert.All(Texts(location.GetProperty("Regions")), region => Assert.Matches(@"\A[a-z]{2,4}(-[a-z]{2,12}){1,3}-[0-9]{1,2}\z", region));
            Assert.Matches(@"\A(?:[1-9][0-9]*|[1-9][0-9]?%|100%)\z", location.GetProperty("TargetLocationMaxConcurrency").GetString());
            Assert.Matches(@"\A(?:[0-9]+|[1-9]?[0-9]%|100%)\z", location.GetProperty("TargetLocationMaxErrors").GetString());
        });
    }

    private static IEnumerable<string> Files(string pattern) =>
        Directory.EnumerateFiles(RunbookSession.Find(string.Empty), pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    private static string Relative(string path) => Path.GetRelativePath(RunbookSession.Find(string.Empty), path).Replace('\\', '/');

    private static JsonElement Json(string path) => JsonDocument.Parse(RunbookSession.Read(path)).RootElement;

    private static IEnumerable<string> Texts(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(item => item.GetString()!) : [value.GetString()!];

    [GeneratedRegex(@"^ *```powershell\n(.*?)^ *```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex PowerShellBlock();

    [GeneratedRegex(@"\]\(([^)]+)\)")]
    private static partial Regex Link();
}
