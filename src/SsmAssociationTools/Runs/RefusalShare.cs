namespace SsmAssociationTools.Runs;

/// <summary>
/// Tells a service that refuses calls above a rate from one that refuses a share of all calls, whatever their rate: under a
/// limit, a quarter of the rate is refused less; where it is not, going slower only takes longer, and the pace goes back.
/// Not safe for concurrent use.
/// </summary>
internal sealed class RefusalShare
{
    /// <summary>Calls after which the share at a rate counts as known.</summary>
    private const int Known = 12;

    /// <summary>Shares below this may come of a limit that is searched for.</summary>
    private const double Least = 0.12;

    /// <summary>Shares above this are those of a limit, or of a service that is down.</summary>
    private const double Most = 0.7;

    /// <summary>How far rates are apart whose calls are counted together: a pace that falls gives few calls to each.</summary>
    private const double Span = 4;

    /// <summary>Calls that are made at one rate before slowing is tried again. Doubled each time that it was in vain.</summary>
    private const int Trust = 200;

    /// <summary>The rate at which the share was known first; infinite for none.</summary>
    private double _rate = double.PositiveInfinity;
    private double _shareThere;

    private double _begin = double.PositiveInfinity;
    private int _calls;
    private int _refused;
    private int _trusted;
    private int _trust = Trust;

    /// <summary>True while refusals are held to be of any rate, so that none of them slows the calls down.</summary>
    public bool IsOfAnyRate => _trusted > 0;

    /// <summary>Takes note of a call.</summary>
    /// <param name="rate">Calls a second that were let through when its answer came; infinite for no limit.</param>
    /// <param name="isRefused">Whether it was throttled.</param>
    public void Count(double rate, bool isRefused)
    {
        if (_trusted > 0)
        {
            CountTrusted(isRefused);
            return;
        }

        if (double.IsInfinity(rate) || rate > 2 * _rate)
        {
            // Found again, or a limit that was lifted: nothing is known of it.
            Forget();
        }

        if (double.IsInfinity(rate))
        {
            return;
        }

        if (double.IsInfinity(_begin) || rate > _begin * 2 || rate < _begin / Span)
        {
            Begin(rate);
        }

        _calls++;
        _refused += isRefused ? 1 : 0;
        if (_calls >= Known && double.IsInfinity(_rate))
        {
            (_rate, _shareThere) = (_begin, Share);
        }
    }

    /// <summary>The rate to go on with after a refusal.</summary>
    /// <param name="slower">The rate that the refusal asks for.</param>
    /// <returns>That rate, or the earlier one where going slower has not helped.</returns>
    public double Restored(double slower)
    {
        bool isTold = _begin <= _rate / Span && _calls >= Known && IsCommon(_shareThere) && IsCommon(Share);
        if (!isTold || Share < _shareThere * 0.6)
        {
            return slower;
        }

        double rate = _rate;
        _trusted = _trust;
        _trust *= 2;
        Begin(rate);
        return rate;
    }

    private double Share => (double)_refused / _calls;

    private static bool IsCommon(double share) => share is >= Least and <= Most;

    private void CountTrusted(bool isRefused)
    {
        _trusted--;
        _calls++;
        _refused += isRefused ? 1 : 0;
        if (_calls % Known == 0)
        {
            if (Share > Most)
            {
                // It was a limit after all, or has become one.
                Forget();
                return;
            }

            (_calls, _refused) = (0, 0);
        }
    }

    private void Forget()
    {
        _rate = double.PositiveInfinity;
        _begin = double.PositiveInfinity;
        _trusted = 0;
    }

    private void Begin(double rate)
    {
        _begin = rate;
        (_calls, _refused) = (0, 0);
    }
}
