using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace SsmAssociationTools.Commands;

/// <summary>
/// The embedded endpoints of each session, so that they can be stopped without being named, when the module is removed
/// and when the session ends. Each runspace has a list of its own.
/// </summary>
public sealed class SessionEndpoints : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private static readonly ConditionalWeakTable<Runspace, List<SsmLocalEndpoint>> s_bySession = new();

    /// <summary>
    /// Stops the endpoints of an import that was dropped: Import-Module -Force drops the module without a word to the
    /// assemblies inside it.
    /// </summary>
    public void OnImport() => StopRunning();

    /// <summary>Stops the session's endpoints when the module is removed.</summary>
    /// <param name="psModuleInfo">The module.</param>
    public void OnRemove(PSModuleInfo psModuleInfo) => StopRunning();

    internal static void StopRunning() => StopAll(Current());

    internal static void Add(SsmLocalEndpoint endpoint)
    {
        List<SsmLocalEndpoint> endpoints = Current();
        lock (endpoints)
        {
            endpoints.Add(endpoint);
        }
    }

    internal static void Remove(SsmLocalEndpoint endpoint)
    {
        List<SsmLocalEndpoint> endpoints = Current();
        lock (endpoints)
        {
            endpoints.Remove(endpoint);
        }
    }

    internal static SsmLocalEndpoint[] Running()
    {
        List<SsmLocalEndpoint> endpoints = Current();
        lock (endpoints)
        {
            return endpoints.ToArray();
        }
    }

    private static List<SsmLocalEndpoint> Current() =>
        s_bySession.GetValue(Runspace.DefaultRunspace, static runspace =>
        {
            var endpoints = new List<SsmLocalEndpoint>();
            runspace.StateChanged += (_, change) =>
            {
                if (change.RunspaceStateInfo.State is RunspaceState.Closed or RunspaceState.Broken)
                {
                    StopAll(endpoints);
                }
            };
            return endpoints;
        });

    private static void StopAll(List<SsmLocalEndpoint> endpoints)
    {
        lock (endpoints)
        {
            foreach (SsmLocalEndpoint endpoint in endpoints)
            {
                endpoint.Dispose();
            }

            endpoints.Clear();
        }
    }
}
