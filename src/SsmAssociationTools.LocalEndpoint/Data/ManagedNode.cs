namespace SsmAssociationTools.LocalEndpoint.Data;

/// <summary>A managed node of the inventory file.</summary>
internal sealed class ManagedNode
{
    /// <summary>Makes a node.</summary>
    /// <param name="platform">Windows, Linux or MacOS; null for any.</param>
    /// <param name="state">State in lower case, such as running.</param>
    public ManagedNode(string? platform, string state)
    {
        Platform = platform;
        State = state;
    }

    /// <summary>Windows, Linux or MacOS; null for any.</summary>
    public string? Platform { get; }

    /// <summary>State in lower case, such as running.</summary>
    public string State { get; }

    /// <summary>Whether associations can be created for it in this state.</summary>
    public bool IsUsable => State is "running" or "pending" or "stopped" or "stopping";
}
