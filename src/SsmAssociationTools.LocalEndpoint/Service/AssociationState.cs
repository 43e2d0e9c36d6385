using System;
using System.Linq;
using SsmAssociationTools.LocalEndpoint.Simulation;

namespace SsmAssociationTools.LocalEndpoint.Service;

/// <summary>What the runs of an association say of it.</summary>
/// <param name="Overview">Where it is; null where nothing has run yet, or a run is being created.</param>
/// <param name="LastExecution">When it ran last, UTC; null for never.</param>
/// <param name="LastSuccess">When it last ran with success, UTC; null for never.</param>
internal sealed record AssociationState(ExecutionState? Overview, DateTime? LastExecution, DateTime? LastSuccess)
{
    /// <summary>How far back a success is looked for.</summary>
    private const int Back = 20;

    /// <summary>Looks at an association.</summary>
    public static AssociationState Of(Simulator simulator, StoredAssociation association)
    {
        SimulatedAssociation simulated = simulator.Of(association);
        DateTime? last = null;
        DateTime? success = null;
        foreach (Execution execution in simulated.Backwards().Take(Back))
        {
            if (simulator.State(simulated, execution) is ExecutionState state)
            {
                last ??= execution.Created;
                if (state.HasSucceeded)
                {
                    success = execution.Created;
                    break;
                }
            }
        }

        return new AssociationState(simulator.Overview(simulated), last, success);
    }
}
