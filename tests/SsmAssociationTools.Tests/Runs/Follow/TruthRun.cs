using System;
using System.Collections.Generic;
using System.Linq;

namespace SsmAssociationTools.Tests.Runs.Follow;

/// <summary>What truly happens in one run, and what the service says of it at a time, as public sources tell.</summary>
internal sealed class TruthRun
{
    public required string Id { get; init; }

    public required int Version { get; init; }

    public required DateTime Created { get; init; }

    public required IReadOnlyList<TruthNode> Nodes { get; set; }

    /// <summary>The word that stands for the end of the run, whatever its nodes say; null for the one that follows from them.</summary>
    public string? EndWord { get; init; }

    /// <summary>A word that nobody has seen yet, while it runs; null for InProgress.</summary>
    public string? OddWord { get; init; }

    /// <summary>True where StartAssociationsOnce began it.</summary>
    public bool IsStarted { get; init; }

    /// <summary>When the run is over on every node; the last of all times for never. A run that nobody picks up is never over.</summary>
    public DateTime Ended => Nodes.Count == 0 ? DateTime.MaxValue : Nodes.Max(node => node.End);

    /// <summary>When the first node picks it up.</summary>
    public DateTime Reached => Nodes.Count == 0 ? DateTime.MaxValue : Nodes.Min(node => node.PickUp);

    /// <summary>What is true once it has ended.</summary>
    public string Truth => Nodes.Any(node => node.Word == "Failed") ? "Failed"
        : EndWord is not null and not "Success" ? EndWord
        : Nodes.Any(node => node.Word == "TimedOut") ? (EndWord == "Success" ? "Failed" : "TimedOut")
        : Nodes.Any(node => node.Word == "Success") ? "Success"
        : "Skipped";

    /// <summary>What the service says.</summary>
    public (string Word, string Detail, IReadOnlyDictionary<string, int> Counts) At(DateTime time)
    {
        var none = new Dictionary<string, int>();
        if (time < Created.AddSeconds(1))
        {
            return ("Pending", "Creating", none);
        }

        if (time < Reached)
        {
            // The false success of the sources: the same pair as that of a run that never reaches anybody.
            return ("Success", "Success", none);
        }

        Dictionary<string, int> counts = Nodes.GroupBy(node => node.WordAt(time)).ToDictionary(group => group.Key, group => group.Count());
        if (time < Ended)
        {
            return (OddWord ?? "InProgress", OddWord ?? "InProgress", counts);
        }

        string word = EndWord ?? Truth;
        return (word, word, counts);
    }

    /// <summary>What becomes of it when a newer run of all targets begins: nodes in the middle finish, waiting ones are given up.</summary>
    public void Overtake(DateTime time) => Nodes = [.. Nodes.Select(node => node.PickUp > time ? node with { PickUp = time, End = time, Word = "TimedOut" } : node)];
}
