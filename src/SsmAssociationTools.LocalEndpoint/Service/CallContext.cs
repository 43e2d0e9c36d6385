using System;
using SsmAssociationTools.LocalEndpoint.Faults;

namespace SsmAssociationTools.LocalEndpoint.Service;

/// <summary>One call on its way: the faults that happen to it, and what it keeps from others until its work is done.</summary>
internal sealed class CallContext : IDisposable
{
    private Action? _release;

    /// <summary>What happens to the call.</summary>
    public CallFaults Faults { get; set; } = new(null, [], 0);

    /// <summary>Keeps something until the call's work is done.</summary>
    public void Hold(Action release) => _release += release;

    /// <summary>Gives free what it kept.</summary>
    public void Dispose()
    {
        _release?.Invoke();
        _release = null;
    }
}
