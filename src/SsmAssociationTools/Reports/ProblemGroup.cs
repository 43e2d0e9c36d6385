using System;
using System.Collections.Generic;

namespace SsmAssociationTools.Reports;

/// <summary>One rule that is broken, or one code of an error: its texts, and the rows that have them.</summary>
internal sealed class ProblemGroup(ReportTone tone, string kind, string id, string? action)
{
    /// <summary>Texts that are kept apart; a message may name the value, so there may be as many as rows.</summary>
    private const int MaxTexts = 50;

    private readonly Dictionary<string, ProblemText> _byMessage = new(StringComparer.Ordinal);
    private readonly List<ProblemText> _texts = [];
    private ReportRow? _last;

    /// <summary>How grave it is.</summary>
    public ReportTone Tone { get; } = tone;

    /// <summary>What it is called: Error, Warning, or the status of the results.</summary>
    public string Kind { get; } = kind;

    /// <summary>Id of the rule, or code of the error.</summary>
    public string Id { get; } = id;

    /// <summary>What to do; null where the messages say it.</summary>
    public string? Action { get; } = action;

    /// <summary>How often it was found.</summary>
    public long Count { get; private set; }

    /// <summary>How many rows have it.</summary>
    public long RowCount { get; private set; }

    /// <summary>The texts, in the order in which they were found; the last one stands for all beyond a few.</summary>
    public IReadOnlyList<ProblemText> Texts => _texts;

    /// <summary>Adds a finding.</summary>
    public void Add(ReportRow row, string member, string message)
    {
        Count++;
        RowCount += _last == row ? 0 : 1;
        _last = row;
        if (!_byMessage.TryGetValue(message, out ProblemText? text))
        {
            text = _texts.Count < MaxTexts ? new ProblemText(message) : _texts[_texts.Count - 1];
            if (_texts.Count < MaxTexts)
            {
                _byMessage.Add(message, text);
                _texts.Add(text);
            }
        }

        text.Add(row, member);
    }
}
