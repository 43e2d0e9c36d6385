using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.Commands.Output;
using SsmAssociationTools.Completion;
using SsmAssociationTools.Input;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Commands;

/// <summary>
/// Builds one entry from parameters for every object of the pipeline, and checks it. Every member is a parameter that is
/// also taken from the pipeline by property name; an argument on the command line stands above the property.
/// </summary>
[Cmdlet(VerbsCommon.New, "SsmAssociationEntry", HelpUri = HelpUris.NewSsmAssociationEntry)]
[OutputType(typeof(AssociationEntry))]
public sealed class NewSsmAssociationEntryCommand : PSCmdlet, IDisposable
{
    private EntryIntake? _intake;
    private RepeatedErrors? _errors;

    // PSObject and string, never object: PowerShell does not evaluate a script block for a parameter that could hold it.

    /// <summary>Name or ARN of the SSM document to run (3 to 128 characters).</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("DocumentName")]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(DocumentCompleter))]
    public string? Name { get; set; }

    /// <summary>What to run on: at most 5 keys with at most 50 values each, as text, as a hashtable of keys and values, or as objects with Key and Values.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Targets")]
    [ArgumentCompleter(typeof(TargetCompleter))]
    public PSObject?[]? Target { get; set; }

    /// <summary>Ids of managed nodes; they become values of the target key InstanceIds, unless -LegacyInstanceId is given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("InstanceIds")]
    public string?[]? InstanceId { get; set; }

    /// <summary>Puts the one id of -InstanceId into the legacy member InstanceId, which documents of schema 1.x take only.</summary>
    [Parameter]
    public SwitchParameter LegacyInstanceId { get; set; }

    /// <summary>Values for the document's parameters. Sensitive: never shown in text.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Parameters")]
    [ArgumentCompleter(typeof(ParameterCompleter))]
    public PSObject? Parameter { get; set; }

    /// <summary>When to run: rate(), cron() or at(), in UTC (1 to 256 characters). Absent: once, at creation.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ScheduleCompleter))]
    public string? ScheduleExpression { get; set; }

    /// <summary>Days (1 to 6) to wait after the day that the cron expression names.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NumberTransformation]
    public int? ScheduleOffset { get; set; }

    /// <summary>True: do not run at creation, only when the cron or at expression is due.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [FlagTransformation]
    public bool? ApplyOnlyAtCronInterval { get; set; }

    /// <summary>Hours (1 to 24) that a run may take.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NumberTransformation]
    public int? Duration { get; set; }

    /// <summary>A descriptive name (3 to 128 characters). The service does not require it to be unique.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? AssociationName { get; set; }

    /// <summary>Document version: a number, $DEFAULT or $LATEST.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DocumentVersionCompleter))]
    public string? DocumentVersion { get; set; }

    /// <summary>Name of the runbook's parameter that receives each target (1 to 50 characters). Automation only.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(TargetParameterCompleter))]
    public string? AutomationTargetParameterName { get; set; }

    /// <summary>Targets that run at the same time: a number of at least 1 or a percentage.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(MaxConcurrencyCompleter))]
    public string? MaxConcurrency { get; set; }

    /// <summary>Errors allowed before the run stops: a number or a percentage. The run stops at one more than this number.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("MaxErrors")]
    [ArgumentCompleter(typeof(MaxErrorCompleter))]
    public string? MaxError { get; set; }

    /// <summary>CRITICAL, HIGH, MEDIUM, LOW or UNSPECIFIED.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SeverityCompleter))]
    public string? ComplianceSeverity { get; set; }

    /// <summary>AUTO or MANUAL.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SyncComplianceCompleter))]
    public string? SyncCompliance { get; set; }

    /// <summary>Where the output of each run is stored, as s3://bucket/prefix or as an object with S3Location.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("S3Location")]
    public PSObject? OutputLocation { get; set; }

    /// <summary>Name of the bucket that receives the output (3 to 63 characters).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("S3BucketName", "OutputS3BucketName", "S3Location_OutputS3BucketName")]
    public string? S3Bucket { get; set; }

    /// <summary>Folder in the bucket (at most 500 characters).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("S3KeyPrefix", "OutputS3KeyPrefix", "S3Location_OutputS3KeyPrefix")]
    public string? S3Prefix { get; set; }

    /// <summary>Region of the bucket (3 to 20 characters).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("OutputS3Region", "S3Location_OutputS3Region")]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? S3Region { get; set; }

    /// <summary>Names or ARNs of Change Calendar documents that gate the runs.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("CalendarNames")]
    public string?[]? CalendarName { get; set; }

    /// <summary>Accounts and Regions to run an Automation runbook in (1 to 100).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("TargetLocations")]
    public PSObject?[]? TargetLocation { get; set; }

    /// <summary>Maps of parameters to resources (at most 300). Excludes -Target.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("TargetMaps")]
    public PSObject?[]? TargetMap { get; set; }

    /// <summary>The CloudWatch alarm that stops the association: its name, or an object with Alarms and IgnorePollAlarmFailure.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("AlarmConfiguration", "Alarms", "AlarmName", "AlarmConfiguration_Alarm")]
    public PSObject? Alarm { get; set; }

    /// <summary>True: go on although the state of the alarm cannot be read.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("AlarmConfiguration_IgnorePollAlarmFailure")]
    [FlagTransformation]
    public bool? IgnorePollAlarmFailure { get; set; }

    /// <summary>The object that the entry is made for; its properties are taken by their names, and script blocks see it as $_.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>The Region that the entries are meant for; lets rules check ARNs against it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    /// <summary>Builds entries without checking them against the rules. Arguments that cannot be read are refused all the same.</summary>
    [Parameter]
    public SwitchParameter SkipValidation { get; set; }

    /// <summary>Makes every warning an error.</summary>
    [Parameter]
    public SwitchParameter Strict { get; set; }

    /// <summary>Ids of rules to turn off, as listed in docs/rules.md; wildcards are allowed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RuleIdCompleter))]
    public string[] ExcludeRule { get; set; } = [];

    /// <summary>Ids of rules to turn on that are off by default, as listed in docs/rules.md; wildcards are allowed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SilentRuleCompleter))]
    public string[] IncludeRule { get; set; } = [];

    /// <inheritdoc/>
    public void Dispose() => _intake?.Dispose();

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _errors = new ErrorsByKind(this);
        _intake = new EntryIntake(Region, Strict, ExcludedRules.Read(this, ExcludeRule, IncludeRule), SkipValidation, takesResultRegion: false, takesResultRole: false);
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => _errors!.Finish();

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (IsResult(InputObject))
        {
            WriteError(ErrorRecords.InvalidParameter(
                nameof(InputObject),
                InputObject,
                "A result or a verdict is not taken apart by property name: its Target is a short text. Pipe its entry: ... | ForEach-Object Entry | New-SsmAssociationEntry."));
            return;
        }

        CheckedInput item = _intake!.Take(Members(), Complete);
        if (EntryIntake.Errors(item) is string errors)
        {
            _errors!.Add(ErrorRecords.InvalidEntry(item.ToItem(), errors), item.Index.ToString(CultureInfo.InvariantCulture), item.Issues);
            return;
        }

        foreach (EntryIssue issue in item.Issues.Where(static issue => issue.Level == IssueSeverity.Warning))
        {
            WriteWarning(VisibleText.Of($"Entry {item.Entry}: {issue.Line}"));
        }

        WriteObject(item.Entry);
    }

    /// <summary>Also for one that comes back from a file or another session as a property bag.</summary>
    private static bool IsResult(PSObject? input)
    {
        foreach (string name in input?.TypeNames ?? [])
        {
            if (name.EndsWith("SsmAssociationTools.AssociationResult", StringComparison.Ordinal)
                || name.EndsWith("SsmAssociationTools.EntryValidation", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What is read as any other entry is.</summary>
    private Dictionary<string, object?> Members()
    {
        var members = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["Name"] = Name,
            ["Parameters"] = Parameter,
            ["AutomationTargetParameterName"] = AutomationTargetParameterName,
            ["DocumentVersion"] = DocumentVersion,
            ["Targets"] = Only(EntryParts.Rejoined(Target)),
            ["ScheduleExpression"] = ScheduleExpression,
            ["OutputLocation"] = OutputLocation,
            ["AssociationName"] = AssociationName,
            ["MaxErrors"] = MaxError,
            ["MaxConcurrency"] = MaxConcurrency,
            ["ComplianceSeverity"] = ComplianceSeverity,
            ["SyncCompliance"] = SyncCompliance,
            ["ApplyOnlyAtCronInterval"] = ApplyOnlyAtCronInterval,
            ["CalendarNames"] = Only(CalendarName),
            ["TargetLocations"] = Only(TargetLocation),
            ["ScheduleOffset"] = ScheduleOffset,
            ["Duration"] = Duration,
            ["TargetMaps"] = Only(EntryParts.Rejoined(TargetMap)),
            ["AlarmConfiguration"] = Alarm,
        };
        if (LegacyInstanceId)
        {
            members["InstanceId"] = Only(InstanceId);
        }

        return members;
    }

    /// <summary>Parameters for single parts stand above what the whole says, and ids of nodes become a target.</summary>
    private void Complete(AssociationEntry entry)
    {
        EntryParts.SetOutput(entry, S3Bucket, S3Prefix, S3Region);
        if (IgnorePollAlarmFailure is bool ignore)
        {
            (entry.AlarmConfiguration ??= new AlarmConfiguration()).IgnorePollAlarmFailure = ignore;
        }

        if (!LegacyInstanceId)
        {
            EntryParts.AddNodes(entry, InstanceId);
        }
    }

    /// <summary>One text may be a list in the short notation, which only a text that stands alone is read as.</summary>
    private static object? Only<T>(T[]? values) => values is { Length: 1 } ? values[0] : values;
}
