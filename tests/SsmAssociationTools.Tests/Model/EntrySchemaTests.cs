using System;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Completion;
using SsmAssociationTools.Content;
using SsmAssociationTools.Input;
using SsmAssociationTools.Model;
using SsmAssociationTools.Validation;
using Xunit;

namespace SsmAssociationTools.Tests.Model;

/// <summary>The table of members has every member, and everything that goes with a member is there for each.</summary>
public sealed class EntrySchemaTests
{
    [Theory]
    [InlineData(typeof(AssociationEntry))]
    [InlineData(typeof(AssociationTarget))]
    [InlineData(typeof(TargetLocation))]
    [InlineData(typeof(AlarmConfiguration))]
    [InlineData(typeof(Alarm))]
    [InlineData(typeof(InstanceAssociationOutputLocation))]
    [InlineData(typeof(S3OutputLocation))]
    public void Every_property_has_one_row(Type owner)
    {
        IEnumerable<EntryMember> rows = owner == typeof(AssociationEntry) ? EntrySchema.Members : PartsOf(owner);
        Assert.Equal(owner.GetProperties().Select(static p => p.Name).Except(["Region", "RoleArn", "Source", "EntryJson"]).Order(), rows.Select(static row => row.Name).Order());
    }

    [Fact]
    public void A_row_sets_and_gets_the_property_of_its_name()
    {
        foreach ((Type owner, EntryMember row) in AllRows())
        {
            object made = Activator.CreateInstance(owner)!;
            object value = Value(row);
            row.Set(made, value);
            Assert.Same(value, row.Kind is MemberKind.Flag or MemberKind.Number ? value : owner.GetProperty(row.Name)!.GetValue(made));
            Assert.Equal(value, row.Get(made));
            Assert.Equal(owner.GetProperty(row.Name)!.GetValue(made), value);
            Assert.Single(owner.GetProperties(), property => property.CanWrite && property.GetValue(made) is not null);
            Assert.Equal(row.Kind == MemberKind.Flag ? true : null, row.Flag(made));
            Assert.Equal(row.Kind == MemberKind.Number ? 2 : null, row.Number(made));
            row.Set(made, null);
            Assert.Null(row.Get(made));
        }
    }

    [Fact]
    public void No_two_members_of_an_object_share_a_mark_and_all_but_containers_have_one()
    {
        foreach (IGrouping<Type, (Type Owner, EntryMember Row)> rows in AllRows().GroupBy(static pair => pair.Owner))
        {
            Assert.All(rows, static pair => Assert.True(pair.Row.Tag is not null || pair.Row.Parts.Length > 0, pair.Row.Name));
            char[] marks = [.. rows.SelectMany(static pair => MarksOf(pair.Row))];
            Assert.Equal(marks.Distinct(), marks);
            Assert.DoesNotContain(']', marks);
        }
    }

    [Fact]
    public void Every_member_has_its_place_its_names_its_rules_and_its_content()
    {
        int[] columns = [.. EntrySchema.Columns.Select(static row => row.Column)];
        Assert.Equal(Enumerable.Range(1, EntrySchema.Members.Length), columns);
        Assert.Equal(EntrySchema.Members.Length, MemberRules.All.Count);
        using var canonical = new CanonicalContent();
        foreach (EntryMember row in EntrySchema.Members)
        {
            Assert.True(MemberRules.All.ContainsKey(row), row.Name);
            Assert.All([row.Name, .. row.Aliases], name => Assert.Same(row, MemberNames.Find(name.ToUpperInvariant())!.Steps[0]));
            var entry = new AssociationEntry();
            row.Set(entry, Value(row));
            Assert.NotEqual(0, canonical.BytesOf(entry).Count);
            Assert.Equal(row.Name, Assert.Single(EntryMembers.Of(entry)).Key);
            Assert.Equal(row.Name, Assert.Single(EntryDifferences.Between(entry, new AssociationEntry())).Path.Split('.', '[')[0]);
            Assert.NotNull(row.Get(ReadBackContent.Of(entry, null)));
        }
    }

    [Fact]
    public void Structures_say_what_they_may_be_given_as()
    {
        Assert.All(AllRows().Where(static pair => pair.Row.PartType is not null), static pair => Assert.NotEmpty(pair.Row.Expected));
    }

    [Fact]
    public void Completion_offers_the_values_of_an_enumeration()
    {
        Assert.Equal(EntrySchema.ComplianceSeverity.Allowed, Offered(new SeverityCompleter()));
        Assert.Equal(EntrySchema.SyncCompliance.Allowed, Offered(new SyncComplianceCompleter()));
    }

    private static IEnumerable<string> Offered(ChoiceCompleter completer) =>
        completer.CompleteArgument("New-SsmAssociationEntry", "x", string.Empty, null!, new Dictionary<string, object>()).Select(static choice => choice.ListItemText);

    private static IEnumerable<char> MarksOf(EntryMember row) => row.Tag is char tag ? [tag] : row.Parts.SelectMany(MarksOf);

    private static IEnumerable<(Type Owner, EntryMember Row)> AllRows() => Rows(typeof(AssociationEntry), EntrySchema.Members);

    private static IEnumerable<(Type Owner, EntryMember Row)> Rows(Type owner, IEnumerable<EntryMember> rows) =>
        rows.SelectMany(row => new[] { (owner, row) }.Concat(row.Parts.Length == 0 ? [] : Rows(row.PartType!, row.Parts))).Distinct();

    private static IEnumerable<EntryMember> PartsOf(Type owner) => AllRows().First(pair => pair.Row.Parts.Length > 0 && pair.Row.PartType == owner).Row.Parts;

    /// <summary>A value that the service takes for no default.</summary>
    private static object Value(EntryMember row)
    {
        switch (row.Kind)
        {
            case MemberKind.Flag:
                return true;
            case MemberKind.Number:
                return 2;
            case MemberKind.Texts:
                return new string?[] { "a" };
            case MemberKind.Map or MemberKind.Maps:
                var map = (Dictionary<string, string?[]?>)row.NewPart();
                map.Add("a", ["b"]);
                return row.Kind == MemberKind.Map ? map : row.NewList([map]);
            case MemberKind.Part or MemberKind.Parts:
                object part = row.NewPart();
                foreach (EntryMember inner in row.Parts)
                {
                    inner.Set(part, Value(inner));
                }

                return row.Kind == MemberKind.Part ? part : row.NewList([part]);
            default:
                return "a";
        }
    }
}
