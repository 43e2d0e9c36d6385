using SsmAssociationTools.LocalEndpoint.Data;
using SsmAssociationTools.LocalEndpoint.Service;

namespace SsmAssociationTools.LocalEndpoint.Simulation;

/// <summary>What falls due: a schedule, the beginning of a version, or the return of a node. Small, because there are millions.</summary>
internal readonly struct SimulatedEvent
{
    private readonly object _what;
    private readonly object? _detail;

    /// <summary>A schedule falls due.</summary>
    /// <param name="association">The association.</param>
    /// <param name="schedule">The schedule; it does not fall due any more once the association has another one.</param>
    public SimulatedEvent(SimulatedAssociation association, RunTimes schedule)
    {
        _what = association;
        _detail = schedule;
    }

    /// <summary>A version begins.</summary>
    public SimulatedEvent(SimulatedAssociation association, StoredVersion version)
    {
        _what = association;
        _detail = version;
    }

    /// <summary>A node is back.</summary>
    public SimulatedEvent(ManagedNode node)
    {
        _what = node;
        _detail = null;
    }

    public SimulatedAssociation? Association => _what as SimulatedAssociation;

    public ManagedNode? Node => _what as ManagedNode;

    public StoredVersion? Version => _detail as StoredVersion;

    public RunTimes? Schedule => _detail as RunTimes;
}
