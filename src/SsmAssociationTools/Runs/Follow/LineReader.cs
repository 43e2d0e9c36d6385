using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Runs.Read;

namespace SsmAssociationTools.Runs.Follow;

/// <summary>
/// Reads what the service says of associations themselves: pages of the list, where they are cheaper and allowed, and else
/// each by its description. Used by one sweep at a time.
/// </summary>
internal sealed class LineReader
{
    private readonly FollowCalls _calls;
    private readonly FollowOptions _follow;
    private readonly FollowTime _time;
    private readonly FollowSettler _settler;
    private readonly RunLog _log;

    /// <summary>Pages of the whole list, as far as they were read.</summary>
    private int _pages;

    public LineReader(FollowCalls calls, FollowOptions follow, FollowTime time, FollowSettler settler, RunLog log)
    {
        _calls = calls;
        _follow = follow;
        _time = time;
        _settler = settler;
        _log = log;
    }

    /// <summary>False once listing was refused.</summary>
    public bool MayList { get; private set; } = true;

    /// <summary>False once describing was refused.</summary>
    public bool MayDescribe { get; private set; } = true;

    /// <summary>Reads what the service says of each association now.</summary>
    /// <returns>False where nothing can be read, and all are settled.</returns>
    public async Task<bool> ReadAsync(List<FollowItem> open)
    {
        ILookup<Guid, FollowItem> byId = open.ToLookup(static item => item.Id!.Value);
        var left = new HashSet<Guid>(byId.Select(static group => group.Key));
        bool isListed = MayList && (!MayDescribe || left.Count > Math.Max(_follow.MaxSingles, _pages));
        if (isListed && !await TryListAsync(open, byId, left).ConfigureAwait(false))
        {
            return false;
        }

        if (MayDescribe)
        {
            await Task.WhenAll(left.ToList().Select(id => DescribeAsync([.. byId[id]], left))).ConfigureAwait(false);
        }

        if (!MayDescribe && left.Count > 0)
        {
            if (!isListed && MayList && !await TryListAsync(open, byId, left).ConfigureAwait(false))
            {
                return false;
            }

            foreach (FollowItem item in left.SelectMany(id => byId[id]))
            {
                item.MissingSince ??= _time.Uptime;
            }
        }

        return true;
    }

    /// <summary>Reads the description of an association again.</summary>
    public async Task ReadDescriptionAsync(FollowItem item) =>
        item.Description = await _calls.DescribeAsync(item).ConfigureAwait(false) ?? item.Description;

    /// <summary>When the version after the one that counts was made, by the service; null where that cannot be told.</summary>
    public async Task<DateTime?> ReadTakeoverAsync(FollowItem item)
    {
        try
        {
            AssociationRecord? next = null;
            string? mark = null;
            for (int page = 0; page < FollowCalls.MaxPages; page++)
            {
                VersionsAnswer answer = await _calls.VersionsAsync(new VersionsRequest(item.AssociationId!) { NextToken = mark }).ConfigureAwait(false);
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

    /// <summary>Reads the list, where it can be read.</summary>
    /// <returns>False where nothing else can be read either, and all are settled.</returns>
    private async Task<bool> TryListAsync(List<FollowItem> open, ILookup<Guid, FollowItem> byId, HashSet<Guid> left)
    {
        try
        {
            await ListAsync(byId, left).ConfigureAwait(false);
        }
        catch (GatewayException error) when (error.Kind == GatewayErrorKind.Rejected)
        {
            // A list that cannot be read to its end says nothing of those that were not in it.
            _log.Verbose($"ListAssociations: {error.ErrorCode}; the associations are described one by one.");
        }
        catch (GatewayException error) when (error.IsOperationDenied && MayDescribe)
        {
            MayList = false;
            _log.Verbose($"ListAssociations: {error.ErrorCode}; the associations are described one by one.");
        }
        catch (GatewayException error)
        {
            _settler.Fail(open, error, "ListAssociations");
            return false;
        }

        return true;
    }

    private async Task ListAsync(ILookup<Guid, FollowItem> byId, HashSet<Guid> left)
    {
        var guard = new PageGuard();
        string? mark = null;
        int pages = 0;
        for (bool isRead = false; !isRead;)
        {
            try
            {
                ListAnswer page = await _calls.ListAsync(new ListRequest { NextToken = mark }).ConfigureAwait(false);
                pages++;
                foreach (AssociationRecord line in guard.Take(page))
                {
                    if (Guid.TryParse(line.AssociationId, out Guid id))
                    {
                        foreach (FollowItem item in byId[id])
                        {
                            item.Take(line, _time.Uptime);
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

    /// <summary>Describes one association, for all inputs that name it.</summary>
    private async Task DescribeAsync(IReadOnlyList<FollowItem> items, HashSet<Guid> left)
    {
        try
        {
            AssociationRecord? record = await _calls.DescribeAsync(items[0]).ConfigureAwait(false);
            foreach (FollowItem item in items)
            {
                if (record is null)
                {
                    item.MissingSince ??= _time.Uptime;
                }
                else
                {
                    item.Take(record, _time.Uptime);
                    item.Description = record;
                }
            }

            lock (left)
            {
                left.Remove(items[0].Id!.Value);
            }
        }
        catch (GatewayException error) when (error.IsOperationDenied && MayList)
        {
            MayDescribe = false;
            _log.Verbose($"DescribeAssociation: {error.ErrorCode}; the list alone is read.");
        }
        catch (GatewayException error)
        {
            _settler.Fail(items, error, "DescribeAssociation");
        }
    }
}
