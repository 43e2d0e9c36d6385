using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.Commands.Output;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Runs.Journal;

namespace SsmAssociationTools.Commands;

/// <summary>
/// What cmdlets share that change associations: how hard they try, the journal, the confirmation, and a result for every
/// input, also for those that come after the run was stopped.
/// </summary>
public abstract class RunCommand : ConnectionCommand
{
    private readonly Dictionary<Destination, IAssociationGateway> _gateways = [];
    private RunControl? _control;
    private OrderedRun? _run;
    private Action? _report;
    private IPlacedJournal? _journal;
    private bool _isFinished;

    /// <summary>Set where no Region is known: inputs that name their own can be worked on all the same.</summary>
    private GatewayException? _noRegion;

    /// <summary>Calls of one Region and account in flight at the same time, at most. Default 4.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 4;

    /// <summary>
    /// Calls that may be made for one input, at most; more than one only where the earlier ones are known not to have acted,
    /// or where acting twice does no harm. Default 8.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 100)]
    public int MaxAttempt { get; set; } = 8;

    /// <summary>
    /// How long one call is tried again after throttling or unclear answers, in seconds. Default 300. What is open then is
    /// reported as it is known.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 86_400)]
    public int RetryTimeout { get; set; } = 300;

    /// <summary>
    /// How long one call may take, in seconds, before it counts as unanswered. Default 30. The AWS SDK waits 100 seconds and
    /// sends again twice, which would create associations twice.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 90)]
    public int TimeoutSec { get; set; } = 30;

    /// <summary>
    /// A file that records what is done and what came of it. A later run of the same command with the same file and input
    /// goes on where this one ended. Holds no parameter values.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    /// <summary>Asks no confirmation, and accepts a plain http endpoint beyond loopback.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Leaves out the line of counts at the end.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>The line of counts at the end.</summary>
    private protected ClosingLine Closing { get; } = new();

    /// <summary>Where the command works, unless an input names its own place.</summary>
    private protected IReadOnlyList<Destination> Destinations { get; private set; } = [];

    /// <summary>True where nothing is done: -WhatIf.</summary>
    private protected bool IsPlan { get; private set; }

    /// <summary>True under -ErrorAction Stop.</summary>
    private protected bool StopsOnFailure { get; private set; }

    /// <summary>What was not done to an input that nothing was tried for, as messages begin: <c>Not sent</c>.</summary>
    private protected abstract string NotDone { get; }

    /// <summary>How to go on after the pipeline was stopped, in a sentence.</summary>
    private protected abstract string HowToGoOn { get; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        IsPlan = IsWhatIf();
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
        BeforeEnd();
        CompleteRun();
        if (!Quiet && !IsPlan)
        {
            Closing.Write(this);
        }
    });

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        base.StopProcessing();
        _control?.Interrupt(new StopReason(ErrorCodes.EntryNotAttempted, NotDone + ": the command was stopped."), new RunOptions().Grace);
    }

    /// <summary>Waits for calls in flight where the pipeline ended without us, then releases the connections.</summary>
    /// <param name="disposing">True unless the object is being collected.</param>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            if (!_isFinished)
            {
                Shutdown(0);
            }

            _run?.Dispose();
            _journal?.Dispose();
            foreach (IAssociationGateway gateway in _gateways.Values.Distinct())
            {
                gateway.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    /// <summary>Takes what the pipeline binds.</summary>
    private protected abstract void TakeInput();

    /// <summary>Comes after the last input.</summary>
    private protected virtual void BeforeEnd()
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

    /// <summary>Opens the journal, where one is asked for and something is to be done.</summary>
    /// <param name="open">Opens a file.</param>
    /// <param name="known">Counts what earlier runs left in it.</param>
    /// <param name="inputs">What it counts, in the plural.</param>
    private protected TJournal? OpenJournal<TJournal>(Func<string, TJournal> open, Func<TJournal, int> known, string inputs)
        where TJournal : class, IPlacedJournal
    {
        if (JournalPath is null || IsPlan)
        {
            return null;
        }

        try
        {
            TJournal journal = open(FilePath.Resolve(this, nameof(JournalPath), JournalPath)!);
            _journal = journal;
            Enter(_gateways.Values.Distinct(), isNamedByInput: false);
            if (known(journal) > 0)
            {
                WriteVerbose($"The journal knows {known(journal)} {inputs} from earlier runs.");
            }

            return journal;
        }
        catch (JournalException error)
        {
            ThrowTerminatingError(ErrorRecords.Journal(error, JournalPath));
            throw;
        }
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
            gateway = Open(destination, isOnly: Destinations.Count == 1 && _gateways.Count == 0, Force, ThrottleLimit, TimeSpan.FromSeconds(TimeoutSec));
        }
        catch (GatewayException error) when (error.Kind == GatewayErrorKind.NoRegion)
        {
            _noRegion = error;
            throw;
        }

        _gateways.Add(destination, gateway);
        Enter([gateway], isNamedByInput: true);
        return gateway;
    }

    /// <summary>Holds the journal against where the command works: it answers for nothing else.</summary>
    private void Enter(IEnumerable<IAssociationGateway> gateways, bool isNamedByInput)
    {
        if (_journal is null)
        {
            return;
        }

        try
        {
            _journal.Places.Enter(gateways.Select(gateway => Locate(gateway, _journal.Places.AccountOf)).ToList(), isNamedByInput);
        }
        catch (JournalException error)
        {
            ThrowTerminatingError(ErrorRecords.Journal(error, JournalPath!));
        }
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

    /// <summary>How the run works; what one command needs beyond that, it adds.</summary>
    private protected RunOptions Options(int batchSize = 1, ExistingAssociationAction ifExists = default, string? dispatchRole = null) => new()
    {
        BatchSize = batchSize,
        ThrottleLimit = ThrottleLimit,
        MaxAttempt = MaxAttempt,
        MaxElapsed = TimeSpan.FromSeconds(RetryTimeout),
        IfExists = ifExists,
        AssociationDispatchAssumeRole = dispatchRole,
        StopOnFailure = StopsOnFailure,
    };

    /// <summary>Has an input worked on, or settles it: after a stop, without a way to its place, under -WhatIf, or where the user says no.</summary>
    /// <param name="describe">What would be done, in words that may be shown.</param>
    /// <param name="refuse">The result of an input that is not worked on; takes the message.</param>
    private protected void Add<TItem, TResult>(OrderedRun<TItem, TResult> run, TItem item, Func<string> describe, Func<string, TResult> refuse)
        where TItem : RunItem<TResult>
        where TResult : class
    {
        if (!IsPlan && run.SettleUnlessOpen(item))
        {
            return;
        }

        if (!IsPlan && Force)
        {
            run.Add(item);
            return;
        }

        string action = VisibleText.Of(describe());
        if (ShouldProcess(action, action + "?", MyInvocation.MyCommand.Name))
        {
            run.Add(item);
        }
        else
        {
            run.Settle(item, refuse(NotDone + (IsPlan ? ": -WhatIf." : ": not confirmed.")));
        }
    }

    /// <summary>
    /// Whether ShouldProcess shows what it is told: as a question, or in the verbose stream. -Debug turns both on. The
    /// engine reads the preferences once for each call of a cmdlet as well.
    /// </summary>
    /// <param name="impact">That of the command.</param>
    private protected bool IsActionShown(ConfirmImpact impact)
    {
        if (IsPlan || IsSwitchedOn("Debug"))
        {
            return true;
        }

        bool mayAsk = MyInvocation.BoundParameters.ContainsKey("Confirm")
            ? IsSwitchedOn("Confirm")
            : !LanguagePrimitives.TryConvertTo(GetVariableValue("ConfirmPreference"), out ConfirmImpact threshold) || (threshold != ConfirmImpact.None && threshold <= impact);
        bool isVerbose = MyInvocation.BoundParameters.ContainsKey("Verbose")
            ? IsSwitchedOn("Verbose")
            : !LanguagePrimitives.TryConvertTo(GetVariableValue("VerbosePreference"), out ActionPreference verbose) || verbose is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);
        return mayAsk || isVerbose;
    }

    private bool IsSwitchedOn(string name) =>
        MyInvocation.BoundParameters.TryGetValue(name, out object? bound) && LanguagePrimitives.IsTrue(bound);

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

        _run.Shutdown(new StopReason(ErrorCodes.EntryNotAttempted, NotDone + ": the pipeline was stopped."));
        if (StoppedRun.Describe(_run.Undelivered.Skip(taken), HowToGoOn) is { } text)
        {
            Host?.UI?.WriteWarningLine(VisibleText.Of(text));
        }
    }
}
