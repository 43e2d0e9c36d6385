using System;
using System.Collections.Generic;
using SsmAssociationTools.Content;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Runs.Create;

namespace SsmAssociationTools.Tests.Runs.Create;

/// <summary>Drives a run over a fake gateway and keeps what it reports.</summary>
internal sealed class RunHarness : IRunObserver<WorkItem>, IDisposable
{
    private readonly CanonicalContent _canonical = new();
    private readonly AssociationRun _run;
    private long _index;

    public RunHarness(IAssociationGateway gateway, RunOptions? options = null, IClock? clock = null, Journal? journal = null)
        : this(_ => gateway, options, clock, journal)
    {
    }

    public RunHarness(Func<Destination, IAssociationGateway> connect, RunOptions? options = null, IClock? clock = null, Journal? journal = null)
    {
        Control = new RunControl();
        _run = new AssociationRun(connect, options ?? new RunOptions(), Control, journal, clock ?? new JumpingClock(), new Random(1), this);
    }

    public RunControl Control { get; }

    public StopReason? Reason => _run.Reason;

    public List<AssociationResult> Results { get; } = [];

    public List<string> Lines { get; } = [];

    public List<string> Warnings { get; } = [];

    public static AssociationEntry Entry(int number) => new()
    {
        Name = "AWS-RunPatchBaseline",
        AssociationName = $"patch-{number}",
        Targets = [new AssociationTarget { Key = "tag:Group", Values = [$"g{number}"] }],
    };

    public static IReadOnlyList<AssociationResult> Run(IAssociationGateway gateway, IEnumerable<AssociationEntry> entries, RunOptions? options = null)
    {
        using var harness = new RunHarness(gateway, options);
        return harness.Send(entries);
    }

    public IReadOnlyList<AssociationResult> Send(IEnumerable<AssociationEntry> entries)
    {
        foreach (AssociationEntry entry in entries)
        {
            Add(entry);
        }

        _run.Complete();
        return Results;
    }

    public void Add(AssociationEntry entry) => Add(_index++, entry, "us-east-1");

    public void Add(long index, AssociationEntry entry, params string[] regions) =>
        Add(index, entry, Array.ConvertAll(regions, region => new Destination(region, null)));

    public void Add(long index, AssociationEntry entry, Destination[] destinations)
    {
        foreach (Destination destination in destinations)
        {
            _run.Add(new WorkItem(index, entry, entry, _canonical.KeyOf(entry), []) { Destination = destination });
        }
    }

    public void Complete() => _run.Complete();

    public void Shutdown() => _run.Shutdown(new StopReason(ErrorCodes.EntryNotAttempted, "Not sent", "stopped"));

    public void Settled(WorkItem item) => Results.Add(item.Result!);

    public void Delivered()
    {
    }

    public void Verbose(string text) => Lines.Add(text);

    public void Warning(string text) => Warnings.Add(text);

    public void Progress(RunProgress progress)
    {
    }

    public void Dispose()
    {
        _run.Dispose();
        _canonical.Dispose();
    }
}
