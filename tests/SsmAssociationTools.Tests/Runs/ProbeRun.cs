using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs;

namespace SsmAssociationTools.Tests.Runs;

/// <summary>
/// An operation that only tests have, made of nothing but the face of Runs/: it asks for ids, some together in a call and
/// some alone in a lane of their own, and may first gather its inputs as a plan.
/// </summary>
internal sealed class ProbeRun : OrderedRun<ProbeItem, ProbeResult>
{
    private readonly Func<Place, IReadOnlyList<ProbeItem>, Task<ProbeResult>> _ask;
    private readonly Backoff _backoff = new(new Random(1));
    private readonly int _batchSize;
    private readonly Dictionary<Place, Lane<ProbeItem>> _alone = [];

    public ProbeRun(
        Func<Destination, IAssociationGateway> connect,
        RunOptions options,
        RunControl control,
        IClock clock,
        IRunObserver<ProbeItem> observer,
        Func<Place, IReadOnlyList<ProbeItem>, Task<ProbeResult>> ask)
        : base(connect, options, control, clock, observer)
    {
        _ask = ask;
        _batchSize = options.BatchSize;
    }

    /// <summary>Takes an input whose work is decided later.</summary>
    public void Plan(ProbeItem item) => Take(item);

    /// <summary>Has an input asked for alone, in a second lane of its place.</summary>
    public void AddAlone(ProbeItem item)
    {
        if (LaneOf(item) is not { } common)
        {
            return;
        }

        if (!_alone.TryGetValue(common.Place, out Lane<ProbeItem>? lane))
        {
            lane = new Lane<ProbeItem>(common.Place, batchSize: 1, limit: 1, batch => AskAsync(common.Place, batch));
            _alone.Add(common.Place, lane);
        }

        Add(item, lane);
    }

    protected override Lane<ProbeItem> Open(Place place) => new(place, _batchSize, Options.ThrottleLimit, batch => AskAsync(place, batch));

    protected override ProbeResult? Known(ProbeItem item, Destination destination, string? accountId) =>
        item.Id == "known" ? new ProbeResult(RunVerdict.Succeeded, null, "known") : null;

    protected override ProbeResult NotAttempted(ProbeItem item, string code, string message) =>
        new(code == ErrorCodes.EntryNotAttempted ? RunVerdict.Stopped : RunVerdict.Failed, code, message);

    protected override ProbeResult Unknown(ProbeItem item, string code, string? message) => new(RunVerdict.Failed, code, message);

    protected override StopReason ReasonOf(ProbeItem failed) => new(ErrorCodes.EntryNotAttempted, "Not asked", $"input {failed.Index} failed.");

    private async Task AskAsync(Place place, Batch<ProbeItem> batch)
    {
        ProbeResult? result;
        try
        {
            var retry = new Retry(place.Pace, _backoff, Clock, Options);
            result = await retry.CallAsync(
                () => _ask(place, batch.Items),
                (error, failedTries) => error.Kind == GatewayErrorKind.Throttled && failedTries < Options.MaxAttempt,
                (error, _, _) => Log.Verbose($"Batch {batch.Number}: {error.ErrorCode}"),
                place.Control.StopToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (GatewayException error)
        {
            place.Control.Stop(new StopReason(error.ErrorCode, "Not asked", error.Message, isFatal: true));
            result = new ProbeResult(RunVerdict.Failed, error.ErrorCode, error.Message);
        }

        foreach (ProbeItem item in batch.Items)
        {
            item.Result = result;
        }
    }
}
