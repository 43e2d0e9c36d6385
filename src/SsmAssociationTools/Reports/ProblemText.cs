using System.Collections.Generic;

namespace SsmAssociationTools.Reports;

/// <summary>One text of a problem with all rows that have it.</summary>
internal sealed class ProblemText(string message)
{
    /// <summary>How many rows are named; the others are counted.</summary>
    private const int NamedRows = 12;

    private readonly List<ReportRow> _rows = [];
    private readonly List<string> _members = [];
    private ReportRow? _last;

    /// <summary>What is wrong.</summary>
    public string Message { get; } = message;

    /// <summary>How many rows have it.</summary>
    public long RowCount { get; private set; }

    /// <summary>The members that have it, such as Targets[0].Values[2]; a few of them, without an empty one.</summary>
    public IReadOnlyList<string> Members => _members;

    /// <summary>The first rows that have it.</summary>
    public IReadOnlyList<ReportRow> Rows => _rows;

    /// <summary>Adds a finding.</summary>
    public void Add(ReportRow row, string member)
    {
        if (_last != row)
        {
            _last = row;
            RowCount++;
            if (_rows.Count < NamedRows)
            {
                _rows.Add(row);
            }
        }

        if (member.Length > 0 && _members.Count < 3 && !_members.Contains(member))
        {
            _members.Add(member);
        }
    }
}
