using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Runs;

/// <summary>
/// Finds where the association of an input is: in the Region and account that the input names, else in the only ones that
/// the command names. What the command names is a limit, never a reason to look elsewhere.
/// </summary>
internal sealed class AssociationRoute
{
    private readonly bool _isRegionGiven;

    /// <summary>Regions of the command; a single null for the default one.</summary>
    private readonly List<string?> _regions;

    /// <summary>Roles of the command; empty where none is given.</summary>
    private readonly List<string> _roles;

    public AssociationRoute(IReadOnlyList<Destination> destinations, bool isRegionGiven)
    {
        _isRegionGiven = isRegionGiven;
        _regions = destinations.Select(static destination => destination.Region).Distinct().ToList();
        _roles = destinations.Select(static destination => destination.RoleArn!).Where(static role => role is not null).Distinct().ToList();
    }

    /// <summary>Finds where an association is.</summary>
    /// <param name="ownRegion">The Region that the input names; null where it names none. So with account and role.</param>
    /// <param name="problem">Why it cannot be told where it is: an error code and half a sentence; null where it can.</param>
    public Destination? Find(string? ownRegion, string? ownAccount, string? ownRole, out (string Code, string Text)? problem)
    {
        string? region = null;
        string? role = null;
        string? text = null;
        string code = ErrorCodes.OtherDestination;
        string? account = ownAccount ?? AccountOf(ownRole);
        if (ownRegion is not null)
        {
            region = ownRegion;
            text = _isRegionGiven && !_regions.Contains(region)
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
            text = "the input names no Region, and an id is in one Region only. Name one with -Region, or give the input a member Region.";
        }

        if (text is null && ownRole is not null && account != AccountOf(ownRole))
        {
            text = $"the association is in account {account}, and the role {ownRole} that the input names belongs to another.";
        }
        else if (text is null && _roles.Count == 0)
        {
            role = ownRole;
        }
        else if (text is null && account is not null)
        {
            role = _roles.Find(one => one == ownRole) ?? _roles.Find(one => AccountOf(one) == account);
            text = role is null ? $"the association is in account {account}, and -RoleArn names no role of it. Add one." : null;
        }
        else if (text is null && _roles.Count == 1)
        {
            role = _roles[0];
        }
        else if (text is null)
        {
            code = ErrorCodes.DestinationUnclear;
            text = "the input names no account, and -RoleArn names several. Name one role, or give the input a member AccountId.";
        }

        problem = text is null ? null : (code, text);
        return text is null ? new Destination(region, role) : null;
    }

    private static string? AccountOf(string? roleArn) => new Destination(null, roleArn).AccountId;
}
