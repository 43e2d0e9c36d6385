using System;
using System.Collections.Generic;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Runs.Remove;
using SsmAssociationTools.Tests.Runs.Create;

namespace SsmAssociationTools.Tests.Runs.Remove;

/// <summary>Drives a removal over a gateway, as the cmdlet does, and keeps what it reports.</summary>
internal sealed class RemovalHarness : IRunObserver<RemovalItem>, IDisposable
{
    private readonly RemovalReader _reader;
    private readonly AssociationRoute _route;
    private readonly RemovalRun _run;

    public RemovalHarness(IAssociationGateway gateway, RunOptions? options = null, bool force = false, RemovalJournal? journal = null, IClock? clock = null)
        : this(_ => gateway, [new Destination(null, null)], options, force, journal, clock)
    {
    }

    public RemovalHarness(Func<Destination, IAssociationGateway> connect, IReadOnlyList<Destination> destinations, RunOptions? options = null, bool force = false, RemovalJournal? journal = null, IClock? clock = null)
    {
        Control = new RunControl();
        _reader = new RemovalReader(needsContent: !force);
        _route = new AssociationRoute(destinations, isRegionGiven: destinations[0].Region is not null);
        _run = new RemovalRun(connect, options ?? new RunOptions(), force, Control, journal, clock ?? new JumpingClock(), new Random(1), this);
    }

    public RunControl Control { get; }

    public StopReason? Reason => _run.Reason;

    public int Undelivered => _run.Undelivered.Count;

    public List<AssociationRemoval> Results { get; } = [];

    public List<string> Lines { get; } = [];

    /// <summary>A result of New-SsmAssociationBatch.</summary>
    public static AssociationSuccess Created(string id, AssociationEntry entry, string? region = null) => new()
    {
        State = AssociationStatus.Created,
        AssociationId = id,
        AssociationVersion = "1",
        Entry = entry,
        Region = region,
    };

    public IReadOnlyList<AssociationRemoval> Remove(IEnumerable<object?> inputs)
    {
        foreach (object? input in inputs)
        {
            Add(input);
        }

        Complete();
        return Results;
    }

    public void Add(object? input)
    {
        RemovalItem item = _reader.Read(input);
        if (item.Refusal is { } refusal)
        {
            _run.Settle(item, _run.Outcome.Refused(item, refusal));
        }
        else if (_route.Find(item.Destination.Region, item.AccountId, item.Destination.RoleArn, out (string Code, string Text)? problem) is not { } destination)
        {
            _run.Settle(item, _run.Outcome.Refused(item, new RemovalRefusal(RemovalStatus.NotAttempted, problem!.Value.Code, problem.Value.Text)));
        }
        else
        {
            item.Destination = destination;
            _run.Add(item);
        }
    }

    public void Complete() => _run.Complete();

    public void Shutdown() => _run.Shutdown(new StopReason(ErrorCodes.EntryNotAttempted, "Not sent", "stopped"));

    public void Settled(RemovalItem item) => Results.Add(item.Result!);

    public void Delivered()
    {
    }

    public void Verbose(string text) => Lines.Add(text);

    public void Warning(string text) => Lines.Add(text);

    public void Progress(RunProgress progress)
    {
    }

    public void Dispose() => _run.Dispose();
}
