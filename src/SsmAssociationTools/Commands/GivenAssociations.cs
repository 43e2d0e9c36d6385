using System.Collections;
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
    private readonly EntryReader _reader = new();
    private readonly IssueCollector _issues = new();

    /// <summary>Reads one.</summary>
    public ExistingAssociation? Read(PSObject? input, out string? errors)
    {
        if (input?.BaseObject is ExistingAssociation existing)
        {
            errors = null;
            return existing;
        }

        AssociationEntry? entry = _reader.Read(input, _issues);
        string? region = _reader.Region ?? Text(input, "Region");
        errors = EntryIntake.Errors(_issues.Take(entry?.Source)) ?? (entry is null ? "The input is no entry." : null);
        return errors is not null
            ? null
            : new ExistingAssociation(Text(input, "AssociationId") ?? string.Empty, entry!)
            {
                Region = region,
                AccountId = Text(input, "AccountId"),
                RoleArn = _reader.RoleArn ?? Text(input, "RoleArn"),
                Status = Text(input, "Status"),
            };
    }

    /// <summary>Where an association is.</summary>
    public static Destination PlaceOf(ExistingAssociation association) => new(association.Region, association.RoleArn);

    private static string? Text(PSObject? input, string name)
    {
        object? value = input?.BaseObject is IDictionary bag
            ? (bag.Contains(name) ? bag[name] : null)
            : input?.Properties[name]?.Value;
        string? text = ((value as PSObject)?.BaseObject ?? value) as string;
        return string.IsNullOrWhiteSpace(text) ? null : text!.Trim();
    }
}
