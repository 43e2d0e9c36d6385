using System;
using System.Collections.Generic;
using System.Linq;

namespace SsmAssociationTools.LocalEndpoint.Data;

/// <summary>A change calendar: open or closed, and the other one at given times.</summary>
internal sealed class ChangeCalendar
{
    private readonly bool _isOpen;
    private readonly List<(DateTime From, DateTime To)> _windows;

    public ChangeCalendar(bool isOpen, IEnumerable<(DateTime From, DateTime To)> windows)
    {
        _isOpen = isOpen;
        _windows = [.. windows];
    }

    public bool IsOpen(DateTime time) => _isOpen != _windows.Exists(window => window.From <= time && time < window.To);

    /// <summary>When it opens or closes next; null for never.</summary>
    public DateTime? NextChange(DateTime time)
    {
        IEnumerable<DateTime> ends = _windows.SelectMany(static window => new[] { window.From, window.To }).Where(end => end > time && end < DateTime.MaxValue);
        return ends.OrderBy(static end => end).Where(end => IsOpen(end) != IsOpen(time)).Select(static end => (DateTime?)end).FirstOrDefault();
    }
}
