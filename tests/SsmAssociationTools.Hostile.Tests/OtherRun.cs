using System.Collections.Generic;

namespace SsmAssociationTools.Hostile.Tests;

/// <summary>What one seed of another command than New- came to.</summary>
internal sealed record OtherRun(IReadOnlyList<Fault> Faults, string Story, IReadOnlyList<string> Statuses);
