using System;
using System.Collections.Generic;
using System.Linq;

namespace SsmAssociationTools.LocalEndpoint.Simulation;

/// <summary>When a node is offline: at given times, or by chance. Safe for concurrent use.</summary>
internal sealed class Availability
{
    private readonly object _gate = new();
    private readonly List<(DateTime From, DateTime To)> _offline;
    private readonly double _hoursOnline;
    private readonly double _hoursOffline;
    private readonly DateTime _origin;
    private ulong _random;

    private Availability(List<(DateTime From, DateTime To)> offline, double hoursOnline, double hoursOffline, DateTime origin, ulong random)
    {
        _offline = offline;
        _hoursOnline = hoursOnline;
        _hoursOffline = hoursOffline;
        _origin = origin;
        _random = random;
    }

    public static Availability Always { get; } = new([], 0, 0, default, 0);

    public static Availability Never { get; } = new([(DateTime.MinValue, DateTime.MaxValue)], 0, 0, default, 0);

    /// <summary>Offline at given times.</summary>
    public static Availability Without(IEnumerable<(DateTime From, DateTime To)> windows)
    {
        List<(DateTime From, DateTime To)> merged = [];
        foreach ((DateTime from, DateTime to) in windows.Where(static window => window.To > window.From).OrderBy(static window => window.From))
        {
            int last = merged.Count - 1;
            if (last >= 0 && from <= merged[last].To)
            {
                merged[last] = (merged[last].From, to > merged[last].To ? to : merged[last].To);
            }
            else
            {
                merged.Add((from, to));
            }
        }

        return new Availability(merged, 0, 0, default, 0);
    }

    /// <summary>Offline by chance.</summary>
    /// <param name="hoursOnline">How long it is online on average.</param>
    /// <param name="hoursOffline">How long it is offline on average.</param>
    /// <param name="origin">Until then it is online.</param>
    /// <param name="seed">Seed of the chance.</param>
    public static Availability ByChance(double hoursOnline, double hoursOffline, DateTime origin, ulong seed) => new([], hoursOnline, hoursOffline, origin, seed);

    /// <summary>The first time from a time on at which the node is online; the last of all times for never.</summary>
    public DateTime OnlineFrom(DateTime time)
    {
        lock (_gate)
        {
            int place = Find(time);
            return place < _offline.Count && _offline[place].From <= time ? _offline[place].To : time;
        }
    }

    /// <summary>The first time from a time on at which the node is offline; the last of all times for never.</summary>
    public DateTime OfflineFrom(DateTime time)
    {
        lock (_gate)
        {
            int place = Find(time);
            return place == _offline.Count ? DateTime.MaxValue : _offline[place].From <= time ? time : _offline[place].From;
        }
    }

    /// <summary>The first window that ends later than a time.</summary>
    private int Find(DateTime time)
    {
        while (_hoursOnline > 0 && (_offline.Count == 0 || _offline[_offline.Count - 1].To <= time))
        {
            DateTime from = (_offline.Count == 0 ? _origin : _offline[_offline.Count - 1].To) + Length(_hoursOnline);
            _offline.Add((from, from + Length(_hoursOffline)));
        }

        int low = 0;
        int high = _offline.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_offline[middle].To <= time)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private TimeSpan Length(double averageHours)
    {
        _random = Draw.Mix(_random);
        return TimeSpan.FromSeconds(Math.Max(1, -Math.Log(1 - Draw.Unit(_random)) * averageHours * 3600));
    }
}
