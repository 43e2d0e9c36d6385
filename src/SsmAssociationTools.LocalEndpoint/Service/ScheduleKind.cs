namespace SsmAssociationTools.LocalEndpoint.Service;

/// <summary>What a schedule expression is.</summary>
internal enum ScheduleKind
{
    /// <summary>rate(...).</summary>
    Rate,

    /// <summary>at(...).</summary>
    At,

    /// <summary>cron(...) for hours, days or a day of the week.</summary>
    Cron,

    /// <summary>cron(...) for the nth or last given day of the week of a month.</summary>
    MonthlyCron,
}
