namespace SsmAssociationTools.Rehearsal;

/// <summary>Starts embedded endpoints. The endpoint's assembly has one, with a public parameterless constructor.</summary>
internal interface ILocalEndpointLauncher
{
    /// <summary>Starts an endpoint on loopback.</summary>
    /// <exception cref="LocalEndpointException">The port is taken, or a file cannot be read; the text says what to do.</exception>
    ILocalEndpointServer Start(LocalEndpointOptions options);
}
