using System;
using System.Collections.Generic;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Runs;

/// <summary>One input on its way from the pipeline to its result.</summary>
internal abstract class RunItem
{
    protected RunItem(long index, object? inputObject)
    {
        Index = index;
        InputObject = inputObject;
    }

    /// <summary>Place in the input, from 0.</summary>
    public long Index { get; }

    /// <summary>The object that came through the pipeline.</summary>
    public object? InputObject { get; }

    /// <summary>Where it is worked on; its Region and role are null while or where they are not known.</summary>
    public Destination Destination { get; set; } = Destination.Unknown;

    /// <summary>The account that is worked in; null while or where it is not known.</summary>
    public string? AccountId { get; set; }

    /// <summary>Says that the association is in another account than the credentials are of, after "The" or "the"; null where it is not known to be.</summary>
    /// <param name="credentials">The account of the credentials; null where it is not known.</param>
    public string? OtherAccount(string? credentials) => AccountId is null || credentials is null || AccountId == credentials ? null
        : $"association is in account {AccountId}, and the credentials are of account {credentials}. Give -RoleArn a role of its account, or credentials of that account.";

    /// <summary>The API's name of the operation that failed for it; null where none did, or it is not known.</summary>
    public string? FailedOperation { get; set; }

    /// <summary>Number of the batch that carried it, from 1; 0 while its batch is open, and where it was never in one.</summary>
    public int BatchNumber { get; set; }

    /// <summary>True when the run has it in its order. Set and read by the thread that drives the run.</summary>
    public bool IsTaken { get; set; }

    /// <summary>True when a lane has it. Set and read by the thread that drives the run.</summary>
    public bool IsInLane { get; set; }

    /// <summary>True when the run has its result. Set and read by the thread that drives the run.</summary>
    public bool IsSettled { get; set; }

    /// <summary>What no two inputs that are worked on at the same time may share, such as an id.</summary>
    public abstract IReadOnlyList<object> ExclusionKeys { get; }

    /// <summary>Inputs of different kinds do not share a batch: what fills a call is one kind.</summary>
    public virtual int BatchKind => 0;

    /// <summary>What the result means to the run.</summary>
    public abstract RunVerdict Verdict { get; }

    /// <summary>The result's status; NotAttempted while there is none.</summary>
    public abstract Enum Status { get; }

    /// <summary>Id of the association, as far as it is known.</summary>
    public abstract string? AssociationId { get; }
}
