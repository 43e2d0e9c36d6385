using System;
using System.Collections.Generic;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Runs;

namespace SsmAssociationTools.Tests.Runs;

/// <summary>An input of the operation that only tests have: an id to ask for.</summary>
internal sealed class ProbeItem : RunItem<ProbeResult>
{
    public ProbeItem(long index, string id, string? region)
        : base(index, id)
    {
        Id = id;
        Destination = new Destination(region, null);
    }

    public string Id { get; }

    public override IReadOnlyList<object> ExclusionKeys => [Id];

    public override RunVerdict Verdict => Result!.Verdict;

    public override Enum Status => Result?.Verdict ?? RunVerdict.Stopped;

    public override string? AssociationId => Id;
}
