using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Gateway;
using Xunit;

namespace SsmAssociationTools.Tests.Runs.Create;

public sealed class RegionTests
{
    private readonly Dictionary<string, FakeGateway> _gateways = new() { ["us-east-1"] = new(), ["eu-west-1"] = new() };

    [Fact]
    public void Every_entry_goes_to_its_Region_and_results_keep_the_order_of_the_input()
    {
        using RunHarness harness = Fan(50);

        Assert.Equal(100, harness.Results.Count);
        Assert.All(harness.Results, (r, i) => Assert.Equal((i / 2, i % 2 == 0 ? "us-east-1" : "eu-west-1", AssociationStatus.Created), ((int)r.Index, r.Region, r.State)));
        Assert.All(_gateways.Values, g => Assert.Equal(50, g.Requests.Sum(r => r.Entries.Count)));
    }

    [Fact]
    public void A_Region_at_its_limit_does_not_hold_up_another()
    {
        _gateways["us-east-1"].OnCreate = (_, _) => throw new GatewayException(GatewayErrorKind.Rejected, "AssociationLimitExceeded", string.Empty);

        using RunHarness harness = Fan(100);

        Assert.All(harness.Results.Where(r => r.Region == "eu-west-1"), r => Assert.Equal(AssociationStatus.Created, r.State));
        Assert.All(harness.Results.Where(r => r.Region == "us-east-1"), r => Assert.True(r.State is AssociationStatus.Failed or AssociationStatus.NotAttempted));
        Assert.Null(harness.Reason);
    }

    [Fact]
    public void A_run_has_failed_for_good_only_when_every_Region_has()
    {
        foreach (FakeGateway gateway in _gateways.Values)
        {
            gateway.OnCreate = (_, _) => throw new GatewayException(GatewayErrorKind.Denied, "AccessDeniedException", "no");
        }

        using RunHarness harness = Fan(30);

        Assert.True(harness.Reason!.IsFatal);
        Assert.Equal(60, harness.Results.Count);
    }

    [Fact]
    public void Accounts_have_lanes_of_their_own_and_results_name_account_and_role()
    {
        string[] roles = ["arn:aws:iam::111122223333:role/Ops", "arn:aws:iam::444455556666:role/Ops"];
        var gateways = roles.ToDictionary(role => role, _ => new FakeGateway { AccountId = null });
        gateways[roles[0]].OnCreate = (_, _) => throw new GatewayException(GatewayErrorKind.NoCredentials, "CredentialsRefused", "The role was not assumed.");
        using var harness = new RunHarness(destination => gateways[destination.RoleArn!]);

        for (int i = 0; i < 30; i++)
        {
            harness.Add(i, RunHarness.Entry(i), [.. roles.Select(role => new Destination("us-east-1", role))]);
        }

        harness.Complete();

        Assert.Equal(60, harness.Results.Count);
        Assert.All(harness.Results, (r, i) => Assert.Equal((i / 2, roles[i % 2], i % 2 == 0 ? "111122223333" : "444455556666"), ((int)r.Index, r.RoleArn, r.AccountId)));
        Assert.All(harness.Results.Where(r => r.RoleArn == roles[1]), r => Assert.Equal(AssociationStatus.Created, r.State));
        Assert.All(harness.Results.Where(r => r.RoleArn == roles[0]), r => Assert.True(r.State is AssociationStatus.Failed or AssociationStatus.NotAttempted));
        Assert.Null(harness.Reason);
    }

    private RunHarness Fan(int count)
    {
        var harness = new RunHarness(destination => _gateways[destination.Region!]);
        for (int i = 0; i < count; i++)
        {
            harness.Add(i, RunHarness.Entry(i), "us-east-1", "eu-west-1");
        }

        harness.Complete();
        return harness;
    }
}
