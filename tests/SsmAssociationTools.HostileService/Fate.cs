using System;
using System.Collections.Generic;

namespace SsmAssociationTools.HostileService;

/// <summary>What a script has decided about one call.</summary>
public sealed class Fate
{
    /// <summary>What becomes of the call as a whole; null when it is carried out and answered.</summary>
    public Mischief? Whole { get; init; }

    public ISet<Mischief> Parts { get; init; } = new HashSet<Mischief>();

    public required Dice Dice { get; init; }

    public TimeSpan Delay { get; init; }

    /// <summary>One thing that is done to a call as a whole.</summary>
    public static Fate Of(Mischief whole, TimeSpan delay = default) => new() { Whole = whole, Delay = delay, Dice = new Dice(whole) };

    /// <summary>What is done to the parts of an answer.</summary>
    public static Fate With(params Mischief[] parts) => new() { Parts = new HashSet<Mischief>(parts), Dice = new Dice(string.Join(",", parts)) };

    /// <summary>Nothing is done to the call.</summary>
    public static Fate Plain() => With();

    public bool Has(Mischief mischief) => Parts.Contains(mischief);

    public override string ToString()
    {
        IEnumerable<Mischief> all = Whole is null ? Parts : [Whole.Value, .. Parts];
        return string.Join("+", all) is { Length: > 0 } text ? text : "plain";
    }
}
