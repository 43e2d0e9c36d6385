namespace SsmAssociationTools.Gateway;

/// <summary>Connects to Systems Manager. The adapter has one, with a public parameterless constructor.</summary>
internal interface IGatewayFactory
{
    /// <summary>Finds Region and credentials and makes a gateway. Makes no call of Systems Manager.</summary>
    /// <param name="settings">What the user gave.</param>
    /// <returns>The gateway; the caller disposes it.</returns>
    /// <exception cref="GatewayException">NoRegion or NoCredentials, with a text that says what to do.</exception>
    IAssociationGateway Connect(ConnectionSettings settings);
}
