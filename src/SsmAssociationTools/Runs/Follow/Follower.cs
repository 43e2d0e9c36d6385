using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs.Read;
using SsmAssociationTools.Scheduling;

namespace SsmAssociationTools.Runs.Follow;

/// <summary>
/// Follows the associations of one account and Region. Pages of the list show at what associations it is worth looking; that a
/// run ended, its execution alone proves. The words of the service are taken for no more than they are: a success without a
/// node is none, and what is not known to be an end is none. Safe for concurrent use.
/// </summary>
internal sealed class Follower : IDisposable
{
    /// <summary>Pages of executions that are read of one association, at most.</summary>
    private const int MaxPages = 20;

    /// <summary>Executions from which their order is known.</summary>
    private const int MinOrdered = 10;

    /// <summary>Nodes of a status that an error names without -Detailed: one page.</summary>
    private const int MaxFailedNodes = 50;

    private static readonly TimeSpan s_gather = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);

    /// <summary>How long it may take until lists show what is there.</summary>
    private static readonly TimeSpan s_lag = TimeSpan.FromSeconds(30);

    /// <summary>The same where nobody waits.</summary>
    private static readonly TimeSpan s_shortLag = TimeSpan.FromSeconds(5);

    /// <summary>How long calls are tried again once the time to wait is over.</summary>
    private static readonly TimeSpan s_lastTry = TimeSpan.FromSeconds(5);

    /// <summary>How long calls are begun once the time to wait is over.</summary>
    private static readonly TimeSpan s_lastCall = TimeSpan.FromSeconds(30);

    private readonly Place _place;
    private readonly IFleetGateway _gateway;
    private readonly RunOptions _options;
    private readonly FollowOptions _follow;
    private readonly IClock _clock;
    private readonly Retry _retry;
    private readonly FollowTally _tally;
    private readonly RunLog _log;
    private readonly ServiceClock _service;
    private readonly FollowOutcome _outcome;
    private readonly SemaphoreSlim _calls;
    private readonly object _gate = new();
    private readonly List<FollowItem> _watched = [];
    private bool _isWatching;
    private bool _hasNew;
    private TimeSpan? _deadline;

    /// <summary>Pages of the whole list, as far as they were read.</summary>
    private int _pages;

    private bool _mayList = true;
    private bool _mayDescribe = true;

    public Follower(Place place, RunOptions options, FollowOptions follow, IClock clock, Backoff backoff, FollowTally tally, RunLog log)
    {
        _place = place;
        _gateway = (IFleetGateway)place.Gateway;
        _options = options;
        _follow = follow;
        _clock = clock;
        _retry = new Retry(place.Pace, backoff, clock, options);
        _tally = tally;
        _log = log;
        _service = new ServiceClock(clock);
        _outcome = new FollowOutcome(clock);
        _calls = new SemaphoreSlim(options.ThrottleLimit);
    }

    private CancellationToken Stop => _place.Control.StopToken;

    /// <summary>True once no more is waited for.</summary>
    private bool IsOver => _follow.Waits && _clock.Uptime >= _deadline;

    private TimeSpan Lag => _follow.Waits && !IsOver ? s_lag : s_shortLag;

    /// <summary>Follows an association until it is decided, or as far as is asked for.</summary>
    public Task FollowAsync(FollowItem item)
    {
        bool begins;
        lock (_gate)
        {
            item.Since = _clock.Uptime;
            _deadline ??= _clock.Uptime + _follow.WaitTimeout;
            _watched.Add(item);
            _hasNew = true;
            begins = !_isWatching;
            _isWatching = true;
        }

        _tally.AddWaiting(1);
        if (begins)
        {
            _ = WatchAsync();
        }

        return item.Done.Task;
    }

    public void Dispose() => _calls.Dispose();

    private async Task WatchAsync()
    {
        TimeSpan interval = s_shortest;
        while (IsNeeded())
        {
            try
            {
                Stop.ThrowIfCancellationRequested();
                await GatherAsync().ConfigureAwait(false);
                List<FollowItem> open = Open();
                TimeSpan begun = _clock.Uptime;
                bool isLast = _follow.Waits && begun >= _deadline;
                await SweepAsync(open, isLast).ConfigureAwait(false);
                List<FollowItem> left = Open();
                TimeSpan took = _clock.Uptime - begun;

                // A call for each association: the time between two rounds is three times that of a round.
                interval = Next(interval, left.Count < open.Count, _mayList ? took : TimeSpan.FromTicks(3 * took.Ticks));
                if (left.Count > 0)
                {
                    // Where nobody waits, there is one look more for what the first did not find, however long that took.
                    interval = _follow.Waits || interval < s_shortLag ? interval : s_shortLag;
                    TimeSpan wait = _follow.Waits && _deadline - _clock.Uptime < interval ? _deadline!.Value - _clock.Uptime : interval;
                    if (wait > TimeSpan.Zero)
                    {
                        await _clock.DelayAsync(wait, Stop).ConfigureAwait(false);
                    }
                }
            }
            catch (OperationCanceledException)
            {
                EndAll(item => _outcome.Stopped(item, Standing(item), _place.Control.Reason?.Message ?? "Not followed any more: the run was stopped."));
            }
#pragma warning disable CA1031 // The error is in the outcomes.
            catch (Exception error)
#pragma warning restore CA1031
            {
                _place.Control.StopRun(new StopReason(ErrorCodes.InternalError, $"Not followed any more: an unexpected error ({error.GetType().Name}) stopped the run."));
                EndAll(item => _outcome.Unknown(item, ErrorCodes.InternalError, error.Message));
            }
        }
    }

    /// <summary>Whether there is anything left to follow; what comes later begins anew.</summary>
    private bool IsNeeded()
    {
        lock (_gate)
        {
            _watched.RemoveAll(static item => item.Result is not null);
            return _isWatching = _watched.Count > 0;
        }
    }

    /// <summary>Inputs come one after the other: what comes a moment later is looked at together.</summary>
    private async Task GatherAsync()
    {
        int count = -1;
        while (_hasNew && count != _watched.Count)
        {
            lock (_gate)
            {
                count = _watched.Count;
            }

            await _clock.DelayAsync(s_gather, Stop).ConfigureAwait(false);
        }

        _hasNew = false;
    }

    private List<FollowItem> Open()
    {
        lock (_gate)
        {
            _watched.RemoveAll(static item => item.Result is not null);
            return [.. _watched];
        }
    }

    private void EndAll(Func<FollowItem, AssociationOutcome> end)
    {
        foreach (FollowItem item in Open())
        {
            end(item);
            Finish(item);
        }
    }

    /// <summary>Where much happens it is looked at often, and never so often that looking is all that is done.</summary>
    private static TimeSpan Next(TimeSpan interval, bool hasChanged, TimeSpan took)
    {
        double seconds = interval.TotalSeconds * (hasChanged ? 0.5 : 1.5);
        seconds = Math.Max(s_shortest.TotalSeconds, Math.Min(s_longest.TotalSeconds, seconds));
        return TimeSpan.FromSeconds(Math.Max(seconds, took.TotalSeconds));
    }

    private async Task SweepAsync(List<FollowItem> open, bool isLast)
    {
        if (await ReadLinesAsync(open).ConfigureAwait(false))
        {
            await Task.WhenAll(open.Where(static item => item.Result is null).Select(item => AdvanceAsync(item, isLast))).ConfigureAwait(false);
        }
    }

    /// <summary>Reads what the service says of each association now.</summary>
    /// <returns>False where nothing can be read, and all are settled.</returns>
    private async Task<bool> ReadLinesAsync(List<FollowItem> open)
    {
        ILookup<Guid, FollowItem> byId = open.ToLookup(static item => item.Id!.Value);
        var left = new HashSet<Guid>(byId.Select(static group => group.Key));
        bool isListed = _mayList && (!_mayDescribe || left.Count > Math.Max(_follow.MaxSingles, _pages));
        if (isListed && !await TryListAsync(open, byId, left).ConfigureAwait(false))
        {
            return false;
        }

        if (_mayDescribe)
        {
            await Task.WhenAll(left.ToList().Select(id => DescribeAsync([.. byId[id]], left))).ConfigureAwait(false);
        }

        if (!_mayDescribe && left.Count > 0)
        {
            if (!isListed && _mayList && !await TryListAsync(open, byId, left).ConfigureAwait(false))
            {
                return false;
            }

            foreach (FollowItem item in left.SelectMany(id => byId[id]))
            {
                item.MissingSince ??= _clock.Uptime;
            }
        }

        return true;
    }

    /// <summary>Reads the list, where it can be read.</summary>
    /// <returns>False where nothing else can be read either, and all are settled.</returns>
    private async Task<bool> TryListAsync(List<FollowItem> open, ILookup<Guid, FollowItem> byId, HashSet<Guid> left)
    {
        try
        {
            await ReadListAsync(byId, left).ConfigureAwait(false);
        }
        catch (GatewayException error) when (error.Kind == GatewayErrorKind.Rejected)
        {
            // A list that cannot be read to its end says nothing of those that were not in it.
            _log.Verbose($"ListAssociations: {error.ErrorCode}; the associations are described one by one.");
        }
        catch (GatewayException error) when (error.IsOperationDenied && _mayDescribe)
        {
            _mayList = false;
            _log.Verbose($"ListAssociations: {error.ErrorCode}; the associations are described one by one.");
        }
        catch (GatewayException error)
        {
            Fail(open, error, "ListAssociations");
            return false;
        }

        return true;
    }

    private async Task ReadListAsync(ILookup<Guid, FollowItem> byId, HashSet<Guid> left)
    {
        var guard = new PageGuard();
        string? mark = null;
        int pages = 0;
        for (bool isRead = false; !isRead;)
        {
            var request = new ListRequest { NextToken = mark };
            try
            {
                ListAnswer page = await CallAsync(() => _gateway.ListAssociationsAsync(request, Stop), "ListAssociations", static answer => answer.ServiceTime).ConfigureAwait(false);
                pages++;
                foreach (AssociationRecord line in guard.Take(page))
                {
                    if (AssociationIdOf(line) is { } id)
                    {
                        foreach (FollowItem item in byId[id])
                        {
                            Take(item, line);
                        }

                        left.Remove(id);
                    }
                }

                mark = page.NextToken;
                isRead = left.Count == 0 || (mark is null && !guard.ReadsAgain());
            }
            catch (GatewayException error) when (guard.ReadsAgain(error))
            {
                mark = null;
            }
        }

        _pages = Math.Max(_pages, pages);
        _log.Verbose($"ListAssociations: {pages} pages read, {left.Count} of {byId.Count} associations not in them.");
    }

    private static Guid? AssociationIdOf(AssociationRecord line) => Guid.TryParse(line.AssociationId, out Guid id) ? id : null;

    private async Task DescribeAsync(IReadOnlyList<FollowItem> items, HashSet<Guid> left)
    {
        try
        {
            AssociationRecord? record = await CallAsync(() => _gateway.DescribeAssociationAsync(items[0].AssociationId!, Stop), "DescribeAssociation").ConfigureAwait(false);
            foreach (FollowItem item in items)
            {
                if (record is null)
                {
                    item.MissingSince ??= _clock.Uptime;
                }
                else
                {
                    Take(item, record);
                    item.Description = record;
                }
            }

            lock (left)
            {
                left.Remove(items[0].Id!.Value);
            }
        }
        catch (GatewayException error) when (error.IsOperationDenied && _mayList)
        {
            _mayDescribe = false;
            _log.Verbose($"DescribeAssociation: {error.ErrorCode}; the list alone is read.");
        }
        catch (GatewayException error)
        {
            Fail(items, error, "DescribeAssociation");
        }
    }

    private void Take(FollowItem item, AssociationRecord line)
    {
        if (item.LastRun?.Date != line.LastExecutionDate)
        {
            item.LastRun = (line.LastExecutionDate, _clock.Uptime);
        }

        item.MissingSince = null;
        item.Line = line;
        NoteVersion(item, line.AssociationVersion);
    }

    /// <summary>Another version has a time of its own in which it is to reach somebody.</summary>
    private void NoteVersion(FollowItem item, string? version)
    {
        string? later = ChosenRun.Later(item.CurrentVersion, version);
        if (item.CurrentVersion is not null && later != item.CurrentVersion && item.Version is null)
        {
            item.VersionSince = _clock.Uptime;
            item.ReachFrom = null;
        }

        item.CurrentVersion = later;
    }

    /// <summary>Brings an input as far as it can be brought now.</summary>
    private async Task AdvanceAsync(FollowItem item, bool isLast)
    {
        string operation = "DescribeAssociationExecutions";
        try
        {
            if (item.MissingSince is null && (isLast || IsWorthALook(item)))
            {
                await LookAsync(item).ConfigureAwait(false);
            }

            if (item.MissingSince is not null && _service.Now is null)
            {
                // Of what was old nobody need wait to see that it is gone; this answer tells the time.
                await ReadExecutionsAsync(item).ConfigureAwait(false);
            }

            if (item.Result is null && item.MissingSince is { } since && IsGone(item, _clock.Uptime - since))
            {
                _outcome.Of(item, OutcomeStatus.Deleted);
            }

            if (item.Result is null && (isLast || (!_follow.Waits && item.MissingSince is null)))
            {
                await StandAsync(item, isLast).ConfigureAwait(false);
            }
        }
        catch (GatewayException error)
        {
            Fail([item], error, operation);
        }

        if (item.Result is not null)
        {
            Finish(item);
        }
    }

    /// <summary>What is not there may be young. Of what is known to be old it is said at once.</summary>
    private bool IsGone(FollowItem item, TimeSpan missing)
    {
        DateTime? made = item.Line?.Date ?? item.Description?.Date ?? item.Date;
        var young = TimeSpan.FromMinutes(1);

        // By both clocks: what dates associations need not be what dates answers.
        return missing >= Lag || (made is not null && _service.Now - made > young && _clock.UtcNow - made > young);
    }

    /// <summary>Whether the line tells that the executions may say something new.</summary>
    private bool IsWorthALook(FollowItem item)
    {
        if (!_follow.Waits)
        {
            return true;
        }

        if (_clock.Uptime < item.NextLook)
        {
            return false;
        }

        AssociationRecord line = item.Line!;
        bool isClockless = item.LookedAt is null && _service.Now is null;
        if (item.Doubt is not null || isClockless || MayBeScheduled(item) || IsOverdue(item))
        {
            return true;
        }

        if (item.Version is not null && ChosenRun.Number(line.AssociationVersion) < ChosenRun.Number(item.Version))
        {
            // The list lags behind.
            return false;
        }

        if (item.Version is not null && line.AssociationVersion != item.Version)
        {
            return true;
        }

        bool isOfBefore = IsOfBefore(item, line);
        return !isOfBefore && !IsUndone(line);
    }

    /// <summary>True for a line that says that nothing has ended.</summary>
    private static bool IsUndone(AssociationRecord line) =>
        line.Status is "Pending" or "InProgress" || (line.Status == "Success" && line.StatusCounts?.Values.Sum() == 0);

    /// <summary>True for a line that speaks of a run from before the start.</summary>
    private static bool IsOfBefore(FollowItem item, AssociationRecord line) =>
        item.Basis == FollowKind.Start && line.LastExecutionDate < item.StartedAfter!.Value - ChosenRun.Margin;

    /// <summary>True where the line says that nodes are at it, and it is the version in question that they are at.</summary>
    private static bool IsReached(FollowItem item) =>
        item.Line is { Status: "Pending" or "InProgress" } line
        && line.StatusCounts?.Values.Sum() > 0
        && (item.Version is null || item.Version == line.AssociationVersion)
        && !IsOfBefore(item, line);

    /// <summary>True where the line speaks of nodes of the execution that counts, which does not show them yet.</summary>
    private static bool HasNodesInLine(FollowItem item) =>
        item.Line is { } line
        && item.Execution is { CreatedTime: { } created } execution
        && line.StatusCounts?.Values.Sum() > 0
        && line.AssociationVersion == execution.AssociationVersion
        && line.LastExecutionDate >= created;

    private static string MarkOf(AssociationRecord line) =>
        $"{line.AssociationVersion}|{line.Status}|{line.DetailedStatus}|{line.LastExecutionDate?.Ticks}|{(line.StatusCounts is null ? string.Empty : string.Join(",", line.StatusCounts))}";

    /// <summary>Whether it may run at scheduled times alone, so that there is nothing to wait for; asked once.</summary>
    private static bool MayBeScheduled(FollowItem item)
    {
        if (item.Basis == FollowKind.Start || item.LookedAt is not null)
        {
            return false;
        }

        if ((item.Description?.Content ?? item.Content)?.ApplyOnlyAtCronInterval is { } only)
        {
            return only;
        }

        bool isToldAll = item.Description is not null || item.Content is not null;
        return !isToldAll && item.Line!.LastExecutionDate is null && item.Line.Content.ScheduleExpression is not null;
    }

    /// <summary>True where nobody has been seen to pick it up for too long.</summary>
    private bool IsOverdue(FollowItem item) =>
        (item.State is null || item.State.IsEmpty)
        && !IsReached(item)
        && !HasNodesInLine(item)
        && Elapsed(item, item.Execution?.CreatedTime ?? item.ReachFrom ?? BeginOf(item)) > _follow.ReachTimeout;

    /// <summary>When there was a reason to run, as far as that is known without its description.</summary>
    private static DateTime? BeginOf(FollowItem item) => item.Basis switch
    {
        FollowKind.Start => item.StartedAfter,
        FollowKind.Current when item.LookedAt is null => item.Line?.LastExecutionDate,
        FollowKind.Version when item.Version == "1" => item.Date,
        _ => null,
    };

    /// <summary>How long it is since a time of the service, or since it stands so where that is longer, or the only one known.</summary>
    private TimeSpan Elapsed(FollowItem item, DateTime? from)
    {
        TimeSpan watched = _clock.Uptime - (item.Empty?.Since ?? item.VersionSince ?? item.Since!.Value);
        return _service.Now - from is { } age && age > watched ? age : watched;
    }

    /// <summary>Reads the executions and settles the input where they decide it.</summary>
    private async Task LookAsync(FollowItem item)
    {
        string mark = item.Line is null ? string.Empty : MarkOf(item.Line);
        item.Looks = mark == item.LookedAt ? item.Looks + 1 : 0;
        item.LookedAt = mark;
        item.NextLook = _clock.Uptime + TimeSpan.FromSeconds(Math.Min(60, Math.Pow(2, Math.Min(item.Looks, 6))) - 0.5);
        if (await ReadExecutionsAsync(item).ConfigureAwait(false) is not { } executions)
        {
            // There is no such association any more, whatever the list said.
            item.MissingSince ??= _clock.Uptime;
            return;
        }

        item.IsBlank = executions.Count == 0;
        foreach (ExecutionRecord execution in executions)
        {
            NoteVersion(item, execution.AssociationVersion);
        }

        IReadOnlyList<ExecutionRecord> counted = item.Basis == FollowKind.Start ? [] : ChosenRun.Of(executions, item.Version ?? item.CurrentVersion);
        bool mayBeOlder = false;
        ExecutionRecord? chosen = item.Basis == FollowKind.Start ? ChosenRun.OfStart(item, executions, out mayBeOlder) : Counted(item, counted);
        if (mayBeOlder && IsDoubtful(item, chosen!))
        {
            return;
        }

        item.Doubt = null;
        await TakeAsync(item, chosen).ConfigureAwait(false);
        if (counted.Count > 1 && item.State is { IsEnd: true })
        {
            await TakeEarlierAsync(item, counted).ConfigureAwait(false);
        }

        NoteFailures(item);
        await DecideAsync(item).ConfigureAwait(false);
    }

    /// <summary>
    /// The latest execution; of a version that was made a moment ago the latest that has ended, so that its next run does not
    /// take back what the last one proved.
    /// </summary>
    private static ExecutionRecord? Counted(FollowItem item, IReadOnlyList<ExecutionRecord> counted) =>
        (item.Basis == FollowKind.Version ? counted.FirstOrDefault(static execution => RunState.Of(execution, execution.StatusCounts).IsEnd) : null)
        ?? (counted.Count > 0 ? counted[0] : null);

    private async Task TakeAsync(FollowItem item, ExecutionRecord? execution)
    {
        item.Execution = execution;
        item.Untold = null;
        item.Counts = execution?.StatusCounts;
        if (execution is null)
        {
            item.Empty = null;
        }
        else if (item.Empty?.ExecutionId != execution.ExecutionId)
        {
            item.Empty = (execution.ExecutionId, _clock.Uptime);
        }

        if (execution is { StatusCounts: null, Status: "Success", ExecutionId: { } id })
        {
            // It does not say how many: its nodes do.
            try
            {
                // They are all that speaks for a success: read twice, so that a page which shifted while it was read leaves none out.
                List<AssociationOutcomeNode> nodes = await ReadNodesAsync(item, id, null, isWhole: true).ConfigureAwait(false);
                if (nodes.Count > 0)
                {
                    List<AssociationOutcomeNode> again = await ReadNodesAsync(item, id, null, isWhole: true).ConfigureAwait(false);
                    var seen = new HashSet<string>(again.Select(static node => node.ResourceId), StringComparer.Ordinal);
                    nodes = [.. again, .. nodes.Where(node => !seen.Contains(node.ResourceId))];
                }

                item.Counts = nodes.GroupBy(static node => node.Status ?? string.Empty).ToDictionary(static group => group.Key, static group => group.Count());
            }
            catch (GatewayException error) when (error.Kind == GatewayErrorKind.Rejected || error.IsOperationDenied)
            {
                item.Untold = $"The service says Success and not of how many nodes, and they could not be read ({error.ErrorCode}).";
            }
        }

        item.State = execution is null ? null : RunState.Of(execution, item.Counts);
    }

    /// <summary>
    /// An execution from just before a start looks like the one that it began. Where there is a later one, it shows within
    /// seconds: until then this one decides nothing.
    /// </summary>
    private bool IsDoubtful(FollowItem item, ExecutionRecord execution)
    {
        if (item.Doubt is { } doubt && doubt.Id == execution.ExecutionId && _clock.Uptime - doubt.Since >= s_shortLag)
        {
            item.Confirmed = execution.ExecutionId;
        }

        // The lines may have shown it as the last one for as long.
        if (item.LastRun is { } last && last.Date == execution.CreatedTime && _clock.Uptime - last.Since >= s_shortLag)
        {
            item.Confirmed = execution.ExecutionId;
        }

        if (item.Confirmed == execution.ExecutionId)
        {
            return false;
        }

        if (item.Doubt?.Id == execution.ExecutionId)
        {
            return true;
        }

        if (_service.Now - item.StartedBefore > TimeSpan.FromTicks(2 * s_lag.Ticks))
        {
            return false;
        }

        item.Doubt = (execution.ExecutionId, _clock.Uptime);
        item.NextLook = _clock.Uptime + s_shortLag;
        item.Execution = null;
        item.State = null;
        item.Counts = null;
        return true;
    }

    /// <summary>
    /// A node that comes back online runs in an execution of its own. The one before it then still says what became of the
    /// other nodes: it counts as long as nodes of it failed or are at it that no later execution has.
    /// </summary>
    private async Task TakeEarlierAsync(FollowItem item, IReadOnlyList<ExecutionRecord> counted)
    {
        counted = [.. counted.SkipWhile(execution => !ReferenceEquals(execution, item.Execution))];

        // A line that counts all nodes says it of each of them.
        bool isLineGood = item.Line is { Status: "Success", StatusCounts: { } nodesOf } line
            && line.AssociationVersion == item.Execution!.AssociationVersion
            && nodesOf.Values.Sum() >= counted.Max(Size)
            && nodesOf.All(static count => count.Key is "Success" or "Skipped" || count.Value == 0);
        int size = Size(item.Execution!);
        if (isLineGood || item.State!.Status is not (OutcomeStatus.Success or OutcomeStatus.Skipped) || counted.Skip(1).All(earlier => Size(earlier) <= size))
        {
            return;
        }

        var later = new HashSet<string>(StringComparer.Ordinal);
        foreach (ExecutionRecord execution in counted)
        {
            if (execution.ExecutionId is not { } id)
            {
                return;
            }

            IReadOnlyList<AssociationOutcomeNode> nodes;
            try
            {
                nodes = await ReadNodesAsync(item, id, null, isWhole: true).ConfigureAwait(false);
            }
            catch (GatewayException error) when (error.Kind == GatewayErrorKind.Rejected || error.IsOperationDenied)
            {
                item.Untold = $"The last execution is of some nodes only, and whether the others succeeded is said by the nodes of earlier ones, which could not be read ({error.ErrorCode}).";
                return;
            }

            bool isOpen = nodes.Any(node => node.Status is not ("Success" or "Skipped") && !later.Contains(node.ResourceId));
            if (isOpen && !ReferenceEquals(execution, counted[0]))
            {
                await TakeAsync(item, execution).ConfigureAwait(false);
                return;
            }

            later.UnionWith(nodes.Select(static node => node.ResourceId));
            if (Size(execution) >= counted.Max(Size))
            {
                return;
            }
        }
    }

    private static int Size(ExecutionRecord execution) => execution.StatusCounts?.Values.Sum() ?? 0;

    private void NoteFailures(FollowItem item)
    {
        int failures = RunState.FailuresIn(item.Counts);
        _tally.AddFailedNodes(failures - item.CountedFailures);
        item.CountedFailures = failures;
    }

    private async Task DecideAsync(FollowItem item)
    {
        bool isOvertaken = item.Basis == FollowKind.Start
            ? item.Execution is not null && ChosenRun.Number(item.CurrentVersion) > ChosenRun.Number(item.Execution.AssociationVersion)
            : item.Version is not null && ChosenRun.Number(item.CurrentVersion) > ChosenRun.Number(item.Version);
        if (isOvertaken)
        {
            await DecideOvertakenAsync(item).ConfigureAwait(false);
            return;
        }

        if (item.Untold is { } untold && (item.State is { IsEnd: true } || !_follow.Waits || IsOverdue(item)))
        {
            _outcome.Unknown(item, ErrorCodes.OutcomeUnknown, untold);
        }
        else if (item.State is { IsEnd: true } end)
        {
            await EndAsync(item, end.Status).ConfigureAwait(false);
        }
        else if (item.State is null && item.Basis != FollowKind.Start && await IsScheduledAsync(item).ConfigureAwait(false))
        {
            _outcome.Of(item, OutcomeStatus.Scheduled);
        }
        else if (IsOverdue(item))
        {
            if (item.IsUnclear && item.Execution is null)
            {
                _outcome.Unknown(item, ErrorCodes.OutcomeUnknown, "It is not known whether the run was started, and no execution of that time is there.");
            }
            else if (item.Execution is null && SaysOtherwise(item) is { } contrary)
            {
                _outcome.Unknown(item, ErrorCodes.OutcomeUnknown, contrary);
            }
            else
            {
                _outcome.Of(item, OutcomeStatus.ReachedNobody);
            }
        }
    }

    /// <summary>What speaks against it that nobody picked up what has no execution; null for nothing.</summary>
    private string? SaysOtherwise(FollowItem item)
    {
        if (item.Line is not { } line || item.Basis == FollowKind.Start)
        {
            return null;
        }

        if (line.StatusCounts?.Values.Sum() > 0 && item.IsBlank)
        {
            return $"The service says {line.Status} of {line.StatusCounts.Values.Sum()} nodes, and shows no execution.";
        }

        return !_mayDescribe && item.Description is null && item.Content is null && line.Content.ScheduleExpression is not null
            ? "No execution of it is there, and whether it runs at its scheduled times alone cannot be told without the permission ssm:DescribeAssociation."
            : null;
    }

    /// <summary>A newer version is there: what counts is whether this one had been decided before.</summary>
    private async Task DecideOvertakenAsync(FollowItem item)
    {
        item.Version ??= item.Execution?.AssociationVersion;
        if (item.State is { IsEnd: true } end)
        {
            DateTime? takenOver = await TakenOverAsync(item).ConfigureAwait(false);
            DateTime? ended = item.Execution!.LastExecutionDate ?? item.Execution.CreatedTime;
            if (takenOver is null || ended is null || ended < takenOver)
            {
                await EndAsync(item, end.Status).ConfigureAwait(false);
                return;
            }
        }

        // Executions may lag behind the version.
        item.Overtaken ??= _clock.Uptime;
        if (!_follow.Waits || _clock.Uptime - item.Overtaken >= Lag || item.State is { IsEnd: true })
        {
            _outcome.Of(item, OutcomeStatus.Superseded);
        }
    }

    /// <summary>When the version after the one that counts was made, by the service; null where that cannot be told.</summary>
    private async Task<DateTime?> TakenOverAsync(FollowItem item)
    {
        try
        {
            AssociationRecord? next = null;
            string? mark = null;
            for (int page = 0; page < MaxPages; page++)
            {
                var request = new VersionsRequest(item.AssociationId!) { NextToken = mark };
                VersionsAnswer answer = await CallAsync(() => _gateway.ListAssociationVersionsAsync(request, Stop), "ListAssociationVersions").ConfigureAwait(false);
                foreach (AssociationRecord version in answer.Versions)
                {
                    long? number = ChosenRun.Number(version.AssociationVersion);
                    if (number > ChosenRun.Number(item.Version) && (next is null || number < ChosenRun.Number(next.AssociationVersion)))
                    {
                        next = version;
                    }
                }

                mark = answer.NextToken;
                if (mark is null)
                {
                    break;
                }
            }

            return next?.Date;
        }
        catch (GatewayException error) when (error.Kind is GatewayErrorKind.Rejected or GatewayErrorKind.Denied)
        {
            _log.Verbose($"{item.AssociationId}: ListAssociationVersions: {error.ErrorCode}.");
            return null;
        }
    }

    /// <summary>Whether it runs at scheduled times alone and none is due yet.</summary>
    private async Task<bool> IsScheduledAsync(FollowItem item)
    {
        string? version = item.Version ?? item.CurrentVersion;
        if (_mayDescribe && (item.Description is null || item.Description.AssociationVersion != version))
        {
            item.Description = await CallAsync(() => _gateway.DescribeAssociationAsync(item.AssociationId!, Stop), "DescribeAssociation").ConfigureAwait(false) ?? item.Description;
        }

        AssociationRecord? description = item.Description?.AssociationVersion == version ? item.Description : null;

        // Where it may not be described, the input tells what was sent.
        if ((description?.Content ?? (_mayDescribe ? null : item.Content)) is not { } content)
        {
            return false;
        }

        DateTime? made = description?.LastUpdateAssociationDate ?? description?.Date ?? item.Date;
        item.ReachFrom = made;
        if (content.ApplyOnlyAtCronInterval != true)
        {
            return false;
        }

        if ((made ?? _service.Now) is not { } from || ScheduleExpression.Parse(content.ScheduleExpression ?? string.Empty).Schedule is not { } schedule)
        {
            return true;
        }

        DateTime[] runs = [.. schedule.NextRuns(from, Math.Max(0, Math.Min(6, content.ScheduleOffset ?? 0))).Take(1)];
        if (runs.Length == 0)
        {
            return false;
        }

        bool isDue = (_service.Now ?? _clock.UtcNow) >= runs[0];
        item.ReachFrom = isDue ? runs[0] : made;
        item.NextRun = isDue ? null : runs[0];
        return !isDue;
    }

    /// <summary>Says how it stands, where it is not decided and no more is looked at.</summary>
    private async Task StandAsync(FollowItem item, bool isLast)
    {
        await AddNodesAsync(item, isError: false).ConfigureAwait(false);
        if (isLast)
        {
            EndUndecided(item);
        }
        else
        {
            _outcome.Of(item, Standing(item));
        }
    }

    /// <summary>The time is over.</summary>
    /// <param name="remark">Why no more is known; null for nothing.</param>
    private void EndUndecided(FollowItem item, string? remark = null)
    {
        OutcomeStatus status = Standing(item);
        if (status == OutcomeStatus.Pending && item.MissingSince is null && item.Doubt is null && remark is null)
        {
            status = OutcomeStatus.ReachedNobody;
        }

        string counts = item.Counts is { Count: > 0 } some ? $": {string.Join(", ", some.Select(static count => $"{count.Key}={count.Value}"))}" : string.Empty;
        remark ??= item.MissingSince is not null ? "The service shows no association with this id; one that was just created may not show yet."
            : item.Doubt is not null ? "An execution of that second is there; it was not seen for long enough to tell that it is the one that was started."
            : null;
        string message = $"It was not decided after {_follow.WaitTimeout.TotalSeconds:0} seconds{counts}.{(remark is null ? string.Empty : " " + remark)}";
        _outcome.Of(item, status, message, ErrorCodes.OutcomeUndecided);
    }

    private static OutcomeStatus Standing(FollowItem item) =>
        item.State?.Status is { } status && status is OutcomeStatus.Running or OutcomeStatus.Pending ? status
        : (item.Line is null || item.MissingSince is not null) && item.State is null ? OutcomeStatus.Unknown
        : IsReached(item) ? OutcomeStatus.Running
        : item.LookedAt is null && !IsUndone(item.Line!) ? OutcomeStatus.Unknown
        : OutcomeStatus.Pending;

    private async Task EndAsync(FollowItem item, OutcomeStatus status)
    {
        bool isError = status is OutcomeStatus.Failed or OutcomeStatus.TimedOut or OutcomeStatus.Cancelled;
        await AddNodesAsync(item, isError).ConfigureAwait(false);
        if (isError)
        {
            _tally.AddFailed();
        }

        _outcome.Of(item, status);
    }

    /// <summary>Reads the nodes that the outcome or its error names.</summary>
    private async Task AddNodesAsync(FollowItem item, bool isError)
    {
        if (item.Execution?.ExecutionId is not { } id || (!isError && !_follow.IsDetailed))
        {
            return;
        }

        try
        {
            var nodes = new List<AssociationOutcomeNode>();
            if (_follow.HasAllNodes)
            {
                nodes.AddRange(await ReadNodesAsync(item, id, null, isWhole: true).ConfigureAwait(false));
            }
            else if (item.Counts is { Count: > 0 })
            {
                foreach (string word in item.Counts.Where(static count => count.Value > 0 && RunState.IsFailing(count.Key)).Select(static count => count.Key))
                {
                    nodes.AddRange(await ReadNodesAsync(item, id, word, _follow.IsDetailed).ConfigureAwait(false));
                }
            }
            else if (isError)
            {
                nodes.AddRange(await ReadNodesAsync(item, id, null, _follow.IsDetailed).ConfigureAwait(false));
            }

            item.FailedNodes = [.. nodes.Where(static node => RunState.IsFailing(node.Status))];
            item.Nodes = _follow.HasAllNodes ? nodes : _follow.IsDetailed ? item.FailedNodes : [];
        }
        catch (GatewayException error) when (error.Kind != GatewayErrorKind.NotSent)
        {
            _log.Warning($"{item.AssociationId}: the nodes could not be read ({error.ErrorCode}: {error.Message})");
        }
    }

    private async Task<List<AssociationOutcomeNode>> ReadNodesAsync(FollowItem item, string executionId, string? status, bool isWhole)
    {
        var nodes = new List<AssociationOutcomeNode>();
        var marks = new HashSet<string>(StringComparer.Ordinal);

        // A page may repeat what the one before had.
        var seen = new HashSet<(string?, string?, string?)>();
        string? mark = null;
        do
        {
            var request = new ExecutionTargetsRequest(item.AssociationId!, executionId) { Status = status, NextToken = mark, MaxResults = MaxFailedNodes };
            ExecutionTargetsAnswer answer = await CallAsync(() => _gateway.DescribeAssociationExecutionTargetsAsync(request, Stop), "DescribeAssociationExecutionTargets").ConfigureAwait(false);
            nodes.AddRange(answer.Targets.Where(target => !string.IsNullOrEmpty(target.ResourceId) && seen.Add((target.ResourceType, target.ResourceId, target.OutputSourceId))).Select(static target => new AssociationOutcomeNode(target.ResourceId!)
            {
                ResourceType = target.ResourceType,
                Status = target.Status,
                DetailedStatus = target.DetailedStatus,
                LastExecutionDate = target.LastExecutionDate,
                OutputSourceId = target.OutputSourceId,
                OutputSourceType = target.OutputSourceType,
            }));
            mark = answer.NextToken;
        }
        while (isWhole && mark is not null && marks.Add(mark));
        return nodes;
    }

    /// <summary>Reads executions, the latest ones for sure; null where the association is not there.</summary>
    private async Task<List<ExecutionRecord>?> ReadExecutionsAsync(FollowItem item)
    {
        var all = new List<ExecutionRecord>();
        string? mark = null;
        for (int page = 0; page < MaxPages; page++)
        {
            var request = new ExecutionsRequest(item.AssociationId!)
            {
                CreatedAfter = item.StartedAfter - ChosenRun.Margin - TimeSpan.FromSeconds(1),
                NextToken = mark,
            };
            ExecutionsAnswer answer;
            try
            {
                answer = await CallAsync(() => _gateway.DescribeAssociationExecutionsAsync(request, Stop), "DescribeAssociationExecutions", static page => page.ServiceTime).ConfigureAwait(false);
            }
            catch (GatewayException error) when (error.ErrorCode == ErrorCodes.AssociationDoesNotExist)
            {
                return null;
            }

            all.AddRange(answer.Executions);
            if (answer.NextToken is null || answer.NextToken == mark || HasEnough(item, all))
            {
                break;
            }

            mark = answer.NextToken;
        }

        return all;
    }

    /// <summary>
    /// No order is documented. Where they come the latest first, and so many of them that it is no chance, those of the version in
    /// question are all there is to know.
    /// </summary>
    private static bool HasEnough(FollowItem item, List<ExecutionRecord> executions)
    {
        if (executions.Count < MinOrdered)
        {
            return false;
        }

        for (int i = 1; i < executions.Count; i++)
        {
            if (executions[i].CreatedTime is null || !(executions[i - 1].CreatedTime >= executions[i].CreatedTime))
            {
                return false;
            }
        }

        return item.Basis != FollowKind.Start
            && executions.Exists(execution => item.Version is null || ChosenRun.Number(execution.AssociationVersion) <= ChosenRun.Number(item.Version));
    }

    private async Task<T> CallAsync<T>(Func<Task<T>> call, string operation, Func<T, DateTime?>? timeOf = null)
    {
        await _calls.WaitAsync(Stop).ConfigureAwait(false);
        try
        {
            if (_follow.Waits && _clock.Uptime > _deadline + s_lastCall)
            {
                throw new GatewayException(GatewayErrorKind.Throttled, ErrorCodes.OutcomeUndecided, "There was no time left for the call.");
            }

            return (await _retry.CallAsync(
                () => TimedAsync(call, timeOf),
                (error, failedTries) => error.Kind is GatewayErrorKind.Throttled or GatewayErrorKind.NotSent or GatewayErrorKind.Ambiguous && failedTries < _options.MaxAttempt,
                (error, _, wait) => _log.Verbose($"{operation}: {error.ErrorCode}; trying again in {wait.TotalSeconds:0.0} s."),
                Stop,
                until: _follow.Waits ? _deadline + s_lastTry : null).ConfigureAwait(false))!;
        }
        finally
        {
            _calls.Release();
        }
    }

    private async Task<T> TimedAsync<T>(Func<Task<T>> call, Func<T, DateTime?>? timeOf)
    {
        TimeSpan begun = _clock.Uptime;
        try
        {
            T answer = await call().ConfigureAwait(false);
            _service.Observe(timeOf?.Invoke(answer), begun);
            return answer;
        }
        catch (GatewayException error)
        {
            _service.Observe(error.ServiceTime, begun);
            throw;
        }
    }

    private void Fail(IEnumerable<FollowItem> items, GatewayException error, string operation)
    {
        if (IsOver && error.Kind is GatewayErrorKind.Throttled or GatewayErrorKind.Ambiguous)
        {
            // One look more would have been the last: what was seen before stands.
            foreach (FollowItem item in items.Where(static item => item.Result is null))
            {
                EndUndecided(item, error.ErrorCode == ErrorCodes.OutcomeUndecided ? "There was no time left for a last look." : $"The last look failed: {operation}: {error.ErrorCode}.");
                Finish(item);
            }

            return;
        }

        CallFailure.StopWhereNothingCanFollow(_place.Control, error, operation, "Not followed", error.Message);
        foreach (FollowItem item in items.Where(static item => item.Result is null))
        {
            _outcome.Unknown(item, error.ErrorCode, $"{operation}: {error.Message}");
            Finish(item);
        }
    }

    private void Finish(FollowItem item)
    {
        if (item.Done.TrySetResult(true))
        {
            _tally.AddWaiting(-1);
        }
    }
}
