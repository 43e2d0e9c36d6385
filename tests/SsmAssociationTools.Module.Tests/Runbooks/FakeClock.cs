using System;

namespace SsmAssociationTools.Module.Tests.Runbooks;

/// <summary>Stands in for the stopwatch of a script: time passes only when the script looks at it.</summary>
/// <param name="step">How much passes with each look.</param>
public sealed class FakeClock(TimeSpan step)
{
    private int _looks;

    /// <summary>The time since the start.</summary>
    public TimeSpan Elapsed => step * _looks++;
}
