using System;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.Commands.Output;
using SsmAssociationTools.Completion;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs.Create;
using SsmAssociationTools.Scheduling;
using SsmAssociationTools.Validation;

namespace SsmAssociationTools.Commands;

/// <summary>Says when schedules run next, in UTC and local time and in words: for expressions and for entries. Calls nothing.</summary>
[Cmdlet(VerbsCommon.Get, "SsmAssociationSchedule", DefaultParameterSetName = EntrySet, HelpUri = HelpUris.GetSsmAssociationSchedule)]
[OutputType(typeof(ScheduleRun))]
public sealed class GetSsmAssociationScheduleCommand : PSCmdlet, IDisposable
{
    // The default, so that PowerShell makes no text of an entry to fit it to the other set.
    private const string EntrySet = "Entry";
    private const string ExpressionSet = "Expression";

    private readonly ScheduleCache _schedules = new();
    private EntryIntake? _intake;
    private RepeatedErrors? _errors;
    private DateTime _from;
    private long _count;

    /// <summary>Schedule expressions: rate(), cron() or at(), as associations take them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ExpressionSet)]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(ScheduleCompleter))]
    public string[] ScheduleExpression { get; set; } = [];

    /// <summary>Entries, verdicts or results that have a schedule, in any form that New-SsmAssociationBatch takes.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = EntrySet)]
    [Alias("Entries", "InputObject")]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[]? Entry { get; set; }

    /// <summary>Runs to list for each schedule, at most. Default 5.</summary>
    [Parameter]
    [ValidateRange(1, 10_000)]
    public int Count { get; set; } = 5;

    /// <summary>Only runs after this moment. A time without a zone is one of this computer's clock. Default: now.</summary>
    [Parameter]
    public DateTime From { get; set; }

    /// <summary>Days (1 to 6) to wait after the day that a cron expression names.</summary>
    [Parameter(ParameterSetName = ExpressionSet)]
    [ValidateRange(1, 6)]
    public int ScheduleOffset { get; set; }

    /// <inheritdoc/>
    public void Dispose() => _intake?.Dispose();

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _from = MyInvocation.BoundParameters.ContainsKey(nameof(From)) ? From.ToUniversalTime() : SystemTime.UtcNow;
        _errors = new ErrorsByKind(this);
        _intake = new EntryIntake(region: null, strict: false, isExcluded: null, skipRules: true, takesResultRegion: false, takesResultRole: false);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == ExpressionSet)
        {
            foreach (string expression in ScheduleExpression)
            {
                WriteRuns(expression.Trim(), ScheduleOffset, item: null, _count++);
            }

            return;
        }

        // A null in the pipeline binds as no array at all; it is an input like any other.
        foreach (PSObject? input in Entry ?? [null])
        {
            WriteRuns(_intake!.Take(input).ToItem());
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => _errors!.Finish();

    private void WriteRuns(WorkItem item)
    {
        if (EntryIntake.Errors(item.Entry, item.Issues) is string errors)
        {
            _errors!.Add(ErrorRecords.InvalidEntry(item, errors), PlaceOf(item), item.Issues);
        }
        else if (string.IsNullOrEmpty(item.Entry!.ScheduleExpression))
        {
            WriteWarning(VisibleText.Of($"Entry {item.Entry} has no schedule: it runs once, when it is created."));
        }
        else
        {
            WriteRuns(item.Entry.ScheduleExpression!, item.Entry.ScheduleOffset ?? 0, item, item.Index);
        }
    }

    private void WriteRuns(string text, int offset, WorkItem? item, long index)
    {
        ScheduleExpression expression = _schedules.Get(text);
        if (expression.Schedule is not { } schedule)
        {
            Refuse(item, nameof(ScheduleExpression), text, string.Join(" ", expression.Problems
                .Where(problem => problem.Severity == IssueSeverity.Error)
                .Select(problem => ScheduleOptionRules.Sentence(text, problem))));
            return;
        }

        if (offset != 0 && (schedule.Kind != ScheduleKind.Cron || offset is < 1 or > 6))
        {
            Refuse(
                item,
                nameof(ScheduleOffset),
                text,
                $"{MessageText.Of(text)} with an offset of {offset.ToString(CultureInfo.InvariantCulture)}: an offset is 1 to 6 days after the day that a cron() names; correct it, or leave it out.");
            return;
        }

        string description = schedule.Describe(offset);
        string? note = ScheduleNotes.Of(expression, offset, item?.Entry);
        int number = 0;
        foreach (DateTime run in schedule.NextRuns(_from, offset).Take(Count))
        {
            WriteObject(new ScheduleRun(++number, run, text, description)
            {
                ScheduleOffset = offset == 0 ? null : offset,
                Note = note,
                Index = index,
                Name = item?.Entry!.Name,
                AssociationName = item?.Entry!.AssociationName,
            });
        }

        if (number == 0)
        {
            string whose = item is null ? string.Empty : $"Entry {item.Entry}: ";
            WriteWarning(VisibleText.Of($"{whose}{MessageText.Of(text)} has no run after {_from.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)}."));
        }
    }

    private void Refuse(WorkItem? item, string member, string text, string problem) => _errors!.Add(
        item is null ? ErrorRecords.InvalidParameter(member, text, problem) : ErrorRecords.InvalidEntry(item, member + ": " + problem),
        item is null ? MessageText.Of(text) : PlaceOf(item));

    private static string PlaceOf(WorkItem item) => $"{item.Index}{ErrorRecords.Place(item.Entry)}";
}
