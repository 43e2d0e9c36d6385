using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.Commands.Output;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Runs.Journal;
using SsmAssociationTools.Runs.Remove;

namespace SsmAssociationTools.Commands;

/// <summary>Deletes State Manager associations by id and returns exactly one result for every input, in input order.</summary>
[Cmdlet(VerbsCommon.Remove, "SsmAssociationBatch", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, HelpUri = HelpUris.RemoveSsmAssociationBatch)]
[OutputType(typeof(AssociationRemoval))]
public sealed class RemoveSsmAssociationBatchCommand : ConnectionCommand
{
    private readonly Dictionary<Destination, IAssociationGateway> _gateways = [];
    private IReadOnlyList<Destination> _destinations = [];
    private RemovalReader? _reader;
    private RemovalRoute? _route;
    private RunControl? _control;
    private RemovalRun? _run;
    private RemovalReport? _report;
    private RemovalJournal? _journal;
    private bool _isWhatIf;
    private bool _stopOnFailure;
    private bool _isFinished;

    /// <summary>
    /// What is to be removed: results of New-SsmAssociationBatch, output of Get- or Compare-SsmAssociationEntry, objects or CSV
    /// rows with AssociationId, or ids.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("AssociationId", "Association")]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[]? InputObject { get; set; }

    /// <summary>Associations of one Region and account that are worked on at the same time, at most. Default 4.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 4;

    /// <summary>Calls to delete one association, at most. Default 8.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    public int MaxAttempt { get; set; } = 8;

    /// <summary>How long one association is tried again after throttling or unclear answers, in seconds. Default 300.</summary>
    [Parameter]
    [ValidateRange(1, 86_400)]
    public int RetryTimeout { get; set; } = 300;

    /// <summary>How long one call may take, in seconds, before it counts as unanswered. Default 30.</summary>
    [Parameter]
    [ValidateRange(1, 90)]
    public int TimeoutSec { get; set; } = 30;

    /// <summary>
    /// A file that records what is deleted. A later run with the same file and input goes on where this one ended. Holds ids
    /// and no content. Not a journal of New-SsmAssociationBatch.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    /// <summary>Asks no confirmation, compares no content before deleting, and accepts a plain http endpoint beyond loopback.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _isWhatIf = IsWhatIf();
        _destinations = KnownDestinations();
        _route = new RemovalRoute(_destinations, isRegionGiven: Region is not null);
        _reader = new RemovalReader(needsContent: !Force);
        OpenJournal();
        _stopOnFailure = IsErrorActionStop();
        _report = new RemovalReport(this, _stopOnFailure);
        _control = new RunControl();
        var options = new RunOptions
        {
            ThrottleLimit = ThrottleLimit,
            MaxAttempt = MaxAttempt,
            MaxElapsed = TimeSpan.FromSeconds(RetryTimeout),
            StopOnFailure = _stopOnFailure,
        };
        _run = new RemovalRun(GatewayOf, options, skipsCheck: Force, _control, _journal, new SystemClock(), new Random(), _report);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Guarded(Shutdown, () =>
    {
        // A null in the pipeline binds as no array at all; it is an input like any other.
        foreach (PSObject? input in InputObject ?? [null])
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
        _control?.Interrupt(new StopReason(ErrorCodes.EntryNotAttempted, "Not removed: the command was stopped."), new RunOptions().Grace);
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
        }

        base.Dispose(disposing);
    }

    private void Take(PSObject? input)
    {
        RemovalItem item = _reader!.Read(input);
        RemovalRefusal? refusal = item.Refusal;
        if (refusal is not null || _route!.Find(item, out refusal) is not { } destination)
        {
            _run!.AddRefused(item, refusal!);
            return;
        }

        if (destination.Region is null && !_isWhatIf && !HasRegion(destination, out GatewayException? noRegion))
        {
            // Where inputs before this one had a Region, they keep their results, so only this one fails.
            if (item.Index == 0)
            {
                ThrowTerminatingError(ErrorRecords.Connection(noRegion!));
            }

            _run!.AddRefused(item, new RemovalRefusal(RemovalStatus.NotAttempted, noRegion!.ErrorCode, noRegion.Message));
            return;
        }

        string action = Describe(item, destination);
        if ((Force && !_isWhatIf) || ShouldProcess(action, action + "?", "Remove-SsmAssociationBatch"))
        {
            _run!.Add(item, destination);
        }
        else
        {
            item.Region = destination.Region;
            item.RoleArn = destination.RoleArn;
            _run!.AddRefused(item, new RemovalRefusal(RemovalStatus.NotAttempted, ErrorCodes.NotConfirmed, _isWhatIf ? "Not removed: -WhatIf." : "Not removed: not confirmed."));
        }
    }

    private void Finish()
    {
        _run!.Complete();
        _isFinished = true;
        _report!.Finish(_run);
    }

    /// <summary>
    /// A stopped pipeline takes no more objects. What became of associations that were worked on is told to the host, and
    /// recorded in the journal where there is one.
    /// </summary>
    private void Shutdown(int taken)
    {
        _isFinished = true;
        if (_run is null)
        {
            return;
        }

        _run.Shutdown(new StopReason(ErrorCodes.EntryNotAttempted, "Not removed: the pipeline was stopped."));
        if (StoppedRun.Describe(_run.Undelivered.Skip(taken)) is { } text)
        {
            Host?.UI?.WriteWarningLine(text);
        }
    }

    private static string Describe(RemovalItem item, Destination destination)
    {
        string what = AssociationText.Of(item.AssociationId, item.Content?.Name ?? item.Name, item.Content?.AssociationName ?? item.AssociationName, TargetText.Of(item.Content));
        return $"Delete association {what} in {destination}";
    }

    /// <summary>Connects to the default Region, where there is one.</summary>
    private bool HasRegion(Destination destination, out GatewayException? noRegion)
    {
        noRegion = null;
        try
        {
            GatewayOf(destination);
            return true;
        }
        catch (GatewayException error) when (error.Kind == GatewayErrorKind.NoRegion)
        {
            noRegion = error;
            return false;
        }
    }

    private IAssociationGateway GatewayOf(Destination destination)
    {
        if (_gateways.TryGetValue(destination, out IAssociationGateway? gateway))
        {
            return gateway;
        }

        try
        {
            gateway = Open(destination, isOnly: _destinations.Count == 1, Force, ThrottleLimit, TimeSpan.FromSeconds(TimeoutSec));
        }
        catch (GatewayException error) when (error.Kind != GatewayErrorKind.NoRegion)
        {
            ThrowTerminatingError(ErrorRecords.Connection(error));
            throw;
        }

        _gateways.Add(destination, gateway);
        return gateway;
    }

    private void OpenJournal()
    {
        if (JournalPath is null || _isWhatIf)
        {
            return;
        }

        try
        {
            _journal = RemovalJournal.Open(GetUnresolvedProviderPathFromPSPath(JournalPath));
            if (_journal.KnownAssociations > 0)
            {
                WriteVerbose($"The journal knows {_journal.KnownAssociations} associations from earlier runs.");
            }
        }
        catch (JournalException error)
        {
            ThrowTerminatingError(ErrorRecords.Journal(error, JournalPath));
        }
    }
}
