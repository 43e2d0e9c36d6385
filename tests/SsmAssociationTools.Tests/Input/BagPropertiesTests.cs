using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using SsmAssociationTools.Input;
using Xunit;

namespace SsmAssociationTools.Tests.Input;

/// <summary>Whatever somebody made of an object, its properties are those that PowerShell shows.</summary>
public sealed class BagPropertiesTests
{
    /// <summary>The order decides what a reader knows when it comes to a bag, so there are many orders.</summary>
    [Fact]
    public void Every_bag_has_the_properties_that_the_engine_gives_it_in_its_order()
    {
        using Runspace runspace = RunspaceFactory.CreateRunspace(State());
        runspace.Open();
        Runspace? before = Runspace.DefaultRunspace;
        Runspace.DefaultRunspace = runspace;
        try
        {
            for (int seed = 0; seed < 200; seed++)
            {
                var dice = new Random(seed);
                var reader = new BagProperties();
                for (int turn = 0; turn < 30; turn++)
                {
                    Func<Random, PSObject> make = s_kinds[dice.Next(s_kinds.Length)];
                    PSObject bag = make(dice);
                    List<PSPropertyInfo> found = dice.Next(2) == 0 ? reader.Look(bag) : reader.Of(bag);
                    Assert.Equal(Shown(bag.Properties), Shown(found));
                    Assert.Equal(bag.TypeNames.FirstOrDefault(), BagProperties.TypeName(bag));
                }
            }
        }
        finally
        {
            Runspace.DefaultRunspace = before;
        }
    }

    [Fact]
    public void A_property_that_was_added_between_two_looks_is_seen()
    {
        var reader = new BagProperties();
        PSObject bag = Bag(("Name", "a"));
        Assert.Single(reader.Look(bag));
        reader.Forget();
        bag.Properties.Add(new PSNoteProperty("AssociationName", "b"));
        bag.Properties["Name"].Value = "c";

        Assert.Equal(["Name=c", "AssociationName=b"], Shown(reader.Look(bag)));
    }

    private static readonly Func<Random, PSObject>[] s_kinds =
    [
        static _ => new PSObject(),
        static dice => Bag(("Name", "a"), ("Targets", Bag(("Key", "tag:A"), ("Values", new object[] { dice.Next() }))), ("MaxErrors", null)),
        static dice => Named(Bag(("Name", dice.Next()), ("name2", "b")), "Selected.System.Management.Automation.PSCustomObject"),
        static _ => Named(Bag(("Name", "a")), "Deserialized.System.Management.Automation.PSCustomObject", "Deserialized.System.Object"),

        // A type that the runspace adds a property to, with that property of its own and without.
        static _ => Named(Bag(("Name", "a")), "Test.Row"),
        static _ => Named(Bag(("Name", "a"), ("Added", "own")), "Test.Row"),
        static _ => Named(Bag(("Name", "a")), "Test.Plain"),
        static _ => Named(Bag(("Name", "a")), "Test.Plain", "Test.Row"),

        static _ => With(Bag(("Name", "a")), new PSScriptProperty("Script", ScriptBlock.Create("1 + 1")), new PSNoteProperty("Last", "z")),
        static _ => With(Bag(("Name", "a")), new PSAliasProperty("Other", "Name")),
        static _ => With(Bag(("Name", "a")), new PSScriptMethod("Run", ScriptBlock.Create("1"))),
        static _ => With(Bag(("Name", "a")), new PSMemberSet("Set", [new PSNoteProperty("Inner", 1)])),
        static _ => With(Bag(("Name", "a")), new PSMemberSet("PSStandardMembers", [new PSPropertySet("DefaultDisplayPropertySet", ["Name"])])),
        static _ => Touched(Bag(("Name", "a"))),
        static _ => new PSObject(Bag(("Name", "a"))),
        static _ => With(new PSObject(Bag(("Name", "a"))), new PSNoteProperty("Outside", 1)),
        static _ => new PSObject(new Hashtable { ["Name"] = "a" }),
        static _ => With(new PSObject("text"), new PSNoteProperty("PSPath", "x")),
        static _ => new PSObject(new Version(1, 2)),
        static _ => (PSObject)PSSerializer.Deserialize(PSSerializer.Serialize(new AssociationEntry { Name = "a" })),
        static _ => (PSObject)PSSerializer.Deserialize(PSSerializer.Serialize(Bag(("Name", "a"), ("Parameters", Bag(("Operation", "Scan")))))),
        static _ => Removed(Bag(("Name", "a"), ("Gone", "b"), ("Last", "c"))),
        static _ => Bag(("Name", "a"), ("AssociationName", "b")).Copy(),
    ];

    private static InitialSessionState State()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        var row = new TypeData("Test.Row");
        row.Members.Add("Added", new NotePropertyData("Added", "by the runspace"));
        state.Types.Add(new SessionStateTypeEntry(row, isRemove: false));
        return state;
    }

    private static List<string> Shown(IEnumerable<PSPropertyInfo> properties) => [.. properties.Select(static property => $"{property.Name}={property.Value}")];

    private static PSObject Bag(params (string Name, object? Value)[] members)
    {
        var bag = new PSObject();
        foreach ((string name, object? value) in members)
        {
            bag.Properties.Add(new PSNoteProperty(name, value));
        }

        return bag;
    }

    private static PSObject Named(PSObject bag, params string[] names)
    {
        for (int i = 0; i < names.Length; i++)
        {
            bag.TypeNames.Insert(i, names[i]);
        }

        return bag;
    }

    private static PSObject With(PSObject bag, params PSMemberInfo[] members)
    {
        foreach (PSMemberInfo member in members)
        {
            bag.Members.Add(member);
        }

        return bag;
    }

    /// <summary>PowerShell adds hidden members to an object once somebody asks for its sets.</summary>
    private static PSObject Touched(PSObject bag)
    {
        _ = bag.Members["psextended"];
        _ = bag.Members["psobject"];
        return bag;
    }

    private static PSObject Removed(PSObject bag)
    {
        bag.Properties.Remove("Gone");
        return bag;
    }
}
