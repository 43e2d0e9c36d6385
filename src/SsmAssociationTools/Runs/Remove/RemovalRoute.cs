using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Runs.Remove;

/// <summary>
/// Finds where the association of an input is: in the Region and account that the input names, else in the only ones that
/// the command names. What the command names is a limit, never a reason to look elsewhere.
/// </summary>
internal sealed class RemovalRoute
{
    private readonly bool _isRegionGiven;

    /// <summary>Regions of the command; a single null for the default one.</summary>
    private readonly List<string?> _regions;

    /// <summary>Roles of the command; empty where none is given.</summary>
    private readonly List<string> _roles;

    public RemovalRoute(IReadOnlyList<Destination> destinations, bool isRegionGiven)
    {
        _isRegionGiven = isRegionGiven;
        _regions = destinations.Select(static destination => destination.Region).Distinct().ToList();
        _roles = destinations.Select(static destination => destination.RoleArn!).Where(static role => role is not null).Distinct().ToList();
    }

    /// <summary>Finds where an association is.</summary>
    public Destination? Find(RemovalItem item, out RemovalRefusal? refusal)
    {
        string? region = null;
        string? role = null;
        string? problem = null;
        string code = ErrorCodes.OtherDestination;
        string? account = item.AccountId ?? AccountOf(item.RoleArn);
        if (item.Region is not null)
        {
            region = item.Region;
            problem = _isRegionGiven && !_regions.Contains(region)
                ? $"the association is in {region}, and -Region says {string.Join(", ", _regions)}. Leave -Region out, or name its Region too."
                : null;
        }
        else if (_regions.Count == 1)
        {
            region = _regions[0];
        }
        else
        {
            code = ErrorCodes.DestinationUnclear;
            problem = "the input names no Region, and an id is in one Region only. Name one with -Region, or give the input a member Region.";
        }

        if (problem is null && item.RoleArn is not null && account != AccountOf(item.RoleArn))
        {
            problem = $"the association is in account {account}, and the role {item.RoleArn} that the input names belongs to another.";
        }
        else if (problem is null && _roles.Count == 0)
        {
            role = item.RoleArn;
        }
        else if (problem is null && account is not null)
        {
            role = _roles.Find(one => one == item.RoleArn) ?? _roles.Find(one => AccountOf(one) == account);
            problem = role is null ? $"the association is in account {account}, and -RoleArn names no role of it. Add one." : null;
        }
        else if (problem is null && _roles.Count == 1)
        {
            role = _roles[0];
        }
        else if (problem is null)
        {
            code = ErrorCodes.DestinationUnclear;
            problem = "the input names no account, and -RoleArn names several. Name one role, or give the input a member AccountId.";
        }

        refusal = problem is null ? null : new RemovalRefusal(RemovalStatus.NotAttempted, code, "Not removed: " + problem);
        return refusal is null ? new Destination(region, role) : null;
    }

    private static string? AccountOf(string? roleArn) => new Destination(null, roleArn).AccountId;
}
