using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using SsmAssociationTools.Commands.Output;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Model;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Runs.Read;

namespace SsmAssociationTools.Commands;

/// <summary>What cmdlets share that read the associations of Regions and accounts. Nothing is created or changed.</summary>
public abstract class ReadBackCommand : ConnectionCommand
{
    private static readonly TimeSpan s_callTimeout = TimeSpan.FromSeconds(30);

    // It has no timer, so it need not be disposed, and a stop may come at any time.
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _log = new();
    private readonly RunOptions _options = new();
    private readonly SystemClock _clock = new();
    private readonly Backoff _backoff = new(new Random());
    private readonly List<OpenPlace> _open = [];
    private readonly List<ErrorRecord> _errors = [];
    private CommandProgress? _progress;
    private RepeatedErrors? _repeated;

    /// <summary>Calls in flight at the same time, at most. Default 4.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 4;

    /// <summary>Accepts a plain http endpoint beyond loopback.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Takes the errors of single inputs.</summary>
    private protected RepeatedErrors Errors => _repeated ??= new ErrorsByKind(this);

    /// <summary>Connects to a place, until the command ends.</summary>
    private protected OpenPlace Open(Destination destination, bool isOnly)
    {
        _progress ??= new CommandProgress(this, isShownAtOnce: false);
        IAssociationGateway gateway = Connect(destination, isOnly, Force, ThrottleLimit, s_callTimeout);
        var place = new OpenPlace(destination with { Region = gateway.Region }, gateway);
        _open.Add(place);
        int pages = 0;
        place.Fleet = new FleetReader(
            new AssociationReader(gateway, _options, _clock, _backoff, _log.Enqueue),
            ThrottleLimit,
            () => Tell(place, ref pages),
            _stop.Token);
        return place;
    }

    /// <summary>Reads the associations of a place, in the order of its list.</summary>
    /// <returns>False where the list could not be read to its end; the command then ends with an error.</returns>
    private protected bool ReadList(OpenPlace place, ListRequest filter, Func<AssociationRecord, bool> isWanted, Action<ExistingAssociation> take) => UnlessStopped(() =>
    {
        FleetReader fleet = place.Fleet;
        try
        {
            foreach (AssociationRecord record in fleet.ReadList(filter, isWanted, id => WriteVerbose(VisibleText.Of($"{place.Destination}: {id} was deleted while the list was read, and is left out."))))
            {
                take(place.Existing(record));
            }

            WriteVerbose($"{place.Destination}: {fleet.Listed} associations listed, {fleet.Given} read.");
            return true;
        }
        catch (GatewayException error)
        {
            _errors.Add(ErrorRecords.ListIncomplete(error, place.Destination, fleet));
            return false;
        }
    });

    /// <summary>
    /// Ends the reading, with an error where a list could not be read to its end. The other places have been read by then;
    /// but what follows in the pipeline must not take a part for the whole: an export would replace a complete file.
    /// </summary>
    private protected void EndReading()
    {
        _progress?.End();
        Errors.Finish();
        for (int i = 0; i < _errors.Count - 1; i++)
        {
            WriteError(_errors[i]);
        }

        if (_errors.Count > 0)
        {
            ThrowTerminatingError(_errors[_errors.Count - 1]);
        }
    }

    /// <summary>Does what reads, and turns what a stop cancels into the end of the pipeline.</summary>
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
            foreach (OpenPlace place in _open)
            {
                place.Dispose();
            }

            _open.Clear();
        }

        base.Dispose(disposing);
    }

    /// <summary>Writes what happened since the last time; called by the pipeline's thread while it waits.</summary>
    private void Tell(OpenPlace open, ref int pages)
    {
        Destination place = open.Destination;
        FleetReader fleet = open.Fleet;
        while (_log.TryDequeue(out string? line))
        {
            WriteVerbose(VisibleText.Of($"{place}: {line}"));
        }

        if (fleet.Pages != pages)
        {
            pages = fleet.Pages;
            WriteVerbose($"{place}: {pages} pages of the list read, with {fleet.Listed} associations.");
        }

        _progress!.Show(_ => new ProgressRecord(1, MyInvocation.MyCommand.Name, $"{place}: {fleet.Given} associations read."));
    }
}
