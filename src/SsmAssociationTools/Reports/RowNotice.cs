namespace SsmAssociationTools.Reports;

/// <summary>What a row asks to be looked at, although nothing is wrong with it.</summary>
/// <param name="Id">What is shown as its id.</param>
/// <param name="Message">What there is to see.</param>
/// <param name="Action">What to do.</param>
internal sealed record RowNotice(string Id, string Message, string Action);
