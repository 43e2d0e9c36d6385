using System;

namespace SsmAssociationTools.Runs;

/// <summary>
/// Tells a service that refuses calls above a rate from one that refuses a share of all calls, whatever their rate: above a
/// limit, nearly all is refused at four times the rate of which a part is; where it is not, going slower only takes longer, and
/// the pace goes back. Not safe for concurrent use.
/// </summary>
internal sealed class RefusalShare
{
    /// <summary>Rates are counted in steps of two, from the lowest that a pace has.</summary>
    private const double LowestRate = 0.2;
    private const int Steps = 12;

    /// <summary>Steps between rates that are compared, at least: what is refused at a quarter of a rate above a limit, at the most.</summary>
    private const int Apart = 2;

    /// <summary>Calls that count at a rate: what was long ago may have been another limit.</summary>
    private const int Memory = 24;

    /// <summary>Calls at the higher rates that tell how many are refused there.</summary>
    private const int KnownAbove = 8;

    /// <summary>The same at the lower ones, and refusals among them. Doubled each time that they told wrong.</summary>
    private const int KnownBelow = 6;
    private const int RefusedBelow = 3;
    private const int MostNeeded = 4;

    /// <summary>Shares below this may come of a limit that is searched for.</summary>
    private const double Least = 0.12;

    /// <summary>Shares above this are those of a limit, or of a service that is down.</summary>
    private const double Most = 0.7;

    /// <summary>Calls whose share is looked at while the rate is held.</summary>
    private const int Look = 16;

    /// <summary>Shares above this end the holding: at four times a limit, and more with each call that is accepted, so many are refused.</summary>
    private const double MostHeld = 0.75;

    /// <summary>Calls that are made at one rate before slowing is tried again. Doubled each time that it was in vain.</summary>
    private const int Trust = 200;

    private readonly int[] _calls = new int[Steps];
    private readonly int[] _refused = new int[Steps];

    /// <summary>The highest rate at which calls were counted.</summary>
    private double _top;
    private int _needed = 1;
    private int _trusted;
    private int _trust = Trust;
    private int _callsHeld;
    private int _refusedHeld;

    /// <summary>True while refusals are held to be of any rate, so that none of them slows the calls down.</summary>
    public bool IsOfAnyRate => _trusted > 0;

    /// <summary>Takes note of a call that had its turn since the rate was last changed by a refusal.</summary>
    /// <param name="rate">Calls a second that were let through when its answer came; infinite for no limit.</param>
    /// <param name="isRefused">Whether it was throttled.</param>
    public void Count(double rate, bool isRefused)
    {
        if (_trusted > 0)
        {
            CountHeld(isRefused);
            return;
        }

        if (double.IsInfinity(rate))
        {
            Forget();
            return;
        }

        int step = StepOf(rate);
        if (_calls[step] == Memory)
        {
            _calls[step] /= 2;
            _refused[step] /= 2;
        }

        _calls[step]++;
        _refused[step] += isRefused ? 1 : 0;
        _top = Math.Max(_top, rate);
    }

    /// <summary>The rate to go on with after a refusal.</summary>
    /// <param name="rate">The rate at which it came.</param>
    /// <param name="slower">The rate that it asks for.</param>
    /// <returns>That rate, or the highest one so far where going slower has not helped.</returns>
    public double Restored(double rate, double slower)
    {
        if (double.IsInfinity(rate))
        {
            return slower;
        }

        int step = StepOf(rate);
        (int calls, int refused) below = Sum(0, step);
        (int calls, int refused) above = Sum(step + Apart, Steps - 1);
        if (below.calls < KnownBelow * _needed || below.refused < RefusedBelow * _needed || !IsCommon(below, out double share))
        {
            return slower;
        }

        bool isAsCommonAbove = above.calls >= KnownAbove && IsCommon(above, out double shareAbove) && share >= shareAbove * 0.6;

        // No service of any use allows less than the lowest rate: what is refused there tells by itself, sooner where little is known above.
        bool isAtBottom = step == 0 && below.calls >= KnownBelow * _needed * (above.calls < KnownAbove ? 1 : 2);
        if (!isAsCommonAbove && !isAtBottom)
        {
            return slower;
        }

        double top = _top;
        Forget();
        (_callsHeld, _refusedHeld) = (0, 0);
        _trusted = _trust;
        _trust *= 2;
        return top;
    }

    private static bool IsCommon((int Calls, int Refused) counted, out double share)
    {
        share = counted.Calls == 0 ? 0 : (double)counted.Refused / counted.Calls;
        return share is >= Least and <= Most;
    }

    private static int StepOf(double rate)
    {
        int step = 0;
        for (double next = LowestRate * 2; rate >= next && step < Steps - 1; next *= 2)
        {
            step++;
        }

        return step;
    }

    private (int Calls, int Refused) Sum(int first, int last)
    {
        (int calls, int refused) = (0, 0);
        for (int step = first; step <= last; step++)
        {
            calls += _calls[step];
            refused += _refused[step];
        }

        return (calls, refused);
    }

    private void CountHeld(bool isRefused)
    {
        _trusted--;
        _callsHeld++;
        _refusedHeld += isRefused ? 1 : 0;
        if (_callsHeld == Look)
        {
            if (_refusedHeld > MostHeld * _callsHeld)
            {
                // It was a limit after all, or has become one.
                _trusted = 0;
                _needed = Math.Min(2 * _needed, MostNeeded);
            }

            (_callsHeld, _refusedHeld) = (0, 0);
        }
    }

    private void Forget()
    {
        Array.Clear(_calls, 0, Steps);
        Array.Clear(_refused, 0, Steps);
        _top = 0;
    }
}
