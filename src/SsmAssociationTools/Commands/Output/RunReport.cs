using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Model;
using SsmAssociationTools.Runs;

namespace SsmAssociationTools.Commands.Output;

/// <summary>
/// Writes what a run reports to the pipeline: results first, then the errors that belong to them, and progress a few times
/// a second at most.
/// </summary>
internal sealed class RunReport<TResult> : IRunObserver<RunItem<TResult>>
    where TResult : class
{
    /// <summary>How many results an error carries where nobody asked to stop. Memory must not grow with the input.</summary>
    private const int MostCarried = 10_000;

    private readonly PSCmdlet _command;
    private readonly bool _stopOnFailure;
    private readonly RunWords<TResult> _words;
    private readonly ProgressText _text;
    private readonly CommandProgress _progress;
    private readonly RepeatedErrors _errors;
    private readonly RepeatedErrors _fileErrors;

    /// <summary>
    /// Every result, for the error that ends the command. What was written before it is lost to a script that assigns the
    /// output: the error takes the place of the whole value.
    /// </summary>
    private readonly List<TResult> _all = [];
    private readonly List<TResult> _failures = [];

    /// <summary>Inputs that share the error of their Region and account.</summary>
    private readonly Dictionary<Destination, long> _notAttempted = [];
    private readonly ClosingLine? _closing;
    private TResult? _firstFailure;
    private bool _isTooMany;

    /// <summary>Looks at each result before it is written; null where nobody does.</summary>
    public Action<TResult>? Seen { get; init; }

    public RunReport(PSCmdlet command, bool stopOnFailure, RunWords<TResult> words, ClosingLine? closing = null)
    {
        _closing = closing;
        _command = command;
        _stopOnFailure = stopOnFailure;
        _words = words;
        _text = new ProgressText(command.MyInvocation.MyCommand.Name, words.Inputs, words.Succeeded, words.Others);
        _progress = new CommandProgress(command, isShownAtOnce: true);
        _errors = new ErrorsByKind(command, words.Exception);
        _fileErrors = new ErrorsOfFiles(command, words.Exception);
    }

    public void Settled(RunItem<TResult> item)
    {
        Count(item);
        Seen?.Invoke(item.Result!);
        _closing?.Count(item.Status);
        _command.WriteObject(item.Result);
    }

    public void Delivered()
    {
        TResult[] failures = _failures.ToArray();
        _failures.Clear();
        foreach (TResult failure in failures)
        {
            FailureFacts facts = _words.Facts(failure);
            IReadOnlyCollection<string> kinds = facts.IsTold ? [FailureFacts.Unreadable] : RepeatedErrors.KindsOf(facts.Issues);
            (facts.IsOfFile ? _fileErrors : _errors).Add(facts.Code, facts.Place, kinds, () => _words.Failed(failure, [failure]), facts.IsTold);
        }
    }

    public void Verbose(string text) => _command.WriteVerbose(VisibleText.Of(text));

    public void Warning(string text) => _command.WriteWarning(VisibleText.Of(text));

    public void Progress(RunProgress progress)
    {
        if (progress.Batches > 1 || progress.Remark is not null)
        {
            _progress.Show(now => _text.Describe(progress, now));
        }
    }

    /// <summary>Ends the report, with a terminating error where the run was stopped for one.</summary>
    public void Finish(OrderedRun run)
    {
        _progress.End();
        _fileErrors.Finish();
        _errors.Finish();
        if (_stopOnFailure && _firstFailure is not null)
        {
            _command.ThrowTerminatingError(_words.Failed(_firstFailure, _all));
        }

        if (run.Reason is { IsFatal: true } fatal)
        {
            _command.ThrowTerminatingError(_words.Stopped(fatal, null, _notAttempted.Values.Sum(), _all));
        }

        foreach ((Destination destination, StopReason reason) in run.StoppedDestinations)
        {
            if (_notAttempted.TryGetValue(destination, out long count))
            {
                _command.WriteError(_words.Stopped(reason, destination, count, []));
            }
        }
    }

    private void Count(RunItem<TResult> item)
    {
        switch (item.Verdict)
        {
            case RunVerdict.Stopped:
                _notAttempted.TryGetValue(item.Destination, out long count);
                _notAttempted[item.Destination] = count + 1;
                break;

            case RunVerdict.Failed:
                _firstFailure ??= item.Result;
                if (!_stopOnFailure)
                {
                    _failures.Add(item.Result!);
                }

                break;
        }

        Keep(item.Result!);
    }

    /// <summary>Keeps a result. A part of them would look like the whole, so of too many there is none.</summary>
    private void Keep(TResult result)
    {
        if (_isTooMany)
        {
            return;
        }

        if (!_stopOnFailure && _all.Count == MostCarried)
        {
            _isTooMany = true;
            _all.Clear();
            _all.TrimExcess();
            return;
        }

        _all.Add(result);
    }
}
