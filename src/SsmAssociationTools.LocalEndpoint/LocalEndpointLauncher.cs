using SsmAssociationTools.Rehearsal;

namespace SsmAssociationTools.LocalEndpoint;

/// <summary>Starts embedded endpoints.</summary>
public sealed class LocalEndpointLauncher : ILocalEndpointLauncher
{
    /// <inheritdoc/>
    ILocalEndpointServer ILocalEndpointLauncher.Start(LocalEndpointOptions options) => new LocalEndpointServer(options);
}
