using System;
using System.Collections.Generic;

namespace SsmAssociationTools.HostileService;

/// <summary>What holds of an execution from a moment on.</summary>
/// <param name="From">How long after the execution was begun.</param>
/// <param name="Status">The word for the whole.</param>
/// <param name="Nodes">What each node says; empty as long as none has picked it up.</param>
public sealed record Phase(TimeSpan From, string Status, IReadOnlyList<(string Node, string Status)> Nodes);
