using System;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Runs;

/// <summary>
/// A Region of an account as a run works in it: its connection, its pace and its stop. Each has its own, so that none holds
/// up another; all lanes of a place share them.
/// </summary>
internal sealed class Place : IDisposable
{
    public Place(Destination destination, IAssociationGateway gateway, RunControl control, CallPace pace)
    {
        Destination = destination;
        Gateway = gateway;
        Control = control;
        Pace = pace;
    }

    /// <summary>Region and role; the Region is the one that is worked in, also where none was named.</summary>
    public Destination Destination { get; }

    /// <summary>The connection; whoever made it disposes of it.</summary>
    public IAssociationGateway Gateway { get; }

    /// <summary>The account; null where it is not known.</summary>
    public string? AccountId => Gateway.AccountId ?? Destination.AccountId;

    /// <summary>Stops the work in this place.</summary>
    public RunControl Control { get; }

    /// <summary>Spaces the calls to this place.</summary>
    public CallPace Pace { get; }

    public void Dispose() => Control.Dispose();
}
