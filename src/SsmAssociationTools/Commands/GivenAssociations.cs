using System.Management.Automation;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Input;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Commands;

/// <summary>
/// Reads what a user says exists: associations of Get-SsmAssociationEntry, also of another session, results, or entries of a
/// backup. Not safe for concurrent use.
/// </summary>
internal sealed class GivenAssociations
{
    private readonly InputReader _reader = new();
    private readonly IssueCollector _issues = new();

    /// <summary>Reads one.</summary>
    public ExistingAssociation? Read(PSObject? input, out string? errors)
    {
        InputFacts facts = _reader.Read(input, _issues);
        errors = EntryIntake.Errors(_issues.Take(facts.Source)) ?? (facts.Entry is null ? "The input is no entry." : null);
        return errors is not null
            ? null
            : facts.Own as ExistingAssociation ?? new ExistingAssociation(facts.AssociationId ?? string.Empty, facts.Entry!)
            {
                Region = facts.OwnRegion ?? facts.Region,
                AccountId = facts.AccountId,
                RoleArn = facts.OwnRoleArn ?? facts.RoleArn,
                Status = facts.StatusText,
            };
    }

    /// <summary>Where an association is.</summary>
    public static Destination PlaceOf(ExistingAssociation association) => new(association.Region, association.RoleArn);
}
