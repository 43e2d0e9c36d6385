using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System;
using SsmAssociationTools.Commands.Output;
using SsmAssociationTools.Completion;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs.Create;
using SsmAssociationTools.Runs.Journal;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Scheduling;
using SsmAssociationTools.Validation;

namespace SsmAssociationTools.Commands;

/// <summary>Creates State Manager associations in batches and returns exactly one result for every input, in input order.</summary>
[Cmdlet(VerbsCommon.New, "SsmAssociationBatch", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, HelpUri = HelpUris.NewSsmAssociationBatch)]
[OutputType(typeof(AssociationSuccess), typeof(AssociationFailure))]
public sealed class NewSsmAssociationBatchCommand : ConnectionCommand
{
    private EntryIntake? _intake;
    private readonly Dictionary<Destination, IAssociationGateway> _gateways = [];
    private IReadOnlyList<Destination> _destinations = [];
    private RunControl? _control;
    private AssociationRun? _run;
    private RunReport? _report;
    private Journal? _journal;

    /// <summary>Set where no Region is known: entries that name their own can be sent all the same.</summary>
    private GatewayException? _noRegion;
    private long _ofOtherShards;
    private bool _isWhatIf;
    private bool _isActionShown;
    private bool _stopOnFailure;
    private bool _isFinished;

    /// <summary>
    /// The entries: hashtables, objects, CSV rows, JSON text, AWS SDK or AWS.Tools entries, or results of this module.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Entries", "InputObject")]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[]? Entry { get; set; }

    /// <summary>Entries in one call of the service, at most. The service documents no limit. Default 20.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int BatchSize { get; set; } = 20;

    /// <summary>Calls in flight at the same time, at most. Default 4.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 4;

    /// <summary>Calls that may carry one entry, at most; more than one only where the earlier ones are known not to have acted. Default 8.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    public int MaxAttempt { get; set; } = 8;

    /// <summary>
    /// How long one batch is tried again after throttling or unclear answers, in seconds. Default 300. What is open then is
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
    /// What to do with an entry whose association is there already with the same content: Create (default, as the service
    /// does), Skip or Fail. Skip and Fail read the list of the Region once.
    /// </summary>
    [Parameter]
    public ExistingAssociationAction IfExists { get; set; }

    /// <summary>
    /// A file that records what is sent and what became of it. A later run with the same file and input goes on where this
    /// one ended. Holds no parameter values; a key file of the same name with .key added belongs to it.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    /// <summary>ARN of the IAM role with which State Manager dispatches the associations of this command.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AssociationDispatchAssumeRole { get; set; }

    /// <summary>Sends entries without checking them against the rules. Entries that cannot be read are refused all the same.</summary>
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

    /// <summary>
    /// Takes one part of the input and leaves the others to other runs: 3/16 is the third of sixteen parts. The content of
    /// an entry decides, so the parts of one input are the same on every machine. Entries of other parts give no result.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Shard { get; set; }

    /// <summary>Asks no confirmation, and accepts a plain http endpoint beyond loopback.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        Func<string, bool>? isExcluded = ExcludedRules.Read(this, ExcludeRule);
        CheckDispatchRole(isExcluded);
        _isWhatIf = IsWhatIf();
        _isActionShown = _isWhatIf || IsActionShown();
        _destinations = KnownDestinations();
        if (!_isWhatIf)
        {
            ConnectAll();
        }

        OpenJournal(_isWhatIf);
        List<string?> regions = _destinations.Select(static destination => destination.Region).Distinct().ToList();
        _intake = new EntryIntake(regions.Count == 1 ? regions[0] : null, Strict, isExcluded, SkipValidation, takesResultRegion: Region is null, takesResultRole: RoleArn is null, ShardParameter.Read(this, Shard));
        _stopOnFailure = IsErrorActionStop();
        _report = new RunReport(this, _stopOnFailure);
        _control = new RunControl();
        var options = new RunOptions
        {
            BatchSize = BatchSize,
            ThrottleLimit = ThrottleLimit,
            MaxAttempt = MaxAttempt,
            MaxElapsed = TimeSpan.FromSeconds(RetryTimeout),
            IfExists = IfExists,
            AssociationDispatchAssumeRole = AssociationDispatchAssumeRole,
            StopOnFailure = _stopOnFailure,
        };
        _run = new AssociationRun(GatewayOf, options, _control, _journal, new SystemClock(), new Random(), _report);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Guarded(Shutdown, () =>
    {
        if (!MyInvocation.ExpectingInput && Shard is null && Entry is not null)
        {
            _run!.Expect((long)Entry.Length * _destinations.Count);
        }

        // A null in the pipeline binds as no array at all; it is an input like any other.
        foreach (PSObject? input in Entry ?? [null])
        {
            Take(input);
        }

        if (_run!.Reason is { IsFatal: true } || (_control!.Reason is not null && _stopOnFailure))
        {
            Finish();
        }
    });

    /// <inheritdoc/>
    protected override void EndProcessing() => Guarded(Shutdown, Finish);

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        base.StopProcessing();
        _control?.Interrupt(new StopReason(ErrorCodes.EntryNotAttempted, "Not sent: the command was stopped."), new RunOptions().Grace);
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
            foreach (IAssociationGateway gateway in _gateways.Values)
            {
                gateway.Dispose();
            }

            _intake?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Take(object? input)
    {
        var compared = ComparedInput.Of(input);
        WorkItem read = compared is null ? _intake!.Take(input) : _intake!.Pass(input, compared.Entry, compared.Place);
        if (read.IsOfOtherShard)
        {
            _ofOtherShards++;
            return;
        }

        if (compared is not null)
        {
            compared.Settle(_run!, read);
            return;
        }

        string? errors = EntryIntake.Errors(read);
        if (errors is null)
        {
            _report!.Warnings(read);
        }

        foreach (Destination destination in DestinationsOf(read.Destination))
        {
            Take(read.To(destination), errors);
        }
    }

    /// <summary>Where an entry goes: what it names for itself stands in place of what the command names.</summary>
    private IEnumerable<Destination> DestinationsOf(Destination own) =>
        own.Equals(Destination.Unknown)
            ? _destinations
            : _destinations.Select(common => new Destination(own.Region ?? common.Region, own.RoleArn ?? common.RoleArn)).Distinct();

    private void Take(WorkItem item, string? errors)
    {
        if (errors is not null)
        {
            _run!.AddInvalid(item, errors);
            return;
        }

        if (item.Destination.Region is null && _noRegion is not null)
        {
            RefuseWithoutRegion(item);
            return;
        }

        if ((Force && !_isWhatIf) || IsConfirmed(item))
        {
            _run!.Add(item);
        }
        else
        {
            _run!.AddNotSent(item, ErrorCodes.NotConfirmed, _isWhatIf ? "Not sent: -WhatIf." : "Not sent: not confirmed.");
        }
    }

    /// <summary>Where entries before this one were sent, they keep their results, so only this one fails.</summary>
    private void RefuseWithoutRegion(WorkItem item)
    {
        if (_run!.IsUntouched)
        {
            ThrowTerminatingError(ErrorRecords.Connection(_noRegion!));
        }

        _run.AddNotSent(item, _noRegion!.ErrorCode, _noRegion.Message);
    }

    /// <summary>Asks whether an entry is to be sent. What it says is worked out only where somebody can see it.</summary>
    private bool IsConfirmed(WorkItem item)
    {
        string action = _isActionShown ? Describe(item) : "Create association";
        return ShouldProcess(action, action + "?", "New-SsmAssociationBatch");
    }

    private void Finish()
    {
        if (_ofOtherShards > 0)
        {
            WriteVerbose($"{_ofOtherShards} entries belong to other parts than {Shard}.");
        }

        _run!.Complete();
        _isFinished = true;
        _report!.Finish(_run);
    }

    /// <summary>
    /// A stopped pipeline takes no more objects. What became of entries that were sent is told to the host, and recorded in
    /// the journal where there is one.
    /// </summary>
    private void Shutdown(int taken)
    {
        _isFinished = true;
        if (_run is null)
        {
            return;
        }

        _run.Shutdown(new StopReason(ErrorCodes.EntryNotAttempted, "Not sent: the pipeline was stopped."));
        if (StoppedRun.Describe(_run.Undelivered.Skip(taken).ToList(), JournalPath is not null) is { } text)
        {
            Host?.UI?.WriteWarningLine(text);
        }
    }

    private static string Describe(WorkItem item)
    {
        string target = TargetText.Of(item.Entry);
        string on = target.Length == 0 ? string.Empty : " on " + target;
        string where = (item.Destination.Region is { } region ? " in " + region : string.Empty)
            + (item.Destination.AccountId is { } account ? " of account " + account : string.Empty);
        return $"Create association {item.Entry}{on}{where}; {FirstRun.Describe(item.Entry!, DateTime.UtcNow)}";
    }

    /// <summary>Connects before anything is read: without Region or credentials nothing can succeed.</summary>
    private void ConnectAll()
    {
        // The first connection tells the Region where nothing else did.
        var connected = new List<Destination>();
        foreach (Destination destination in _destinations)
        {
            if (TryConnect(destination) is not { } gateway)
            {
                connected.Add(destination);
                continue;
            }

            var found = new Destination(gateway.Region, destination.RoleArn);
            _gateways.Add(found, gateway);
            connected.Add(found);
        }

        _destinations = connected;
    }

    private IAssociationGateway? TryConnect(Destination destination)
    {
        bool isOnly = _destinations.Count == 1;
        if (destination.Region is not null)
        {
            return Connect(destination, isOnly);
        }

        try
        {
            return Open(destination, isOnly, Force, ThrottleLimit, TimeSpan.FromSeconds(TimeoutSec));
        }
        catch (GatewayException error) when (error.Kind == GatewayErrorKind.NoRegion)
        {
            _noRegion = error;
            return null;
        }
        catch (GatewayException error)
        {
            ThrowTerminatingError(ErrorRecords.Connection(error));
            throw;
        }
    }

    private IAssociationGateway GatewayOf(Destination destination)
    {
        if (!_gateways.TryGetValue(destination, out IAssociationGateway? gateway))
        {
            gateway = Connect(destination, isOnly: false);
            _gateways.Add(destination, gateway);
        }

        return gateway;
    }

    private IAssociationGateway Connect(Destination destination, bool isOnly) =>
        Connect(destination, isOnly, Force, ThrottleLimit, TimeSpan.FromSeconds(TimeoutSec));

    private void OpenJournal(bool isWhatIf)
    {
        if (JournalPath is null || isWhatIf)
        {
            return;
        }

        try
        {
            _journal = Journal.Open(GetUnresolvedProviderPathFromPSPath(JournalPath));
            if (_journal.KnownEntries > 0)
            {
                WriteVerbose($"The journal knows {_journal.KnownEntries} entries from earlier runs.");
            }
        }
        catch (JournalException error)
        {
            ThrowTerminatingError(ErrorRecords.Journal(error, JournalPath));
        }
    }

    private void CheckDispatchRole(Func<string, bool>? isExcluded)
    {
        if (AssociationDispatchAssumeRole is null || SkipValidation)
        {
            return;
        }

        var issues = new IssueCollector(Strict, isExcluded);
        EntryValidator.ValidateDispatchRole(AssociationDispatchAssumeRole, issues);
        if (EntryIntake.Errors(issues.Take()) is { } errors)
        {
            ThrowTerminatingError(ErrorRecords.InvalidParameter(nameof(AssociationDispatchAssumeRole), AssociationDispatchAssumeRole, errors));
        }
    }

    /// <summary>
    /// Whether ShouldProcess shows what it is told: as a question, or in the verbose stream. -Debug turns both on. The
    /// engine reads the preferences once for each call of a cmdlet as well.
    /// </summary>
    private bool IsActionShown()
    {
        if (IsSwitchedOn("Debug"))
        {
            return true;
        }

        bool mayAsk = MyInvocation.BoundParameters.ContainsKey("Confirm")
            ? IsSwitchedOn("Confirm")
            : !LanguagePrimitives.TryConvertTo(GetVariableValue("ConfirmPreference"), out ConfirmImpact threshold) || threshold is ConfirmImpact.Low or ConfirmImpact.Medium;
        bool isVerbose = MyInvocation.BoundParameters.ContainsKey("Verbose")
            ? IsSwitchedOn("Verbose")
            : !LanguagePrimitives.TryConvertTo(GetVariableValue("VerbosePreference"), out ActionPreference verbose) || verbose is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);
        return mayAsk || isVerbose;
    }

    private bool IsSwitchedOn(string name) =>
        MyInvocation.BoundParameters.TryGetValue(name, out object? bound) && LanguagePrimitives.IsTrue(bound);
}
