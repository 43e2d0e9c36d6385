using System;
using System.Linq;
using SsmAssociationTools.HostileService;
using Xunit;

namespace SsmAssociationTools.Hostile.Tests;

/// <summary>What the hostile service says is worth something as long as it shares no mistake with what it judges.</summary>
public sealed class IndependenceTests
{
    [Fact]
    public void Service_and_judge_reference_nothing_of_the_module_or_of_the_local_endpoint()
    {
        foreach (Type type in new[] { typeof(HostileEndpoint), typeof(Judge) })
        {
            Assert.DoesNotContain(type.Assembly.GetReferencedAssemblies(), reference =>
                reference.Name!.StartsWith("SsmAssociationTools", StringComparison.Ordinal) && reference.Name != "SsmAssociationTools.HostileService");
        }
    }

    [Fact]
    public void A_seed_draws_the_same_again_and_leaving_one_mischief_out_changes_nothing_else()
    {
        for (int seed = 1; seed <= 50; seed++)
        {
            var whole = new Script(seed);
            Assert.Equal(whole.ToString(), new Script(seed).ToString());
            foreach (Mischief mischief in whole.Active)
            {
                var fewer = new Script(seed, [.. MischiefKinds.All.Where(other => other != mischief)]);
                Assert.Equal(whole.Active.Except([mischief]).Order(), fewer.Active.Order());
                Assert.Equal(whole.Percent, fewer.Percent);
            }
        }
    }
}
