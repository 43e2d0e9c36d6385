using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace SsmAssociationTools.Hostile.Tests;

/// <summary>Runs several cases side by side, since each of them waits for most of its time, and shows every one that broke a promise.</summary>
internal static class Verdict
{
    public static void OfEach<T>(IReadOnlyList<T> items, Func<T, Case> run, Func<T, Case, string?> ask)
    {
        var faults = new ConcurrentQueue<string>();
        Campaign.ForEach(items, 24, item =>
        {
            using Case done = run(item);
            if (ask(item, done) is { } fault)
            {
                faults.Enqueue($"== {(item is Array several ? string.Join("+", several.Cast<object>()) : item)}: {fault}\n{done}");
            }
        });
        Assert.True(faults.IsEmpty, string.Join("\n\n", faults.OrderBy(fault => fault, StringComparer.Ordinal)));
    }

    /// <summary>The judge's verdict, and that every entry was made once and is known.</summary>
    public static string? AllCreated(Case done) =>
        done.Faults.Count > 0 ? done.Faults[0].ToString()
        : done.Results.Any(result => result.Status != "Created") ? $"{done.Statuses}: {done.Results.First(result => result.Status != "Created")}"
        : null;

    /// <summary>The judge's verdict alone: what cannot be told may stay open.</summary>
    public static string? NothingBroken(Case done) => done.Faults.Count > 0 ? done.Faults[0].ToString() : null;
}
