using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Runs.Remove;

namespace SsmAssociationTools.Commands.Output;

/// <summary>
/// Writes what a removal reports to the pipeline: results first, then the errors that belong to them, and progress a few
/// times a second at most.
/// </summary>
internal sealed class RemovalReport : IRemovalObserver
{
    private readonly PSCmdlet _command;
    private readonly bool _stopOnFailure;
    private readonly ProgressText _text = new("Remove-SsmAssociationBatch", "associations", "removed or gone before", "not removed");
    private readonly CommandProgress _progress;
    private readonly List<AssociationRemoval> _all = [];
    private readonly List<AssociationRemoval> _failures = [];

    /// <summary>Inputs that share the error of their Region and account.</summary>
    private readonly Dictionary<Destination, long> _notAttempted = [];
    private AssociationRemoval? _firstFailure;

    public RemovalReport(PSCmdlet command, bool stopOnFailure)
    {
        _command = command;
        _stopOnFailure = stopOnFailure;
        _progress = new CommandProgress(command, isShownAtOnce: false);
    }

    public void Settled(RemovalItem item)
    {
        Count(item.Result!);
        _command.WriteObject(item.Result);
    }

    public void Delivered()
    {
        AssociationRemoval[] failures = _failures.ToArray();
        _failures.Clear();
        foreach (AssociationRemoval failure in failures)
        {
            _command.WriteError(RemovalErrors.Of(failure, [failure]));
        }
    }

    public void Verbose(string text) => _command.WriteVerbose(text);

    public void Progress(RunProgress progress) => _progress.Show(now => _text.Describe(progress, now));

    /// <summary>Ends the report, with a terminating error where the run was stopped for one.</summary>
    public void Finish(RemovalRun run)
    {
        _progress.End();
        if (_stopOnFailure && _firstFailure is not null)
        {
            _command.ThrowTerminatingError(RemovalErrors.Of(_firstFailure, _all));
        }

        if (run.Reason is { IsFatal: true } fatal)
        {
            _command.ThrowTerminatingError(RemovalErrors.Stopped(fatal, null, _notAttempted.Values.Sum(), _all));
        }

        foreach ((Destination destination, StopReason reason) in run.Stopped)
        {
            if (_notAttempted.TryGetValue(destination, out long count))
            {
                _command.WriteError(RemovalErrors.Stopped(reason, destination, count, []));
            }
        }
    }

    private void Count(AssociationRemoval result)
    {
        switch (result.ErrorCode)
        {
            // What the user or the input did not want is no error.
            case null or ErrorCodes.NotConfirmed or ErrorCodes.NotToBeRemoved:
                break;

            case ErrorCodes.EntryNotAttempted when result.Status == RemovalStatus.NotAttempted:
                var destination = new Destination(result.Region, result.RoleArn);
                _notAttempted.TryGetValue(destination, out long count);
                _notAttempted[destination] = count + 1;
                break;

            default:
                _firstFailure ??= result;
                if (!_stopOnFailure)
                {
                    _failures.Add(result);
                }

                break;
        }

        if (_stopOnFailure)
        {
            _all.Add(result);
        }
    }
}
