using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using SsmAssociationTools.Batching;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Commands;

/// <summary>What cmdlets share that read the associations of Regions and accounts. Nothing is created or changed.</summary>
public abstract class ReadBackCommand : ConnectionCommand
{
    private static readonly TimeSpan s_callTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_progressInterval = TimeSpan.FromMilliseconds(300);

    // It has no timer, so it need not be disposed, and a stop may come at any time.
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _log = new();
    private readonly RunOptions _options = new();
    private readonly SystemClock _clock = new();
    private readonly Backoff _backoff = new(new Random());
    private readonly List<IDisposable> _open = [];
    private DateTime _lastProgress = DateTime.UtcNow;
    private bool _hasProgress;

    /// <summary>Calls in flight at the same time, at most. Default 4.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 4;

    /// <summary>Accepts a plain http endpoint beyond loopback.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Connects to a place and makes a reader of it, which live until the command ends.</summary>
    /// <param name="place">Region and role; a null Region is filled in.</param>
    /// <param name="isOnly">True where there is no other place.</param>
    /// <param name="gateway">The connection.</param>
    /// <returns>The reader.</returns>
    private protected FleetReader Open(ref Destination place, bool isOnly, out IAssociationGateway gateway)
    {
        gateway = Connect(place, isOnly, Force, ThrottleLimit, s_callTimeout);
        _open.Add(gateway);
        place = place with { Region = gateway.Region };
        string name = place.ToString();
        FleetReader? fleet = null;
        int pages = 0;
        fleet = new FleetReader(
            new AssociationReader(gateway, _options, _clock, _backoff, _log.Enqueue),
            ThrottleLimit,
            () => Tell(name, fleet!, ref pages),
            _stop.Token);
        _open.Add(fleet);
        return fleet;
    }

    /// <summary>Reads the associations of a place, in the order of its list.</summary>
    /// <param name="place">Region and role.</param>
    /// <param name="isOnly">True where there is no other place.</param>
    /// <param name="filter">What the service is to leave out.</param>
    /// <param name="isWanted">Says of a line of the list whether its association is read.</param>
    /// <param name="take">Takes each association as soon as it and all before it are read.</param>
    /// <returns>Why the list could not be read to its end; null where it was.</returns>
    private protected ErrorRecord? ReadList(
        Destination place,
        bool isOnly,
        ListRequest filter,
        Func<AssociationRecord, bool> isWanted,
        Action<ExistingAssociation> take) => UnlessStopped(() =>
    {
        FleetReader fleet = Open(ref place, isOnly, out IAssociationGateway gateway);
        try
        {
            foreach (AssociationRecord record in fleet.ReadList(filter, isWanted, id => WriteVerbose($"{place}: {id} was deleted while the list was read, and is left out.")))
            {
                take(Existing(record, place, gateway));
            }

            WriteVerbose($"{place}: {fleet.Listed} associations listed, {fleet.Given} read.");
            return null;
        }
        catch (GatewayException error)
        {
            return ReadErrors.Incomplete(error, place, fleet);
        }
    });

    /// <summary>Makes the output of what was read.</summary>
    /// <param name="record">The association.</param>
    /// <param name="place">Region and role.</param>
    /// <param name="gateway">The connection through which it was read.</param>
    /// <returns>The association with its content as an entry.</returns>
    private protected static ExistingAssociation Existing(AssociationRecord record, Destination place, IAssociationGateway gateway) =>
        new(record.AssociationId!, ReadBackContent.Of(record.Content, record.AssociationId))
        {
            AssociationVersion = record.AssociationVersion,
            Status = record.Status,
            DetailedStatus = record.DetailedStatus,
            Date = record.Date,
            LastUpdateAssociationDate = record.LastUpdateAssociationDate,
            LastExecutionDate = record.LastExecutionDate,
            AssociationDispatchAssumeRole = record.AssociationDispatchAssumeRole,
            Region = place.Region,
            AccountId = gateway.AccountId,
            RoleArn = place.RoleArn,
        };

    /// <summary>Does what reads, and turns what a stop cancels into the end of the pipeline.</summary>
    /// <typeparam name="T">What comes of it.</typeparam>
    /// <param name="read">What reads.</param>
    /// <returns>What came of it.</returns>
    private protected T UnlessStopped<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>Takes the progress bar away.</summary>
    private protected void EndProgress()
    {
        if (_hasProgress)
        {
            WriteProgress(new ProgressRecord(1, MyInvocation.MyCommand.Name, "Done") { RecordType = ProgressRecordType.Completed });
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        base.StopProcessing();
        _stop.Cancel();
    }

    /// <summary>Gives up what is being read, which is at most a few calls, and releases the connections.</summary>
    /// <param name="disposing">True unless the object is being collected.</param>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // Readers before their connections.
            for (int i = _open.Count - 1; i >= 0; i--)
            {
                _open[i].Dispose();
            }

            _open.Clear();
        }

        base.Dispose(disposing);
    }

    /// <summary>Writes what happened since the last time; called by the pipeline's thread while it waits.</summary>
    private void Tell(string place, FleetReader fleet, ref int pages)
    {
        while (_log.TryDequeue(out string? line))
        {
            WriteVerbose(place + ": " + line);
        }

        if (fleet.Pages != pages)
        {
            pages = fleet.Pages;
            WriteVerbose($"{place}: {pages} pages of the list read, with {fleet.Listed} associations.");
        }

        DateTime now = DateTime.UtcNow;
        if (now - _lastProgress >= s_progressInterval)
        {
            _lastProgress = now;
            _hasProgress = true;
            WriteProgress(new ProgressRecord(1, MyInvocation.MyCommand.Name, $"{place}: {fleet.Given} associations read."));
        }
    }
}
