using System;
using System.Collections.Generic;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Runs.Follow;
using SsmAssociationTools.Tests.Runs.Create;

namespace SsmAssociationTools.Tests.Runs.Follow;

/// <summary>Drives a run over a gateway, as the cmdlet does, and keeps what it reports.</summary>
internal sealed class FollowHarness : IRunObserver<FollowItem>, IDisposable
{
    private readonly FollowReader _reader = new();
    private readonly FollowRun _run;

    public FollowHarness(IAssociationGateway gateway, FollowOptions? follow = null, RunOptions? options = null, IClock? clock = null)
    {
        Control = new RunControl();
        _run = new FollowRun(_ => gateway, options ?? new RunOptions { BatchSize = 1 }, follow ?? new FollowOptions(), Control, clock ?? new JumpingClock(), new Random(1), this);
    }

    public RunControl Control { get; }

    public StopReason? Reason => _run.Reason;

    public List<AssociationOutcome> Outcomes { get; } = [];

    public List<string> Lines { get; } = [];

    public IReadOnlyList<AssociationOutcome> Follow(params object?[] inputs)
    {
        foreach (object? input in inputs)
        {
            FollowItem item = _reader.Read(input);
            if (item.Refusal is { } refusal)
            {
                _run.Settle(item, _run.Outcome.Refused(item, refusal));
            }
            else
            {
                item.Destination = new Destination(null, null);
                _run.Add(item);
            }
        }

        _run.Complete();
        return Outcomes;
    }

    public void Settled(FollowItem item) => Outcomes.Add(item.Result!);

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
