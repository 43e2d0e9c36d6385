using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.Input;
using Xunit;

namespace SsmAssociationTools.Tests.Input;

/// <summary>What was added to an object is found, on whichever way, and costs nothing where nothing was.</summary>
public sealed class AddedMembersTests
{
    [Fact]
    public void The_engines_table_and_the_public_way_tell_the_same()
    {
        for (int seed = 0; seed < 64; seed++)
        {
            var entry = new AssociationEntry { Name = "a" };
            PSObject shown = PSObject.AsPSObject(entry);
            if ((seed & 1) != 0)
            {
                shown.Properties.Add(new PSNoteProperty("MaxErrors", 4));
            }

            if ((seed & 2) != 0)
            {
                shown.Properties.Add(new PSAliasProperty("Document", "Name"));
            }

            if ((seed & 4) != 0)
            {
                shown.Members.Add(new PSScriptMethod("Run", ScriptBlock.Create("1")));
            }

            if ((seed & 8) != 0)
            {
                // Somebody looked at it, so that the engine notes something of its own.
                _ = shown.Members["psextended"];
                _ = shown.Members["pstypenames"]?.Value;
                _ = shown.Properties.Count();
            }

            if ((seed & 16) != 0)
            {
                shown.Members.Add(new PSMemberSet("Set", [new PSNoteProperty("Inner", 1)]));
            }

            if ((seed & 32) != 0)
            {
                shown = new PSObject(entry);
            }

            string[] expected = [.. AddedMembers.Public(entry).Select(static member => member.Name)];
            Assert.Equal(expected, AddedMembers.Of(entry)?.Keys.ToArray() ?? []);
            Assert.Equal((seed & 2) != 0 ? "a" : null, AddedMembers.Of(shown.BaseObject)?.GetValueOrDefault("Document"));
        }
    }

    [Fact]
    public void A_property_that_throws_says_nothing()
    {
        var entry = new AssociationEntry { Name = "a" };
        PSObject.AsPSObject(entry).Properties.Add(new PSAliasProperty("MaxErrors", "NotThere"));

        Assert.Null(AddedMembers.Of(entry)!["MaxErrors"]);
    }

    [Fact]
    public void Nothing_is_allocated_where_nothing_was_added()
    {
        var entry = new AssociationEntry { Name = "a" };
        Assert.Null(AddedMembers.Of(entry));

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            AddedMembers.Of(entry);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
