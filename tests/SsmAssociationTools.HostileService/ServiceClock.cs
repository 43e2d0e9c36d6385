using System;
using System.Globalization;

namespace SsmAssociationTools.HostileService;

/// <summary>The service's clocks: of the machine that answers, and of the machine that creates.</summary>
internal sealed class ServiceClock(Script script)
{
    /// <summary>The time of the machine that creates.</summary>
    public DateTimeOffset Created(ApiCall call, Fate fate)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        if (script.Has(Mischief.ClockSteps))
        {
            now += script.Stepped(call.Number);
        }

        if (script.Has(Mischief.MachineSkew))
        {
            now += TimeSpan.FromMilliseconds(fate.Dice.Between(-1500, 1500));
        }

        return now;
    }

    /// <summary>The Date header of an answer; null for none.</summary>
    public string? Header(ApiCall call, Fate fate)
    {
        if (script.Has(Mischief.DateAbsent) && fate.Dice.Chance(60))
        {
            return null;
        }

        if (script.Has(Mischief.DateGarbled) && fate.Dice.Chance(50))
        {
            return fate.Dice.Pick(["yesterday", "Thu, 99 Foo 2026 25:61:61 GMT", "0", string.Empty, "2026-11-28T10:00:00Z"]);
        }

        if (script.Has(Mischief.DateFirstYear) && fate.Dice.Chance(50))
        {
            return "Mon, 01 Jan 0001 00:00:00 GMT";
        }

        if (script.Has(Mischief.DateLastYear) && fate.Dice.Chance(50))
        {
            return "Fri, 31 Dec 9999 23:59:59 GMT";
        }

        DateTimeOffset now = Created(call, fate);
        if (script.Has(Mischief.DateOff))
        {
            now += script.HeaderOffset;
        }

        if (script.Has(Mischief.DateSteps))
        {
            now += script.Stepped(call.Number);
        }

        return now.UtcDateTime.ToString("R", CultureInfo.InvariantCulture);
    }
}
