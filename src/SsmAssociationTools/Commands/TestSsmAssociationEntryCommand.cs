using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Commands.Output;
using SsmAssociationTools.Completion;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Model;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Runs.Online;
using SsmAssociationTools.Validation;

namespace SsmAssociationTools.Commands;

/// <summary>
/// Says of each entry what the service would refuse, without calling it: needs no network, no credentials, no AWS SDK. With
/// -Online it also asks the service for what only the service knows. Nothing is created or changed.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "SsmAssociationEntry", HelpUri = HelpUris.TestSsmAssociationEntry)]
[OutputType(typeof(EntryValidation), typeof(bool))]
public sealed class TestSsmAssociationEntryCommand : ConnectionCommand
{
    /// <summary>Entries that may be looked up ahead of the one whose turn it is: verdicts come out in input order.</summary>
    private const int Window = 256;

    /// <summary>Ids of nodes that a verdict has.</summary>
    private const int FirstNodes = 10;

    private static readonly TimeSpan s_callTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_idleInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>Parameters that say how the service is reached.</summary>
    private static readonly string[] s_connection =
    [
        nameof(ProfileName), nameof(ProfileLocation), nameof(AccessKey), nameof(SecretKey), nameof(SessionToken), nameof(Credential), nameof(RoleArn),
        nameof(RoleSessionName), nameof(ExternalId), nameof(DurationInSeconds), nameof(EndpointUrl), nameof(ThrottleLimit), nameof(Force),
    ];

    // It has no timer, so it need not be disposed, and a stop may come at any time.
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _log = new();
    private readonly Dictionary<Destination, OnlinePlace> _places = [];
    private readonly Queue<(ReadInput Input, IReadOnlyList<(OnlinePlace Place, Task<Sight> Look)> Looks)> _waiting = new();
    private readonly SystemClock _clock = new();
    private readonly Backoff _backoff = new(new Random());
    private IReadOnlyList<Destination> _destinations = [];
    private CommandProgress? _progress;
    private EntryIntake? _intake;
    private Func<string, KnownDocument?>? _documents;
    private long _written;

    /// <summary>
    /// The entries: hashtables, objects, CSV rows, JSON text, AWS SDK or AWS.Tools entries, or results of this module.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Entries", "InputObject")]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[]? Entry { get; set; }

    /// <summary>
    /// Also asks the service: for the document and its parameters, the nodes that the targets select now, the room that is
    /// left and the change calendars.
    /// </summary>
    [Parameter]
    public SwitchParameter Online { get; set; }

    /// <summary>
    /// A folder with documents as files, or one such file: the content as JSON or YAML, named after the document. They stand in
    /// place of what the module, or with -Online the service, knows of documents of these names.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DocumentPath { get; set; }

    /// <summary>Returns true or false for each entry instead of its problems.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Makes every warning an error.</summary>
    [Parameter]
    public SwitchParameter Strict { get; set; }

    /// <summary>Ids of rules to turn off, as listed in docs/rules.md; wildcards are allowed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RuleIdCompleter))]
    public string[] ExcludeRule { get; set; } = [];

    /// <summary>Ids of rules to turn on that are off by default, as listed in docs/rules.md; wildcards are allowed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SilentRuleCompleter))]
    public string[] IncludeRule { get; set; } = [];

    /// <summary>With -Online, calls in flight at the same time, at most. Default 4.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 4;

    /// <summary>With -Online, accepts a plain http endpoint beyond loopback.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (!Online && Array.Find(s_connection, MyInvocation.BoundParameters.ContainsKey) is { } given)
        {
            ThrowTerminatingError(ErrorRecords.InvalidParameter(given, null, $"-{given} belongs to -Online: without it nothing is called."));
        }

        IReadOnlyList<string> regions = KnownRegions();
        string? region = Online || Region is not null ? (regions.Count == 1 ? regions[0] : null) : null;
        _documents = DocumentFiles.Read(this, DocumentPath);
        _intake = new EntryIntake(region, Strict, ExcludedRules.Read(this, ExcludeRule, IncludeRule), skipRules: false, takesResultRegion: Region is null, takesResultRole: RoleArn is null, documents: _documents);
        if (Online)
        {
            _progress = new CommandProgress(this, isShownAtOnce: false);
            _destinations = KnownDestinations();
            foreach (Destination destination in _destinations)
            {
                // Where no Region is known, entries may name their own.
                OnlinePlace place = PlaceOf(destination);
                if (place.Failure is { } failure && (failure.Kind != GatewayErrorKind.NoRegion || destination.Region is not null))
                {
                    ThrowTerminatingError(ErrorRecords.Connection(failure));
                }
            }
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // A null in the pipeline binds as no array at all; it is an input like any other.
        foreach (PSObject? input in Entry ?? [null])
        {
            if (Online)
            {
                Look(input);
            }
            else
            {
                Write(_intake!.Take(input), null, []);
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        while (_waiting.Count > 0)
        {
            WriteNext();
        }

        _progress?.End();
    }

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        base.StopProcessing();
        _stop.Cancel();
    }

    /// <summary>Gives up what is being looked up, and releases the connections.</summary>
    /// <param name="disposing">True unless the object is being collected.</param>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Cancel();
            try
            {
                Task.WaitAll(_waiting.SelectMany(static one => one.Looks).Select(static one => (Task)one.Look).ToArray());
            }
            catch (AggregateException)
            {
                // Nobody waits for what it would have said.
            }

            foreach (OnlinePlace place in _places.Values)
            {
                place.Dispose();
            }

            _places.Clear();
            _intake?.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Begins to look up what there is to know for an input, and writes what is known by now.</summary>
    private void Look(PSObject? input)
    {
        ReadInput read = _intake!.Read(input);
        var looks = new List<(OnlinePlace Place, Task<Sight> Look)>();
        if (read.Facts.Entry is { } entry)
        {
            foreach (OnlinePlace place in PlacesOf(read.Destination))
            {
                if (place.Failure is { Kind: GatewayErrorKind.NoRegion })
                {
                    ThrowTerminatingError(ErrorRecords.Connection(place.Failure));
                }

                looks.Add((place, place.View is { } view ? Task.Run(() => view.LookAsync(entry, read.Facts.Decisive.AssociationId), _stop.Token) : Task.FromResult(Sight.None(place.Failure!))));
            }
        }

        _waiting.Enqueue((read, looks));
        while (_waiting.Count > 0 && (_waiting.Count >= Window || _waiting.Peek().Looks.All(static one => one.Look.IsCompleted)))
        {
            WriteNext();
        }
    }

    private void WriteNext()
    {
        (ReadInput read, IReadOnlyList<(OnlinePlace Place, Task<Sight> Look)> looks) = _waiting.Peek();
        var sights = new List<(OnlinePlace Place, Sight Sight)>();
        foreach ((OnlinePlace place, Task<Sight> look) in looks)
        {
            sights.Add((place, Await(look)));
        }

        _waiting.Dequeue();
        CheckedInput item = _intake!.Check(read, [.. sights.Select(static one => one.Sight.Document?.Known)], issues =>
        {
            foreach ((OnlinePlace place, Sight sight) in sights)
            {
                place.Rules.Check(read.Facts.Entry!, sight, issues);
            }
        });

        // What is not known of one place is not known of all.
        bool isCounted = sights.Count > 0 && sights.TrueForAll(static one => one.Sight.Nodes.Numbers is not null);
        int? count = isCounted ? sights.Sum(static one => one.Sight.Nodes.Numbers!.Count) : null;
        Write(item, count, isCounted ? sights.SelectMany(static one => one.Sight.Nodes.Numbers!.Take(FirstNodes).Select(one.Place.View!.Nodes.IdOf)).Take(FirstNodes).ToArray() : []);
    }

    private void Write(CheckedInput item, int? nodeCount, IReadOnlyList<string> firstNodeIds)
    {
        _written++;
        var validation = new EntryValidation(item.Index, item.Entry, item.Facts.Input, item.Issues)
        {
            Source = item.Facts.Source,
            NodeCount = nodeCount,
            FirstNodeIds = firstNodeIds,
        };
        if (Quiet)
        {
            WriteObject(validation.IsValid);
        }
        else
        {
            WriteObject(validation);
        }
    }

    private T Await<T>(Task<T> look)
    {
        try
        {
            while (Task.WaitAny([look], s_idleInterval) < 0)
            {
                Tell();
            }

            Tell();
            return look.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>Writes what happened since the last time; called by the pipeline's thread while it waits.</summary>
    private void Tell()
    {
        while (_log.TryDequeue(out string? line))
        {
            WriteVerbose(VisibleText.Of(line));
        }

        _progress!.Show(_ => new ProgressRecord(1, MyInvocation.MyCommand.Name, $"{_written} entries checked, {_places.Values.Sum(static place => place.View?.Nodes.Count ?? 0)} nodes seen."));
    }

    /// <summary>Where an entry belongs: what it names for itself stands in place of what the command names.</summary>
    private IEnumerable<OnlinePlace> PlacesOf(Destination own) =>
        _destinations.Select(common => new Destination(own.Region ?? common.Region, own.RoleArn ?? common.RoleArn)).Distinct().Select(PlaceOf);

    private OnlinePlace PlaceOf(Destination destination)
    {
        if (_places.TryGetValue(destination, out OnlinePlace? place))
        {
            return place;
        }

        try
        {
            IAssociationGateway gateway = Open(destination, isOnly: _destinations.Count == 1 && _places.Count == 0, Force, ThrottleLimit, s_callTimeout);
            var reader = new ServiceReader((IFleetGateway)gateway, new RunOptions { ThrottleLimit = ThrottleLimit }, _clock, _backoff, line => _log.Enqueue($"{destination}: {line}"));
            place = new OnlinePlace(new PlaceView(reader, _documents, _stop.Token), _destinations.Count > 1 ? destination.ToString() : null);
        }
        catch (GatewayException error)
        {
            place = new OnlinePlace(error, _destinations.Count > 1 ? destination.ToString() : null);
        }

        _places.Add(destination, place);
        return place;
    }
}
