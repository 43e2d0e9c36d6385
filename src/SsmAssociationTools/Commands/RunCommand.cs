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

/// <summary>What cmdlets share that change associations: how hard they try, the journal and the confirmation.</summary>
public abstract class RunCommand : OrderedCommand
{
    private IPlacedJournal? _journal;

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

    /// <summary>True where nothing is done: -WhatIf.</summary>
    private protected bool IsPlan { get; private set; }

    private protected sealed override int MaxCalls => ThrottleLimit;

    private protected sealed override bool AllowsPlainHttp => Force;

    private protected sealed override TimeSpan CallTimeout => TimeSpan.FromSeconds(TimeoutSec);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        IsPlan = IsWhatIf();
        base.BeginProcessing();
    }

    private protected sealed override void AfterEnd()
    {
        if (!Quiet && !IsPlan)
        {
            Closing.Write(this);
        }
    }

    /// <summary>Waits for calls in flight where the pipeline ended without us, then closes the journal and the connections.</summary>
    /// <param name="disposing">True unless the object is being collected.</param>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // What the calls in flight came to is still recorded.
            EndRun();
            _journal?.Dispose();
        }

        base.Dispose(disposing);
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
            Enter(Gateways, isNamedByInput: false);
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

    private protected sealed override void Connected(IAssociationGateway gateway) => Enter([gateway], isNamedByInput: true);

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
            string reason = NotDone + (IsPlan ? ": -WhatIf." : ": not confirmed.");
            run.Decline(item, ErrorCodes.NotConfirmed, reason, () => refuse(reason));
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
}
