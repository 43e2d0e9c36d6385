using System;
using SsmAssociationTools.Content;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Runs.Read;

namespace SsmAssociationTools.Commands;

/// <summary>A Region, and account, that associations are read from.</summary>
internal sealed class OpenPlace : IDisposable
{
    private readonly IAssociationGateway _gateway;

    public OpenPlace(Destination destination, IAssociationGateway gateway)
    {
        Destination = destination;
        _gateway = gateway;
    }

    /// <summary>Region and role.</summary>
    public Destination Destination { get; }

    /// <summary>The account, 12 digits; null where the credentials do not tell.</summary>
    public string? AccountId => _gateway.AccountId ?? Destination.AccountId;

    /// <summary>Reads its associations; set once, by whoever made the place.</summary>
    public FleetReader Fleet { get; set; } = null!;

    /// <summary>Makes the output of what was read.</summary>
    public ExistingAssociation Existing(AssociationRecord record) => new(record.AssociationId!, ReadBackContent.Of(record.Content, record.AssociationId))
    {
        AssociationVersion = record.AssociationVersion,
        Status = record.Status,
        DetailedStatus = record.DetailedStatus,
        Date = record.Date,
        LastUpdateAssociationDate = record.LastUpdateAssociationDate,
        LastExecutionDate = record.LastExecutionDate,
        AssociationDispatchAssumeRole = record.AssociationDispatchAssumeRole,
        Region = Destination.Region,
        AccountId = AccountId,
        RoleArn = Destination.RoleArn,
    };

    /// <summary>Gives up what is being read, which is at most a few calls, and closes the connection.</summary>
    public void Dispose()
    {
        Fleet?.Dispose();
        _gateway.Dispose();
    }
}
