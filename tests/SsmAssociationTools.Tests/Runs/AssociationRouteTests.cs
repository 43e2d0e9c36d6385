using System;
using System.Linq;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Runs;
using Xunit;

namespace SsmAssociationTools.Tests.Runs;

/// <summary>Where an association is looked for: never anywhere else than the input or the command says.</summary>
public sealed class AssociationRouteTests
{
    private const string One = "arn:aws:iam::111111111111:role/Ops";
    private const string OtherOne = "arn:aws:iam::111111111111:role/Other";
    private const string Two = "arn:aws:iam::222222222222:role/Ops";

    /// <summary>Regions and roles of the command, then Region, account and role of the input, then the destination or the error.</summary>
    [Theory]
    [InlineData("", "", null, null, null, "|")]
    [InlineData("", "", "eu-west-1", null, null, "eu-west-1|")]
    [InlineData("eu-west-1", "", null, null, null, "eu-west-1|")]
    [InlineData("eu-west-1", "", "eu-west-1", null, null, "eu-west-1|")]
    [InlineData("eu-west-1", "", "us-east-1", null, null, "OtherDestination")]
    [InlineData("eu-west-1,us-east-1", "", "us-east-1", null, null, "us-east-1|")]
    [InlineData("eu-west-1,us-east-1", "", "ap-south-1", null, null, "OtherDestination")]
    [InlineData("eu-west-1,us-east-1", "", null, null, null, "DestinationUnclear")]
    [InlineData("", "", "eu-west-1", "111111111111", null, "eu-west-1|")]
    [InlineData("", "", null, null, One, "|" + One)]
    [InlineData("", "", null, "111111111111", One, "|" + One)]
    [InlineData("", "", null, "222222222222", One, "OtherDestination")]
    [InlineData("", One, null, null, null, "|" + One)]
    [InlineData("", One, null, "111111111111", null, "|" + One)]
    [InlineData("", One, null, "222222222222", null, "OtherDestination")]
    [InlineData("", One, null, null, Two, "OtherDestination")]
    [InlineData("", One + "," + Two, null, "222222222222", null, "|" + Two)]
    [InlineData("", One + "," + Two, null, null, Two, "|" + Two)]
    [InlineData("", One + "," + Two, null, null, null, "DestinationUnclear")]
    [InlineData("", One + "," + OtherOne, null, "111111111111", OtherOne, "|" + OtherOne)]
    [InlineData("", OtherOne, null, "111111111111", One, "|" + OtherOne)]
    [InlineData("us-east-1,eu-west-1", One + "," + Two, "eu-west-1", "222222222222", null, "eu-west-1|" + Two)]
    public void Each_input_goes_where_it_belongs(string regions, string roles, string? region, string? account, string? role, string expected)
    {
        Destination[] destinations =
        [
            .. from oneRole in roles.Split(',') from oneRegion in regions.Split(',') select new Destination(oneRegion.Length == 0 ? null : oneRegion, oneRole.Length == 0 ? null : oneRole),
        ];
        var route = new AssociationRoute(destinations, isRegionGiven: regions.Length > 0);

        Destination? found = route.Find(region, account, role, out (string Code, string Text)? problem);

        Assert.Equal(expected, problem?.Code ?? $"{found!.Region}|{found.RoleArn}");
        Assert.Equal(problem is null, found is not null);
        Assert.True(problem is null || problem.Value.Text.EndsWith('.'));
    }

    [Fact]
    public void The_Region_of_an_input_wins_over_the_default_of_the_session()
    {
        var route = new AssociationRoute([new Destination("us-east-1", null)], isRegionGiven: false);

        Assert.Equal("eu-west-1", route.Find("eu-west-1", null, null, out _)!.Region);
        Assert.Equal("us-east-1", route.Find(null, null, null, out _)!.Region);
    }

    [Fact]
    public void A_reason_names_both_sides()
    {
        var route = new AssociationRoute([new Destination("us-east-1", null)], isRegionGiven: true);
        route.Find("eu-west-1", null, null, out (string Code, string Text)? problem);

        Assert.Contains("eu-west-1", problem!.Value.Text, StringComparison.Ordinal);
        Assert.Contains("us-east-1", problem.Value.Text, StringComparison.Ordinal);
    }
}
