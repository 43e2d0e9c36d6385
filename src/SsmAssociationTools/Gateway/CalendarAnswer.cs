using System;

namespace SsmAssociationTools.Gateway;

/// <summary>Whether change calendars are open.</summary>
internal sealed class CalendarAnswer
{
    /// <summary>OPEN or CLOSED; there may be new words.</summary>
    public string? State { get; init; }

    /// <summary>The time that the answer is for, in UTC.</summary>
    public DateTime? AtTime { get; init; }

    /// <summary>When the state changes next, in UTC; null where it does not, or where the service does not say.</summary>
    public DateTime? NextTransitionTime { get; init; }
}
