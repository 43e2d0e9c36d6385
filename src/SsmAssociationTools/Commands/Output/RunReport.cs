using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Runs.Create;

namespace SsmAssociationTools.Commands.Output;

/// <summary>
/// Writes what a run reports to the pipeline: results first, then the errors that belong to them, warnings once a rule,
/// and progress a few times a second at most.
/// </summary>
internal sealed class RunReport : IRunObserver
{
    private readonly PSCmdlet _command;
    private readonly bool _stopOnFailure;
    private readonly List<AssociationResult> _all = [];
    private readonly Dictionary<string, long> _warnings = new(StringComparer.Ordinal);
    private readonly List<AssociationFailure> _failures = [];
    private readonly Dictionary<Destination, long> _notAttempted = [];
    private AssociationFailure? _firstFailure;
    private readonly ProgressText _text = new("New-SsmAssociationBatch", "entries", "created", "failed or not sent");
    private readonly CommandProgress _progress;

    public RunReport(PSCmdlet command, bool stopOnFailure)
    {
        _command = command;
        _stopOnFailure = stopOnFailure;
        _progress = new CommandProgress(command, isShownAtOnce: true);
    }

    public void Settled(WorkItem item)
    {
        Count(item.Result!);
        _command.WriteObject(item.Result);
    }

    public void Delivered()
    {
        AssociationFailure[] failures = _failures.ToArray();
        _failures.Clear();
        foreach (AssociationFailure failure in failures)
        {
            _command.WriteError(ErrorRecords.Entry(failure));
        }
    }

    public void Verbose(string text) => _command.WriteVerbose(text);

    public void Warning(string text) => _command.WriteWarning(text);

    public void Progress(RunProgress progress)
    {
        if (progress.Batches > 1)
        {
            _progress.Show(now => _text.Describe(progress, now));
        }
    }

    /// <summary>Warns of an entry that is sent with warnings: the first of each rule in full, the others as a count at the end.</summary>
    public void Warnings(WorkItem item)
    {
        foreach (EntryIssue issue in item.Issues)
        {
            _warnings.TryGetValue(issue.RuleId, out long count);
            _warnings[issue.RuleId] = count + 1;
            if (count == 0)
            {
                _command.WriteWarning($"Entry {item.Index}{ErrorRecords.Place(item.Entry)} ({item.Entry}): {(issue.Path.Length == 0 ? string.Empty : issue.Path + ": ")}{issue.Message} [{issue.RuleId}]");
            }
        }
    }

    /// <summary>Ends the report, with a terminating error where the run was stopped for one.</summary>
    public void Finish(AssociationRun run)
    {
        foreach (KeyValuePair<string, long> warning in _warnings)
        {
            if (warning.Value > 1)
            {
                _command.WriteWarning($"{warning.Value - 1} more warning(s) of the rule {warning.Key}: see Issues of the results.");
            }
        }

        _progress.End();
        if (_stopOnFailure && _firstFailure is not null)
        {
            _command.ThrowTerminatingError(ErrorRecords.StoppedBy(_firstFailure, _all));
        }

        if (run.Reason is { IsFatal: true } fatal)
        {
            _command.ThrowTerminatingError(ErrorRecords.Stopped(fatal, null, _notAttempted.Values.Sum(), _all));
        }

        foreach ((Destination destination, StopReason reason) in run.StoppedDestinations)
        {
            if (_notAttempted.TryGetValue(destination, out long count))
            {
                _command.WriteError(ErrorRecords.Stopped(reason, destination, count, []));
            }
        }
    }

    private void Count(AssociationResult result)
    {
        if (result is AssociationFailure failure)
        {
            // Entries that were not attempted share one error for their destination, unless one has a cause of its own.
            if (failure.ErrorCode == ErrorCodes.EntryNotAttempted)
            {
                var destination = new Destination(failure.Region, failure.RoleArn);
                _notAttempted.TryGetValue(destination, out long count);
                _notAttempted[destination] = count + 1;
            }
            else if (failure.ErrorCode is not (ErrorCodes.NotConfirmed or ErrorCodes.AssociationDiffers or ErrorCodes.AssociationNotWanted))
            {
                _firstFailure ??= failure;
                if (!_stopOnFailure)
                {
                    _failures.Add(failure);
                }
            }
        }

        if (_stopOnFailure)
        {
            _all.Add(result);
        }
    }
}
