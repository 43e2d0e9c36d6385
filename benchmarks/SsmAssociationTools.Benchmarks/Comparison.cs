using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace SsmAssociationTools.Benchmarks;

/// <summary>Runs two sides in turn and sums up what each pair says.</summary>
internal sealed class Comparison
{
    private readonly List<Pass> _module = [];
    private readonly List<Pass> _other = [];

    /// <summary>Rate of the module by rate of the other side, one for each pair: 1 is the same speed, more is faster.</summary>
    public Spread Ratio => new(_module.Zip(_other, static (module, other) => module.Rate / other.Rate));

    /// <summary>Time of the module by time of the other side, one for each pair: 1 is the same speed, less is faster.</summary>
    public Spread TimeRatio => new(_module.Zip(_other, static (module, other) => other.Rate / module.Rate));

    /// <summary>Entries a second of the module.</summary>
    public Spread ModuleRate => new(_module.Select(static pass => pass.Rate));

    /// <summary>Entries a second of the other side.</summary>
    public Spread OtherRate => new(_other.Select(static pass => pass.Rate));

    /// <summary>Microseconds of processor time that the module takes for an entry.</summary>
    public Spread ModuleCpu => new(_module.Select(static pass => pass.CpuMicroseconds));

    /// <summary>Microseconds of processor time that the other side takes for an entry.</summary>
    public Spread OtherCpu => new(_other.Select(static pass => pass.CpuMicroseconds));

    /// <summary>
    /// Runs pairs, the order turning from pair to pair (A B, B A, ...), so that a machine that gets slower or faster
    /// meanwhile favours neither side.
    /// </summary>
    /// <param name="pairs">How many.</param>
    /// <param name="warmUps">Passes of each side before the first pair.</param>
    /// <param name="module">A pass of the module.</param>
    /// <param name="other">A pass of the other side.</param>
    /// <returns>The comparison.</returns>
    public static async Task<Comparison> RunAsync(int pairs, int warmUps, Func<Task<Pass>> module, Func<Task<Pass>> other)
    {
        var comparison = new Comparison();
        for (int i = 0; i < warmUps; i++)
        {
            await module();
            await other();
        }

        for (int i = 0; i < pairs; i++)
        {
            if (i % 2 == 0)
            {
                comparison._module.Add(await module());
                comparison._other.Add(await other());
            }
            else
            {
                comparison._other.Add(await other());
                comparison._module.Add(await module());
            }

            Console.Error.Write('.');
        }

        Console.Error.WriteLine();
        return comparison;
    }
}
