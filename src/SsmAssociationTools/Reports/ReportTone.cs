namespace SsmAssociationTools.Reports;

/// <summary>How a status is coloured. The name is always written beside the colour.</summary>
internal enum ReportTone
{
    /// <summary>As wanted.</summary>
    Good,

    /// <summary>Neither good nor bad: nothing happened.</summary>
    Idle,

    /// <summary>To be looked at.</summary>
    Warning,

    /// <summary>To be mended.</summary>
    Bad,
}
