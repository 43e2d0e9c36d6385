using System;
using System.Threading;

namespace SsmAssociationTools.Gateway;

/// <summary>
/// Connects to Systems Manager. The adapter has one, with a public parameterless constructor. All connections of a factory
/// share the credentials of the first; it is disposed after them, and used by one thread at a time.
/// </summary>
internal interface IGatewayFactory : IDisposable
{
    /// <summary>Finds Region and credentials and makes a gateway. Makes no call of Systems Manager.</summary>
    /// <exception cref="GatewayException">NoRegion, NoCredentials or NotSent, with a text that says what to do.</exception>
    /// <exception cref="OperationCanceledException">The search for credentials was ended.</exception>
    IFleetGateway Connect(ConnectionSettings settings);

    /// <summary>Says where the calls of a connection end up.</summary>
    /// <param name="gateway">A connection of this factory.</param>
    /// <param name="asksForAccount">
    /// True: an account that the credentials do not tell is asked for, with one call of sts:GetCallerIdentity for all
    /// connections, which needs no permission. Where STS cannot be reached, the account stays unknown.
    /// </param>
    /// <exception cref="OperationCanceledException">The call was ended.</exception>
    ConnectionPlace Locate(IAssociationGateway gateway, bool asksForAccount, CancellationToken stopping);
}
