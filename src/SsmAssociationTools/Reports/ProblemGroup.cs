using System.Collections.Generic;

namespace SsmAssociationTools.Reports;

/// <summary>One problem with all rows that have it.</summary>
internal sealed class ProblemGroup
{
    /// <summary>How many rows are named; the others are counted.</summary>
    private const int NamedRows = 12;

    private readonly List<ReportRow> _rows = [];
    private readonly List<string> _members = [];
    private ReportRow? _last;

    public ProblemGroup(ReportTone tone, string kind, string id, string message, string? action)
    {
        Tone = tone;
        Kind = kind;
        Id = id;
        Message = message;
        Action = action;
    }

    /// <summary>How grave it is.</summary>
    public ReportTone Tone { get; }

    /// <summary>What it is called: Error, Warning, or the status of the results.</summary>
    public string Kind { get; }

    /// <summary>Id of the rule, or code of the error.</summary>
    public string Id { get; }

    /// <summary>What is wrong.</summary>
    public string Message { get; }

    /// <summary>What to do; null where the message says it.</summary>
    public string? Action { get; }

    /// <summary>How often it was found.</summary>
    public long Count { get; private set; }

    /// <summary>How many rows have it.</summary>
    public long RowCount { get; private set; }

    /// <summary>The members that have it, such as Targets[0].Values[2]; a few of them, without an empty one.</summary>
    public IReadOnlyList<string> Members => _members;

    /// <summary>The first rows that have it.</summary>
    public IReadOnlyList<ReportRow> Rows => _rows;

    /// <summary>Adds a finding.</summary>
    public void Add(ReportRow row, string member)
    {
        Count++;
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
