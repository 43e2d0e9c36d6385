using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace SsmAssociationTools.Benchmarks;

/// <summary>The least, the middle and the greatest of some measurements.</summary>
internal sealed class Spread
{
    /// <summary>Sums up measurements.</summary>
    /// <param name="values">At least one.</param>
    public Spread(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        Count = sorted.Length;
        Min = sorted[0];
        Max = sorted[^1];
        Median = sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>How many measurements there are.</summary>
    public int Count { get; }

    /// <summary>The least.</summary>
    public double Min { get; }

    /// <summary>The middle one; between the two in the middle where their number is even.</summary>
    public double Median { get; }

    /// <summary>The greatest.</summary>
    public double Max { get; }

    /// <summary>The three figures, with as many digits as tell something.</summary>
    /// <returns>Text such as <c>0.91 / 0.95 / 0.97</c>.</returns>
    public override string ToString() => $"{Text(Min)} / {Text(Median)} / {Text(Max)}";

    /// <summary>A figure for a table.</summary>
    /// <param name="value">The figure.</param>
    /// <returns>About three digits.</returns>
    public static string Text(double value) => Math.Abs(value) switch
    {
        >= 100 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        >= 0.1 => value.ToString("0.00", CultureInfo.InvariantCulture),
        _ => value.ToString("0.0000", CultureInfo.InvariantCulture),
    };
}
