using System;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.HostileService;

namespace SsmAssociationTools.Hostile.Tests.Outcomes;

/// <summary>
/// What may be said of an association at a moment, from what is true in the service. Written from the description of the
/// command, before its code was read.
/// </summary>
internal sealed class OutcomeOracle(Script script, TimeSpan reachTimeout)
{
    /// <summary>Headers have whole seconds, and a look takes its time.</summary>
    private static readonly TimeSpan s_about = TimeSpan.FromSeconds(2.5);

    private static readonly string[] s_undecided = ["Pending", "Running"];

    private readonly bool _clocksDisagree = MischiefKinds.Clocks.Any(script.Has);

    /// <summary>How far what is shown may be behind.</summary>
    public TimeSpan Lag { get; } = new[] { Mischief.ExecutionsLag, Mischief.OverviewLags, Mischief.ListLags, Mischief.DescribeLags }.Any(script.Has) ? script.ListLag : TimeSpan.Zero;

    public static bool IsDecided(string status) => !s_undecided.Contains(status);

    /// <summary>All that may be said at some moment of a span.</summary>
    public HashSet<string> Between(Asked asked, DateTimeOffset from, DateTimeOffset to)
    {
        var all = new HashSet<string>();
        for (DateTimeOffset time = from; time <= to; time += TimeSpan.FromMilliseconds(50))
        {
            all.UnionWith(At(asked, time));
        }

        return all;
    }

    public HashSet<string> At(Asked asked, DateTimeOffset now)
    {
        if (asked.Kind == AskedKind.Nothing)
        {
            return ["NotCreated"];
        }

        if (asked.Association is not { } association || association.DeletedAt <= now)
        {
            return ["Deleted"];
        }

        if (asked.Kind == AskedKind.Latest)
        {
            AssociationVersion version = association.Versions.Last(other => other.Number == 1 || other.Made <= now);
            return OfVersion(association, version, now, isLatest: true);
        }

        if (asked.Run is { } run)
        {
            HashSet<string> said = Newer(association, run.Version, now) is { } other ? TakenOver(time => Of([run], time, _clocksDisagree), other, now) : Of([run], now, _clocksDisagree);
            foreach (Execution near in association.Executions.ToList().Where(near => near != run && (near.Begun - run.Begun).Duration() < (_clocksDisagree ? TimeSpan.FromMinutes(11) : TimeSpan.FromSeconds(3.5))))
            {
                // Nobody can tell one from the other.
                said.UnionWith(Of([near], now, false));
            }

            if (script.Has(Mischief.ExecutionsLag) && script.ListLag + s_about > reachTimeout)
            {
                said.Add("ReachedNobody");
            }

            if (_clocksDisagree)
            {
                // By the clocks the run may be from before its start.
                said.UnionWith(["Pending", "ReachedNobody", "Unknown"]);
            }

            return said;
        }

        AssociationVersion ours = association.Versions[asked.Version - 1];
        return Newer(association, asked.Version, now) is { } newer
            ? TakenOver(time => OfVersion(association, ours, time, isLatest: false), newer, now)
            : OfVersion(association, ours, now, isLatest: false);
    }

    private static AssociationVersion? Newer(Association association, int version, DateTimeOffset now) =>
        association.Versions.FirstOrDefault(other => other.Number > version && other.Made <= now);

    private HashSet<string> TakenOver(Func<DateTimeOffset, HashSet<string>> state, AssociationVersion newer, DateTimeOffset now)
    {
        var said = new HashSet<string>();
        bool isTold = !_clocksDisagree && !script.Has(Mischief.VersionsDenied) && !script.Has(Mischief.ExecutionMembersAbsent);
        for (int i = -30; i <= 30; i++)
        {
            DateTimeOffset time = newer.Made + TimeSpan.FromMilliseconds(i * 50);
            foreach (string status in state(time < now ? time : now))
            {
                bool isDecided = IsDecided(status);
                said.Add(isDecided ? status : "Superseded");
                if (status is "ReachedNobody" or "Scheduled" || !isTold)
                {
                    said.Add("Superseded");
                }
            }
        }

        if (!isTold)
        {
            said.UnionWith(state(now).Where(IsDecided));
        }

        if (now - newer.Made < TimeSpan.FromSeconds(7))
        {
            // Its executions may lag behind the version.
            said.UnionWith(state(now).Where(status => !IsDecided(status)));
        }

        return said;
    }

    private HashSet<string> OfVersion(Association association, AssociationVersion version, DateTimeOffset now, bool isLatest)
    {
        List<Execution> runs = [.. association.Executions.ToList().Where(run => run.Version == version.Number && run.Begun <= now)];
        if (runs.Count == 0)
        {
            if (version.Content["ApplyOnlyAtCronInterval"] is { } only && (bool)only)
            {
                // Those that are due have been for two hours.
                return (string?)version.Content["AssociationName"] is { } name && name.StartsWith("due", StringComparison.Ordinal)
                    ? _clocksDisagree ? ["ReachedNobody", "Pending", "Scheduled"] : ["ReachedNobody"]
                    : ["Scheduled"];
            }

            return Nobody(version.Made, now);
        }

        if (!isLatest)
        {
            return Of(runs, now, _clocksDisagree);
        }

        // Which is the latest is in doubt where clocks step, and whether a run of some nodes stands for all.
        HashSet<string> said = Of([runs[^1]], now, false);
        if (runs.Count > 1 && (_clocksDisagree || script.Has(Mischief.ExecutionMembersAbsent)))
        {
            foreach (Execution run in runs)
            {
                said.UnionWith(Of([run], now, false));
            }
        }

        if (runs.SkipLast(1).Any(run => run.At(now).Nodes.Count > runs[^1].At(now).Nodes.Count))
        {
            said.UnionWith(Of(runs, now, false));
        }

        return said;
    }

    private HashSet<string> Nobody(DateTimeOffset since, DateTimeOffset now)
    {
        TimeSpan over = now - since - reachTimeout;
        return _clocksDisagree || over.Duration() < s_about || script.Has(Mischief.ExecutionMembersAbsent) ? ["Pending", "ReachedNobody"] : over > TimeSpan.Zero ? ["ReachedNobody"] : ["Pending"];
    }

    /// <summary>What several runs of one version say together: of each node its last word.</summary>
    private HashSet<string> Of(IReadOnlyList<Execution> runs, DateTimeOffset now, bool orderIsOpen)
    {
        HashSet<string> last = One(runs[^1], now);
        if (runs.Count == 1)
        {
            return last;
        }

        var nodes = new Dictionary<string, string>();
        foreach (Execution run in runs)
        {
            foreach ((string node, string status) in run.At(now).Nodes)
            {
                nodes[node] = status;
            }
        }

        HashSet<string> lastNodes = [.. runs[^1].At(now).Nodes.Select(node => node.Node)];
        var said = new HashSet<string>();
        if (orderIsOpen || last.Overlaps(s_undecided) || last.Contains("ReachedNobody"))
        {
            // The one before stands until the next has ended, or both are waited for.
            said.UnionWith(Of([.. runs.Take(runs.Count - 1)], now, orderIsOpen));
            said.UnionWith(last);
        }
        else if (nodes.Keys.All(lastNodes.Contains))
        {
            said.UnionWith(last);
        }

        if (nodes.Any(node => !lastNodes.Contains(node.Key) && IsFailure(node.Value)))
        {
            said.UnionWith(["Failed", "TimedOut", "Cancelled"]);
        }
        else if (nodes.Keys.Any(node => !lastNodes.Contains(node)))
        {
            said.UnionWith(last);
            said.UnionWith(Of([.. runs.Take(runs.Count - 1)], now, orderIsOpen).Where(status => !IsDecided(status)));
        }

        return said;
    }

    private HashSet<string> One(Execution run, DateTimeOffset now)
    {
        Phase phase = run.At(now);
        bool isGoingOn = phase.Nodes.Any(node => node.Status is "InProgress" or "Pending");
        bool hasFailed = phase.Nodes.Any(node => IsFailure(node.Status));

        // What cannot be read, or is a word that nobody knows, may stay open; it is never a success.
        bool isUnreadable = script.Has(Mischief.ExecutionMembersAbsent) || script.Has(Mischief.CountsGarbled) || (script.Has(Mischief.NewNodeWords) && hasFailed);
        HashSet<string> open = isUnreadable ? ["Running", "Pending", "Unknown", "ReachedNobody"] : script.Has(Mischief.CountsAbsent) ? ["Running", "Pending", "ReachedNobody"] : [];
        return [.. open, .. phase.Status switch
        {
            "Success" when phase.Nodes.Count == 0 => Nobody(run.Begun, now),
            "Success" or "Skipped" when isGoingOn => ["Running", "Pending"],
            "Success" or "Skipped" when hasFailed => ["Failed"],
            "Success" when phase.Nodes.All(node => node.Status == "Skipped") => ["Success", "Skipped"],
            "Failed" when isGoingOn => ["Failed", "Running"],
            "TimedOut" or "Cancelled" when phase.Nodes.Any(node => node.Status == "Failed") => [phase.Status, "Failed"],
            "Success" or "Skipped" or "Failed" or "TimedOut" or "Cancelled" => [phase.Status],
            _ when phase.Nodes.Count == 0 => Nobody(run.Begun, now),
            _ when phase.Nodes.All(node => node.Status == "Pending") => ["Pending", "Running"],
            _ => ["Running"],
        }];
    }

    private static bool IsFailure(string status) => status is "Failed" or "TimedOut" or "Cancelled";
}
