namespace SsmAssociationTools.LocalEndpoint.Data;

/// <summary>The nodes that all account-Regions of an endpoint share, as they are now.</summary>
internal sealed class NodeHolder
{
    private volatile NodeDirectory _current = new([], isComplete: false);

    public NodeDirectory Current
    {
        get => _current;
        set => _current = value;
    }
}
