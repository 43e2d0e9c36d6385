using SsmAssociationTools.Model;

namespace SsmAssociationTools;

/// <summary>Accounts and Regions in which an association runs an Automation runbook.</summary>
public sealed class TargetLocation
{
    /// <summary>Account ids or organizational units (1 to 50).</summary>
    public string?[]? Accounts { get; set; }

    /// <summary>Regions (1 to 50).</summary>
    public string?[]? Regions { get; set; }

    /// <summary>Accounts and Regions that run at the same time: a number of at least 1 or a percentage.</summary>
    public string? TargetLocationMaxConcurrency { get; set; }

    /// <summary>Errors allowed before no further account and Region is started: a number or a percentage.</summary>
    public string? TargetLocationMaxErrors { get; set; }

    /// <summary>Name of the Automation role in the target accounts (1 to 64 characters).</summary>
    public string? ExecutionRoleName { get; set; }

    /// <summary>The CloudWatch alarm that stops the runs in this location.</summary>
    public AlarmConfiguration? TargetLocationAlarmConfiguration { get; set; }

    /// <summary>True: organizational units below the named ones belong to the location as well.</summary>
    public bool? IncludeChildOrganizationUnits { get; set; }

    /// <summary>Account ids or organizational units to leave out (1 to 5,000).</summary>
    public string?[]? ExcludeAccounts { get; set; }

    /// <summary>What to run on in each account and Region: at most one key.</summary>
    public AssociationTarget[]? Targets { get; set; }

    /// <summary>Targets that run at the same time in each account and Region.</summary>
    public string? TargetsMaxConcurrency { get; set; }

    /// <summary>Errors allowed in each account and Region before the run stops.</summary>
    public string? TargetsMaxErrors { get; set; }

    /// <summary>The accounts and Regions.</summary>
    /// <returns>Text such as <c>111122223333 in us-east-1,eu-west-1</c>.</returns>
    public override string ToString() =>
        VisibleText.Of(string.Join(",", Accounts ?? []) + " in " + string.Join(",", Regions ?? []));
}
