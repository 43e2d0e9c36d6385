using System.Collections.Generic;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Runs.Online;

/// <summary>All that was seen for one entry in one place.</summary>
internal sealed class Sight
{
    public Sight(Answer<ExistingTable> existing) => Existing = existing;

    /// <summary>What is seen of a place that cannot be reached.</summary>
    public static Sight None(GatewayException failure) => new(new Answer<ExistingTable>(null, failure))
    {
        Document = new SeenDocument { Failure = failure },
        Nodes = new SeenNodes { Failure = failure },
    };

    public SeenDocument? Document { get; init; }

    public SeenNodes Nodes { get; init; } = new();

    /// <summary>The nodes that the association selects now which the entry is to change; null where it is no change.</summary>
    public SeenNodes? NodesBefore { get; init; }

    /// <summary>The associations that exist.</summary>
    public Answer<ExistingTable> Existing { get; }

    /// <summary>The association that the entry changes; null where it makes a new one.</summary>
    public AssociationRecord? Changed { get; init; }

    /// <summary>The calendars of the entry, in its order.</summary>
    public IReadOnlyList<(string Name, Answer<CalendarAnswer> Answer)> Calendars { get; init; } = [];
}
