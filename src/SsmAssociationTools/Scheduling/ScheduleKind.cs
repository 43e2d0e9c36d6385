namespace SsmAssociationTools.Scheduling;

/// <summary>The three forms of a schedule expression; none where the text is in no known form.</summary>
internal enum ScheduleKind
{
    /// <summary>The text does not begin with a known kind and an opening bracket.</summary>
    None,

    /// <summary>rate(): a fixed interval.</summary>
    Rate,

    /// <summary>cron(): times of the calendar.</summary>
    Cron,

    /// <summary>at(): one moment.</summary>
    At,
}
