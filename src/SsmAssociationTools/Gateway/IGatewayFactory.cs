using System;

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
}
