using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.Commands.Output;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs;

namespace SsmAssociationTools.Commands;

/// <summary>
/// What cmdlets share that drive an ordered run: connections made as they are needed, and a result for every input, also for
/// those that come after the run was stopped.
/// </summary>
public abstract class OrderedCommand : ConnectionCommand
{
    private readonly Dictionary<Destination, IAssociationGateway> _gateways = [];
    private RunControl? _control;
    private OrderedRun? _run;
    private Action? _report;
    private bool _isFinished;
    private bool _isAllRead;

    /// <summary>Set where no Region is known: inputs that name their own can be worked on all the same.</summary>
    private GatewayException? _noRegion;

    /// <summary>Where the command works, unless an input names its own place.</summary>
    private protected IReadOnlyList<Destination> Destinations { get; private set; } = [];

    /// <summary>True under -ErrorAction Stop.</summary>
    private protected bool StopsOnFailure { get; private set; }

    /// <summary>The connections so far, each once.</summary>
    private protected IEnumerable<IAssociationGateway> Gateways => _gateways.Values.Distinct();

    /// <summary>Calls of one Region and account in flight at the same time, at most.</summary>
    private protected abstract int MaxCalls { get; }

    /// <summary>True accepts a plain http endpoint beyond loopback.</summary>
    private protected abstract bool AllowsPlainHttp { get; }

    /// <summary>How long one call may take before it counts as unanswered.</summary>
    private protected virtual TimeSpan CallTimeout => TimeSpan.FromSeconds(30);

    /// <summary>What was not done to an input that nothing was tried for, as messages begin: <c>Not sent</c>.</summary>
    private protected abstract string NotDone { get; }

    /// <summary>How to go on after the pipeline was stopped, in a sentence.</summary>
    private protected abstract string HowToGoOn { get; }

    /// <summary>True where the command does more after the run that it is in.</summary>
    private protected virtual bool IsMoreToCome => false;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        StopsOnFailure = IsErrorActionStop();
        Destinations = KnownDestinations();
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Guarded(() =>
    {
        try
        {
            TakeInput();
        }
        catch (GatewayException error)
        {
            // Nothing was taken before, and the first input can go nowhere.
            ThrowTerminatingError(ErrorRecords.Connection(error));
        }
    });

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Guarded(() =>
    {
        _isAllRead = true;
        BeforeEnd();
        CompleteRun();
        AfterEnd();
    });

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        base.StopProcessing();
        _control?.Interrupt(new StopReason(ErrorCodes.EntryNotAttempted, NotDone, "the command was stopped."), new RunOptions().Grace);
    }

    /// <summary>Waits for calls in flight where the pipeline ended without us, then releases the connections.</summary>
    /// <param name="disposing">True unless the object is being collected.</param>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            EndRun();
            foreach (IAssociationGateway gateway in Gateways)
            {
                gateway.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    /// <summary>Waits for calls in flight where the pipeline ended without us; does nothing the second time.</summary>
    private protected void EndRun()
    {
        if (!_isFinished)
        {
            Shutdown(0);
        }

        _run?.Dispose();
        _run = null;
    }

    /// <summary>Takes what the pipeline binds.</summary>
    private protected abstract void TakeInput();

    /// <summary>Comes after the last input.</summary>
    private protected virtual void BeforeEnd()
    {
    }

    /// <summary>Comes after all results.</summary>
    private protected virtual void AfterEnd()
    {
    }

    /// <summary>Begins the run; to be called once, before the first input.</summary>
    private protected TRun Begin<TRun, TResult>(RunReport<TResult> report, Func<RunControl, TRun> make)
        where TRun : OrderedRun
        where TResult : class
    {
        _control = new RunControl();
        TRun run = make(_control);
        _isFinished = false;
        _run = run;
        _report = () => report.Finish(run);
        return run;
    }

    /// <summary>Waits for the run and reports it, so that another can follow.</summary>
    private protected void CompleteRun()
    {
        if (_run is not { } run)
        {
            return;
        }

        run.Complete();
        _isFinished = true;
        _report!();
        run.Dispose();
        _run = null;
    }

    /// <summary>The connection to a destination, made where there is none yet.</summary>
    /// <exception cref="GatewayException">No Region, no credentials, or an endpoint that is not used.</exception>
    private protected IAssociationGateway GatewayOf(Destination destination)
    {
        if (_gateways.TryGetValue(destination, out IAssociationGateway? gateway))
        {
            return gateway;
        }

        if (destination.Region is null && _noRegion is not null)
        {
            throw _noRegion;
        }

        try
        {
            gateway = Open(destination, isOnly: Destinations.Count == 1 && _gateways.Count == 0, AllowsPlainHttp, MaxCalls, CallTimeout);
        }
        catch (GatewayException error) when (error.Kind == GatewayErrorKind.NoRegion)
        {
            _noRegion = error;
            throw;
        }

        _gateways.Add(destination, gateway);
        Connected(gateway);
        return gateway;
    }

    /// <summary>Follows after a connection was made.</summary>
    private protected virtual void Connected(IAssociationGateway gateway)
    {
    }

    /// <summary>
    /// Connects before anything is read: without credentials nothing can succeed. A destination without a Region takes the
    /// one that its connection found, or stays as it is: inputs may name their own.
    /// </summary>
    private protected void ConnectAll() => Destinations = Destinations.Select(destination =>
    {
        try
        {
            IAssociationGateway gateway = GatewayOf(destination);
            var found = new Destination(gateway.Region, destination.RoleArn);
            if (destination.Region is null)
            {
                _gateways[found] = gateway;
            }

            return destination.Region is null ? found : destination;
        }
        catch (GatewayException error) when (error.Kind != GatewayErrorKind.NoRegion || destination.Region is not null)
        {
            ThrowTerminatingError(ErrorRecords.Connection(error));
            throw;
        }
        catch (GatewayException)
        {
            return destination;
        }
    }).ToList();

    /// <summary>
    /// Runs a step of the command. A stopped pipeline shows as an exception from writing: by Ctrl+C, or by a command after
    /// this one that wants no more, such as Select-Object -First. Calls in flight are awaited before it goes on.
    /// </summary>
    private void Guarded(Action action)
    {
        try
        {
            action();
        }
        catch (Exception stopped) when (stopped is PipelineStoppedException or FlowControlException)
        {
            // A command that wants no more, unlike Ctrl+C, has taken the object it stops at. PowerShell tells of it with the
            // same exception as of Ctrl+C, but does not stop this command.
            Shutdown(stopped is FlowControlException || !Stopping ? 1 : 0);
            throw;
        }
    }

    /// <summary>
    /// A stopped pipeline takes no more objects. What became of inputs that were worked on is told to the host, and recorded
    /// in the journal where there is one.
    /// </summary>
    /// <param name="taken">Results that were taken although writing them did not return.</param>
    private void Shutdown(int taken)
    {
        _isFinished = true;
        if (_run is null)
        {
            return;
        }

        _run.Shutdown(new StopReason(ErrorCodes.EntryNotAttempted, NotDone, "the pipeline was stopped."));
        if (StoppedRun.Describe(_run.Undelivered.Skip(taken).ToList(), _run.Tally, _isAllRead, IsMoreToCome, HowToGoOn) is { } text)
        {
            Host?.UI?.WriteWarningLine(VisibleText.Of(text));
        }
    }
}
