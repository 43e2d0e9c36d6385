using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Tests.Runs.Create;

namespace SsmAssociationTools.Tests.Runs;

/// <summary>Drives the operation that only tests have, and keeps what it reports.</summary>
internal sealed class ProbeHarness : IRunObserver<ProbeItem>, IDisposable
{
    private long _index;

    public ProbeHarness(
        Func<Place, IReadOnlyList<ProbeItem>, Task<ProbeResult>> ask,
        RunOptions? options = null,
        Func<Destination, IAssociationGateway>? connect = null)
    {
        Gateway = new FakeGateway();
        Control = new RunControl();
        Run = new ProbeRun(connect ?? (_ => Gateway), options ?? new RunOptions { BatchSize = 1 }, Control, new JumpingClock(), this, ask);
    }

    public FakeGateway Gateway { get; }

    public RunControl Control { get; }

    public ProbeRun Run { get; }

    public List<ProbeItem> Settled { get; } = [];

    public List<string> Lines { get; } = [];

    public long MostReceived { get; private set; }

    public static ProbeResult Fine { get; } = new(RunVerdict.Succeeded, null, null);

    public IEnumerable<RunVerdict> Verdicts => Settled.Select(static item => item.Verdict);

    public ProbeItem Item(string id, string? region = "us-east-1") => new(_index++, id, region);

    public void Add(params string[] ids) => Array.ForEach(ids, id => Run.Add(Item(id)));

    void IRunObserver<ProbeItem>.Settled(ProbeItem item) => Settled.Add(item);

    public void Delivered()
    {
    }

    public void Verbose(string text) => Lines.Add(text);

    public void Warning(string text) => Lines.Add(text);

    public void Progress(RunProgress progress) => MostReceived = Math.Max(MostReceived, progress.Received);

    public void Dispose()
    {
        Run.Dispose();
        Gateway.Dispose();
    }
}
