using SsmAssociationTools.Model;

namespace SsmAssociationTools;

/// <summary>
/// One State Manager association to create: the 20 members of the service's CreateAssociationBatchRequestEntry,
/// under the service's own names, and where it comes from and goes. A member that is null is absent and is not sent.
/// </summary>
/// <remarks>Source of meanings and limits: the Systems Manager API model, version 2014-11-06.</remarks>
public sealed class AssociationEntry
{
    /// <summary>Name or ARN of the SSM document to run (3 to 128 characters). Required.</summary>
    public string? Name { get; set; }

    /// <summary>
    /// Id of one managed node. Legacy: works only with documents of schema 1.x and excludes most other members;
    /// use <see cref="Targets"/> with the key InstanceIds.
    /// </summary>
    public string? InstanceId { get; set; }

    /// <summary>Values for the document's parameters, a list of strings for each. Sensitive: never shown in text.</summary>
    public ParameterMap? Parameters { get; set; }

    /// <summary>Name of the runbook's parameter that receives each target (1 to 50 characters). Automation only.</summary>
    public string? AutomationTargetParameterName { get; set; }

    /// <summary>Document version: a number, $DEFAULT or $LATEST.</summary>
    public string? DocumentVersion { get; set; }

    /// <summary>What to run on: at most 5 keys with at most 50 values each.</summary>
    public AssociationTarget[]? Targets { get; set; }

    /// <summary>When to run: rate(), cron() or at(), in UTC (1 to 256 characters). Absent: once, at creation.</summary>
    public string? ScheduleExpression { get; set; }

    /// <summary>Where the output of each run is stored.</summary>
    public InstanceAssociationOutputLocation? OutputLocation { get; set; }

    /// <summary>A descriptive name (3 to 128 characters). The service does not require it to be unique.</summary>
    public string? AssociationName { get; set; }

    /// <summary>Errors allowed before the run stops: a number or a percentage. The run stops at one more than this number.</summary>
    public string? MaxErrors { get; set; }

    /// <summary>Targets that run at the same time: a number of at least 1 or a percentage.</summary>
    public string? MaxConcurrency { get; set; }

    /// <summary>CRITICAL, HIGH, MEDIUM, LOW or UNSPECIFIED.</summary>
    public string? ComplianceSeverity { get; set; }

    /// <summary>AUTO or MANUAL.</summary>
    public string? SyncCompliance { get; set; }

    /// <summary>True: do not run at creation, only when the cron or at expression is due.</summary>
    public bool? ApplyOnlyAtCronInterval { get; set; }

    /// <summary>Names or ARNs of Change Calendar documents that gate the runs.</summary>
    public string?[]? CalendarNames { get; set; }

    /// <summary>Accounts and Regions to run an Automation runbook in (1 to 100).</summary>
    public TargetLocation[]? TargetLocations { get; set; }

    /// <summary>Days (1 to 6) to wait after the day that the cron expression names.</summary>
    public int? ScheduleOffset { get; set; }

    /// <summary>Hours (1 to 24) that a run may take.</summary>
    public int? Duration { get; set; }

    /// <summary>Maps of parameters to resources (at most 300). Excludes <see cref="Targets"/>.</summary>
    public TargetMap[]? TargetMaps { get; set; }

    /// <summary>The CloudWatch alarm that stops the association.</summary>
    public AlarmConfiguration? AlarmConfiguration { get; set; }

    /// <summary>
    /// The Region that the entry names for itself, such as us-east-1; null where it names none. No member of the service's
    /// entry: it is not sent, it says where the entry goes.
    /// </summary>
    public string? Region { get; set; }

    /// <summary>
    /// ARN of the role that is assumed to reach the account that the entry names for itself; null where it names none. No
    /// member of the service's entry: it is not sent, it says where the entry goes.
    /// </summary>
    public string? RoleArn { get; set; }

    /// <summary>
    /// File and line that the entry was read from, such as <c>fleet.csv:12</c>; null where it comes from no file. Not sent.
    /// </summary>
    public string? Source { get; internal set; }

    /// <summary>
    /// The whole entry as one JSON text, with the values of Parameters: what Export-Csv and ConvertTo-Json without -Depth leave whole.
    /// Wherever entries are read, it is read too. Not sent.
    /// </summary>
    public EntryText EntryJson => new(this);

    /// <summary>Full path of the file that the entry was read from; it does not travel to jobs and other computers.</summary>
    internal string? SourcePath { get; set; }

    /// <summary>True for an entry of a file of which only a part was asked for, so that the others are wanted somewhere else.</summary>
    internal bool IsPart { get; set; }

    /// <summary>The document and, where there is one, the association name. Holds no parameter value.</summary>
    /// <returns>Short text for messages.</returns>
    public override string ToString() =>
        VisibleText.Of(string.IsNullOrEmpty(AssociationName) ? Name ?? "(no document)" : $"{AssociationName} ({Name ?? "no document"})");
}
