using System.Linq;
using System.Reflection;
using SsmAssociationTools.Input;
using SsmAssociationTools.Rules;
using Xunit;

namespace SsmAssociationTools.Tests.Input;

public class ReadingRulesTests
{
    [Fact]
    public void Every_rule_of_reading_is_listed_once()
    {
        RuleDefinition[] defined = typeof(ReadingRules).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(p => p.FieldType == typeof(RuleDefinition))
            .Select(p => (RuleDefinition)p.GetValue(null)!)
            .ToArray();
        Assert.Equal(defined.OrderBy(r => r.Id), ReadingRules.All.OrderBy(r => r.Id));
        Assert.Equal(defined.Length, ReadingRules.All.Select(r => r.Id).Distinct().Count());
    }

    [Fact]
    public void A_rule_that_is_turned_off_reports_nothing()
    {
        var issues = new IssueCollector(isExcluded: id => id == "Input.UnknownMember");
        Assert.Equal("a", new EntryReader().Read(Reading.Table(("Name", "a"), ("Owner", "x"), ("Nmae", "x")), issues)!.Name);
        Assert.Empty(issues.Take());
    }

    [Fact]
    public void One_reader_reads_many_inputs_without_mixing_them()
    {
        var reader = new EntryReader();
        var issues = new IssueCollector();
        Assert.Null(reader.Read("{", issues));
        Assert.Single(issues.Take());
        Assert.NotNull(reader.Read(Reading.Table(("Name", "a"), ("Parameters", Reading.Table(("p", new object()))), ("Duration", "x")), issues));
        Assert.Equal(["Parameters.p", "Duration"], issues.Take().Select(i => i.Path).OrderByDescending(p => p, System.StringComparer.Ordinal));
        AssociationEntry entry = reader.Read(Reading.Table(("Name", "b")), issues)!;
        Assert.Empty(issues.Take());
        Assert.Equal(("b", null, null), (entry.Name, entry.Parameters, entry.Duration));
    }
}
