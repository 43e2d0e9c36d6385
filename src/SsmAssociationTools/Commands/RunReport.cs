using System;
using System.Collections.Generic;
using System.Management.Automation;
using SsmAssociationTools.Batching;

namespace SsmAssociationTools.Commands;

/// <summary>
/// Writes what a run reports to the pipeline: results first, then the errors that belong to them, warnings once a rule,
/// and progress a few times a second at most.
/// </summary>
internal sealed class RunReport : IRunObserver
{
    private static readonly TimeSpan s_progressInterval = TimeSpan.FromMilliseconds(300);

    private readonly NewSsmAssociationBatchCommand _command;
    private readonly bool _stopOnFailure;
    private readonly List<AssociationResult> _all = [];
    private readonly Dictionary<string, long> _warnings = new(StringComparer.Ordinal);
    private AssociationFailure? _firstFailure;
    private long _notAttempted;
    private DateTime _lastProgress = DateTime.MinValue;
    private bool _hasProgress;

    /// <summary>Makes a report.</summary>
    /// <param name="command">Where to write.</param>
    /// <param name="stopOnFailure">True: results are kept for the terminating error, and errors are not written one by one.</param>
    public RunReport(NewSsmAssociationBatchCommand command, bool stopOnFailure)
    {
        _command = command;
        _stopOnFailure = stopOnFailure;
    }

    /// <inheritdoc/>
    public void Settled(IReadOnlyList<WorkItem> settled)
    {
        foreach (WorkItem item in settled)
        {
            Count(item.Result!);
            _command.WriteObject(item.Result);
        }

        if (_stopOnFailure)
        {
            return;
        }

        foreach (WorkItem item in settled)
        {
            if (item.Result is AssociationFailure { Status: not AssociationStatus.NotAttempted } failure)
            {
                _command.WriteError(ErrorRecords.Entry(failure));
            }
        }
    }

    /// <inheritdoc/>
    public void Verbose(string text) => _command.WriteVerbose(text);

    /// <inheritdoc/>
    public void Warning(string text) => _command.WriteWarning(text);

    /// <inheritdoc/>
    public void Progress(RunProgress progress)
    {
        DateTime now = DateTime.UtcNow;
        if (progress.Batches < 2 || now - _lastProgress < s_progressInterval)
        {
            return;
        }

        _lastProgress = now;
        _hasProgress = true;
        _command.WriteProgress(new ProgressRecord(
            1,
            "New-SsmAssociationBatch",
            $"{progress.Settled} of {progress.Received} received entries done: {progress.Created} created, {progress.NotCreated} not."));
    }

    /// <summary>Warns of an entry that is sent with warnings: the first of each rule in full, the others as a count at the end.</summary>
    /// <param name="item">The entry.</param>
    public void Warnings(WorkItem item)
    {
        foreach (EntryIssue issue in item.Issues)
        {
            _warnings.TryGetValue(issue.RuleId, out long count);
            _warnings[issue.RuleId] = count + 1;
            if (count == 0)
            {
                _command.WriteWarning($"Entry {item.Index} ({item.Entry}): {(issue.Path.Length == 0 ? string.Empty : issue.Path + ": ")}{issue.Message} [{issue.RuleId}]");
            }
        }
    }

    /// <summary>Ends the report, with a terminating error where the run was stopped for one.</summary>
    /// <param name="reason">Why the run was stopped; null where it was not.</param>
    public void Finish(StopReason? reason)
    {
        foreach (KeyValuePair<string, long> warning in _warnings)
        {
            if (warning.Value > 1)
            {
                _command.WriteWarning($"{warning.Value - 1} more warning(s) of the rule {warning.Key}: see Issues of the results.");
            }
        }

        if (_hasProgress)
        {
            _command.WriteProgress(new ProgressRecord(1, "New-SsmAssociationBatch", "Done") { RecordType = ProgressRecordType.Completed });
        }

        if (_stopOnFailure && _firstFailure is not null)
        {
            _command.ThrowTerminatingError(ErrorRecords.StoppedBy(_firstFailure, _all));
        }

        if (reason is { IsFatal: true })
        {
            _command.ThrowTerminatingError(ErrorRecords.Stopped(reason, _notAttempted, _all));
        }

        if (reason is not null && _notAttempted > 0)
        {
            _command.WriteError(ErrorRecords.Stopped(reason, _notAttempted, []));
        }
    }

    private void Count(AssociationResult result)
    {
        if (result is AssociationFailure failure)
        {
            if (failure.Status != AssociationStatus.NotAttempted)
            {
                _firstFailure ??= failure;
            }
            else if (failure.ErrorCode != ErrorCodes.NotConfirmed)
            {
                _notAttempted++;
            }
        }

        if (_stopOnFailure)
        {
            _all.Add(result);
        }
    }
}
