namespace SsmAssociationTools.Commands;

/// <summary>Where the online help of each cmdlet is.</summary>
internal static class HelpUris
{
    public const string CompareSsmAssociationEntry = Root + "Compare-SsmAssociationEntry.md";
    public const string ExportSsmAssociationEntry = Root + "Export-SsmAssociationEntry.md";
    public const string ExportSsmAssociationReport = Root + "Export-SsmAssociationReport.md";
    public const string GetSsmAssociationEntry = Root + "Get-SsmAssociationEntry.md";
    public const string GetSsmAssociationOutcome = Root + "Get-SsmAssociationOutcome.md";
    public const string GetSsmAssociationSchedule = Root + "Get-SsmAssociationSchedule.md";
    public const string ImportSsmAssociationEntry = Root + "Import-SsmAssociationEntry.md";
    public const string NewSsmAssociationBatch = Root + "New-SsmAssociationBatch.md";
    public const string NewSsmAssociationEntry = Root + "New-SsmAssociationEntry.md";
    public const string RemoveSsmAssociationBatch = Root + "Remove-SsmAssociationBatch.md";
    public const string StartSsmAssociationBatch = Root + "Start-SsmAssociationBatch.md";
    public const string StartSsmLocalEndpoint = Root + "Start-SsmLocalEndpoint.md";
    public const string StopSsmLocalEndpoint = Root + "Stop-SsmLocalEndpoint.md";
    public const string SyncSsmAssociationBatch = Root + "Sync-SsmAssociationBatch.md";
    public const string TestSsmAssociationEntry = Root + "Test-SsmAssociationEntry.md";
    public const string UpdateSsmAssociationBatch = Root + "Update-SsmAssociationBatch.md";

    private const string Root = "https://github.com/SsmAssociationTools/SsmAssociationTools/blob/main/docs/en-US/";
}
