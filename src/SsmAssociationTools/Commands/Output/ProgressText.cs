using System;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using SsmAssociationTools.Runs;

namespace SsmAssociationTools.Commands.Output;

/// <summary>Puts the counts of a run into a progress record: done, created, failed, rate and time left.</summary>
internal sealed class ProgressText
{
    /// <summary>How far back the rate looks.</summary>
    private static readonly TimeSpan s_span = TimeSpan.FromSeconds(20);

    private readonly string _activity;
    private readonly string _inputs;
    private readonly string _succeeded;
    private readonly string _others;
    private readonly Queue<(DateTime Time, long Settled)> _recent = new();

    public ProgressText(string activity, string inputs, string succeeded, string others)
    {
        _activity = activity;
        _inputs = inputs;
        _succeeded = succeeded;
        _others = others;
    }

    /// <summary>Describes the counts.</summary>
    public ProgressRecord Describe(RunProgress progress, DateTime now)
    {
        _recent.Enqueue((now, progress.Settled));
        while (_recent.Count > 2 && now - _recent.Peek().Time > s_span)
        {
            _recent.Dequeue();
        }

        (DateTime since, long before) = _recent.Peek();
        double seconds = (now - since).TotalSeconds;
        double rate = seconds > 0 ? (progress.Settled - before) / seconds : 0;
        string of = progress.Total is { } known ? $"{Number(progress.Settled)} of {Number(known)} {_inputs}" : $"{Number(progress.Settled)} {_inputs}";
        string speed = rate > 0 ? $"; {rate.ToString(rate < 10 ? "0.0" : "#,0", CultureInfo.CurrentCulture)} {_inputs}/s" : string.Empty;
        var record = new ProgressRecord(1, _activity, $"{of} done: {Number(progress.Succeeded)} {_succeeded}, {Number(progress.Settled - progress.Succeeded)} {_others}{speed}{(progress.Remark is null ? string.Empty : "; " + progress.Remark)}");
        if (progress.Slowest is not null)
        {
            record.CurrentOperation = $"Throttled: {progress.Slowest} takes {progress.SlowestRate.ToString("0.0", CultureInfo.CurrentCulture)} calls/s";
        }

        if (progress.Total is { } total && total > 0)
        {
            record.PercentComplete = (int)Math.Min(100, progress.Settled * 100 / total);
            if (rate > 0)
            {
                record.SecondsRemaining = (int)Math.Min(int.MaxValue, Math.Max(0, total - progress.Settled) / rate);
            }
        }

        return record;
    }

    private static string Number(long number) => number.ToString("#,0", CultureInfo.CurrentCulture);
}
