using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Validation;
using Xunit;

namespace SsmAssociationTools.Tests.Validation;

/// <summary>The catalog, its page and the patterns of -ExcludeRule.</summary>
public sealed class RuleCatalogTests
{
    [Fact]
    public void Ids_are_unique_whatever_their_case() =>
        Assert.Equal(RuleCatalog.All.Count, RuleCatalog.All.Select(r => r.Id).Distinct(StringComparer.OrdinalIgnoreCase).Count());

    [Fact]
    public void Every_source_begins_with_its_grade() => Assert.All(
        RuleCatalog.All,
        r => Assert.Contains(new[] { "documented", "observed", "reported", "inferred" }, grade => r.Source.StartsWith(grade, StringComparison.Ordinal)));

    [Fact]
    public void The_page_lists_exactly_the_rules()
    {
        string[] page = File.ReadAllLines(TestData.PathOf("rules.md"))
            .TakeWhile(l => l != "## Accepted on purpose")
            .Where(l => l.StartsWith("| `", StringComparison.Ordinal))
            .ToArray();
        string[] rows = RuleCatalog.All.Select(Row).ToArray();
        string[] missing = rows.Except(page).ToArray();
        string[] tooMany = page.Except(rows).ToArray();
        Assert.True(
            missing.Length == 0 && tooMany.Length == 0,
            $"docs/rules.md lacks these rows:\n{string.Join("\n", missing)}\nand has these, which no rule gives:\n{string.Join("\n", tooMany)}");
        Assert.Equal(rows.Length, page.Length);
    }

    [Theory]
    [InlineData("Name.Length", 1)]
    [InlineData("name.length", 1)]
    [InlineData(" Name.Length ", 1)]
    [InlineData("InstanceId.Pattern?", 0)]
    [InlineData("Name.Lengt?", 1)]
    [InlineData("", 0)]
    [InlineData("Nothing", 0)]
    public void A_pattern_names_rules(string pattern, int expected)
    {
        RuleExclusion exclusion = RuleCatalog.Exclude([pattern]);
        Assert.Equal(expected, exclusion.Ids.Count);
        Assert.Equal(expected == 0 ? [pattern] : [], exclusion.Unknown);
        Assert.Equal(expected == 0, exclusion.IsExcluded is null);
    }

    [Fact]
    public void A_star_stands_for_the_rest_of_an_id()
    {
        string[] all = RuleCatalog.All.Select(r => r.Id).ToArray();
        Assert.Equal(all.Where(id => id.StartsWith("Name.", StringComparison.Ordinal)).Order(), RuleCatalog.Exclude(["name.*"]).Ids.Order());
        Assert.Equal(all.Where(id => id.EndsWith(".Required", StringComparison.Ordinal)).Order(), RuleCatalog.Exclude(["*.required"]).Ids.Order());
        Assert.Contains("Name.Region", RuleCatalog.Exclude(["name.*"]).Ids);
    }

    [Fact]
    public void A_star_turns_off_everything() => Assert.Equal(RuleCatalog.All.Count, RuleCatalog.Exclude(["*"]).Ids.Count);

    [Fact]
    public void Known_and_unknown_patterns_go_together()
    {
        RuleExclusion exclusion = RuleCatalog.Exclude(["Duration.*", "Typo", null]);
        Assert.Equal(["Typo", string.Empty], exclusion.Unknown);
        Assert.True(exclusion.IsExcluded!("Duration.Range"));
        Assert.False(exclusion.IsExcluded("Name.Length"));
        Assert.Null(RuleCatalog.Exclude(null).IsExcluded);
    }

    [Theory]
    [InlineData("", "", true)]
    [InlineData("abc", "a*c", true)]
    [InlineData("abcabd", "*ab?", true)]
    [InlineData("abc", "*d*", false)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "*a*a*a*a*a*a*a*a*a*a*b", false)]
    public void A_wildcard_covers_the_whole_text(string text, string pattern, bool expected) => Assert.Equal(expected, Wildcard.IsMatch(text, pattern));

    private static string Row(RuleDefinition rule)
    {
        string severity = rule.WarningWhen is null ? rule.Severity.ToString() : $"{rule.Severity}; Warning when {rule.WarningWhen}";
        IEnumerable<string> cells = new[] { "`" + rule.Id + "`", severity, rule.Checks, Code(rule.Example), rule.Source }.Select(c => c.Replace("|", "\\|", StringComparison.Ordinal));
        return "| " + string.Join(" | ", cells) + " |";
    }

    private static string Code(string example) => "`" + example + "`";
}
