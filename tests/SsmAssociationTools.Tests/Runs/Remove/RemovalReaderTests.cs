using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs.Remove;
using SsmAssociationTools.Tests.Runs.Create;
using Xunit;

namespace SsmAssociationTools.Tests.Runs.Remove;

/// <summary>Which association an input means, and which inputs mean none.</summary>
public sealed class RemovalReaderTests
{
    private const string Id = "33858bec-0c55-4547-a054-eb5fc0000000";

    [Fact]
    public void An_id_is_read_in_every_form()
    {
        object[] forms =
        [
            Id,
            $"  {Id.ToUpperInvariant()}\n",
            Guid.Parse(Id),
            new PSObject(Id),
            new Hashtable { ["associationid"] = Id },
            Row(("AssociationId", Id)),
            Row(("\uFEFFAssociationId ", Id)),
            new { AssociationId = Id },
            $$"""{ "AssociationId": "{{Id}}" }""",
            new object[] { Id },
            new Dictionary<string, object?> { ["AssociationId"] = Guid.Parse(Id) },
        ];

        Assert.All(forms, form => Assert.Equal((Id, null), (Read(form).AssociationId, Read(form).Refusal)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("33858bec-0c55-4547-a054-eb5fc000000")]
    [InlineData("33858bec-0c55-4547-a054-eb5fc00000000")]
    [InlineData("33858bec0c554547a054eb5fc0000000")]
    [InlineData("{33858bec-0c55-4547-a054-eb5fc0000000}")]
    [InlineData("33858bec-0c55-4547-a054-eb5fc000000g")]
    [InlineData("0x858bec-0c55-4547-a054-eb5fc0000000")]
    [InlineData("+3858bec-0c55-4547-a054-eb5fc0000000")]
    [InlineData("patch-web")]
    [InlineData("{ \"AssociationId\": ")]
    [InlineData("{ \"Id\": 1 }")]
    [InlineData("null")]
    public void What_is_no_id_is_refused(string text) => AssertInvalid(text);

    [Fact]
    public void What_holds_no_id_is_refused()
    {
        AssertInvalid(null);
        AssertInvalid(5);
        AssertInvalid(true);
        AssertInvalid(new Hashtable());
        AssertInvalid(new object[] { Id, Id });
        AssertInvalid(Array.Empty<object>());
        AssertInvalid(Row(("AssociationId", " "), ("Name", "AWS-UpdateSSMAgent")));
        AssertInvalid(Row(("AssociationId", new[] { Id, Id })));
        AssertInvalid(ScriptBlock.Create("1"));
        AssertInvalid(new EntryValidation(0, new AssociationEntry(), null, []));
        AssertInvalid(new AssociationSuccess { State = AssociationStatus.Created });
    }

    [Fact]
    public void A_property_that_throws_is_told_and_not_quoted()
    {
        RemovalItem item = Read(new Throwing());

        Assert.Equal(RemovalStatus.Invalid, item.Refusal!.Status);
        Assert.DoesNotContain("secret", item.Refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Region_account_and_role_are_read()
    {
        RemovalItem item = Read(Row(("AssociationId", Id), ("Region", " EU-West-1 "), ("AccountId", "111122223333"), ("RoleArn", "arn:aws:iam::111122223333:role/Ops"), ("Name", "AWS-UpdateSSMAgent"), ("AssociationName", "agent")));

        Assert.Null(item.Refusal);
        Assert.Equal(("eu-west-1", "111122223333", "arn:aws:iam::111122223333:role/Ops", "AWS-UpdateSSMAgent", "agent"), (item.Destination.Region, item.AccountId, item.Destination.RoleArn, item.Name, item.AssociationName));
        Assert.Null(item.Content);
    }

    [Theory]
    [InlineData("Region", "Ireland")]
    [InlineData("Region", "eu-west-1.example.com/")]
    [InlineData("RoleArn", "Ops")]
    public void A_member_that_would_lead_elsewhere_is_refused(string name, string value) => AssertInvalid(Row(("AssociationId", Id), (name, value)));

    [Theory]
    [InlineData(AssociationStatus.Created, true)]
    [InlineData(AssociationStatus.Existing, false)]
    public void Only_what_a_run_created_is_removed(AssociationStatus status, bool isRemoved)
    {
        AssociationEntry entry = RunHarness.Entry(1);
        RemovalItem item = Read(new AssociationSuccess { State = status, AssociationId = Id, Entry = entry, Region = "eu-west-1", AccountId = "111122223333" });

        Assert.Equal(isRemoved, item.Refusal is null);
        Assert.Equal((Id, "eu-west-1", "111122223333"), (item.AssociationId, item.Destination.Region, item.AccountId));
        Assert.Same(entry, item.Content);
    }

    [Theory]
    [InlineData(AssociationStatus.Failed)]
    [InlineData(AssociationStatus.Invalid)]
    [InlineData(AssociationStatus.Unknown)]
    [InlineData(AssociationStatus.NotAttempted)]
    public void What_a_run_did_not_create_is_not_removed(AssociationStatus status) =>
        AssertNotToBeRemoved(new AssociationFailure { State = status, AssociationId = Id, ErrorCode = "AssociationAlreadyExists" });

    [Theory]
    [InlineData(ComparisonStatus.Extra, true)]
    [InlineData(ComparisonStatus.Same, false)]
    [InlineData(ComparisonStatus.Changed, false)]
    [InlineData(ComparisonStatus.Missing, false)]
    public void Of_a_comparison_only_what_is_extra_is_removed(ComparisonStatus status, bool isRemoved)
    {
        ExistingAssociation? existing = status == ComparisonStatus.Missing ? null : Existing();
        RemovalItem item = Read(new AssociationComparison(status, RunHarness.Entry(2), existing, []) { Region = "eu-west-1" });

        Assert.Equal(isRemoved, item.Refusal is null);
        Assert.Equal("eu-west-1", item.Destination.Region);
        Assert.Equal(isRemoved ? null : ErrorCodes.NotToBeRemoved, item.Refusal?.ErrorCode);
    }

    [Fact]
    public void An_existing_association_brings_content_version_and_place()
    {
        ExistingAssociation existing = Existing();
        RemovalItem item = Read(existing);

        Assert.Same(existing.Entry, item.Content);
        Assert.Equal((Id, "3", "eu-west-1", "111122223333", "arn:aws:iam::111122223333:role/Ops"), (item.AssociationId, item.AssociationVersion, item.Destination.Region, item.AccountId, item.Destination.RoleArn));
    }

    /// <summary>Rows of a CSV file, JSON, and what comes from another session: constants as text, number or wrapped number.</summary>
    [Fact]
    public void A_result_that_was_written_down_keeps_its_status()
    {
        var wrapped = new PSObject(0);
        wrapped.Members.Add(new PSScriptMethod("ToString", ScriptBlock.Create("'Created'")));
        Assert.Null(Read(Row(("AssociationId", Id), ("Status", "Created"), ("BatchNumber", "1"))).Refusal);
        Assert.Null(Read(Row(("AssociationId", Id), ("Status", 0L), ("BatchNumber", 1L))).Refusal);
        AssertNotToBeRemoved(Row(("AssociationId", Id), ("Status", "Failed"), ("BatchNumber", "1")));
        AssertNotToBeRemoved(Row(("AssociationId", Id), ("Status", 2L), ("BatchNumber", 1L)));
        AssertNotToBeRemoved(Row(("AssociationId", Id), ("Status", "Existing"), ("BatchNumber", "0")));
        AssertNotToBeRemoved(Row(("AssociationId", Id), ("Status", ""), ("BatchNumber", "0")));
        AssertNotToBeRemoved(Row(("AssociationId", ""), ("Status", "Failed"), ("BatchNumber", "0")));
        Assert.Null(Read(Row(("AssociationId", Id), ("Status", "Extra"), ("Differences", ""))).Refusal);
        AssertNotToBeRemoved(Row(("AssociationId", Id), ("Status", "Changed"), ("Differences", "")));
        AssertNotToBeRemoved(Row(("AssociationId", ""), ("Status", "Missing"), ("Differences", "")));
        AssertNotToBeRemoved(Row(("AssociationId", Id), ("Status", "NotAttempted"), ("ErrorCode", ErrorCodes.NotToBeRemoved)));

        // Of an association that exists, the status is that of its runs.
        Assert.Null(Read(Row(("AssociationId", Id), ("Status", "Failed"))).Refusal);
    }

    [Fact]
    public void A_content_that_was_written_down_is_compared()
    {
        PSObject entry = Row(("Name", "AWS-UpdateSSMAgent"), ("Targets", "tag:Role=web"));

        Assert.Equal("AWS-UpdateSSMAgent", Read(Row(("AssociationId", Id), ("Status", "Created"), ("BatchNumber", 1), ("AssociationVersion", "1"), ("Entry", entry))).Content?.Name);
        Assert.Equal("AWS-UpdateSSMAgent", Read(Row(("AssociationId", Id), ("Status", "Extra"), ("Differences", ""), ("Existing", Row(("AssociationId", Id), ("Entry", entry))))).Content?.Name);
        Assert.Null(Read(Row(("AssociationId", Id), ("Entry", "patch-web (AWS-UpdateSSMAgent)"))).Content);
    }

    [Fact]
    public void A_content_that_cannot_be_read_is_refused_unless_it_is_not_needed()
    {
        PSObject cut = Row(("AssociationId", Id), ("Entry", Row(("Name", "AWS-UpdateSSMAgent"), ("Parameters", "System.Collections.Hashtable"))));

        AssertInvalid(cut);
        Assert.Null(new RemovalReader(needsContent: false).Read(cut).Refusal);
    }

    [Fact]
    public void A_result_of_this_command_is_its_input_again()
    {
        AssociationEntry entry = RunHarness.Entry(1);
        var removal = new AssociationRemoval { InputObject = new AssociationRemoval { InputObject = new AssociationSuccess { State = AssociationStatus.Created, AssociationId = Id, Entry = entry }, AccountId = "111122223333" }, Region = "eu-west-1" };

        RemovalItem item = Read(removal);

        Assert.Same(entry, item.Content);
        Assert.Equal((Id, "eu-west-1", "111122223333"), (item.AssociationId, item.Destination.Region, item.AccountId));
        AssertNotToBeRemoved(new AssociationRemoval { AssociationId = Id, InputObject = new AssociationFailure { State = AssociationStatus.Failed, AssociationId = Id } });
    }

    [Fact]
    public void Results_within_results_end()
    {
        AssociationRemoval removal = new() { InputObject = Id };
        for (int i = 0; i < 100_000; i++)
        {
            removal = new AssociationRemoval { InputObject = removal };
        }

        AssertInvalid(removal);
    }

    private static ExistingAssociation Existing() => new(Id, RunHarness.Entry(1))
    {
        AssociationVersion = "3",
        Region = "eu-west-1",
        AccountId = "111122223333",
        RoleArn = "arn:aws:iam::111122223333:role/Ops",
        Status = "Failed",
    };

    private static RemovalItem Read(object? input) => new RemovalReader(needsContent: true).Read(input);

    private static void AssertInvalid(object? input) => Assert.Equal((RemovalStatus.Invalid, ErrorCodes.AssociationIdInvalid), (Read(input).Refusal!.Status, Read(input).Refusal!.ErrorCode));

    private static void AssertNotToBeRemoved(object? input) => Assert.Equal((RemovalStatus.NotAttempted, ErrorCodes.NotToBeRemoved), (Read(input).Refusal!.Status, Read(input).Refusal!.ErrorCode));

    private static PSObject Row(params (string Name, object? Value)[] members)
    {
        var row = new PSObject();
        foreach ((string name, object? value) in members)
        {
            row.Properties.Add(new PSNoteProperty(name, value));
        }

        return row;
    }

    private sealed class Throwing
    {
        private readonly string _message = "secret";

        public string AssociationId => throw new InvalidOperationException(_message);
    }
}
