using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace SsmAssociationTools.HostileService;

/// <summary>
/// What a service of one seed does. Everything is drawn from the seed and from the content of a call, so a seed does the
/// same again whatever the order in which calls arrive.
/// </summary>
public sealed class Script
{
    private readonly int _seed;

    public Script(int seed, IReadOnlyCollection<Mischief>? allowed = null)
        : this(seed, allowed, ofExecutions: false)
    {
    }

    private Script(int seed, IReadOnlyCollection<Mischief>? allowed, bool ofExecutions)
    {
        _seed = seed;
        var dice = new Dice(seed, "script");
        var active = new HashSet<Mischief>();

        // All is drawn before what is not allowed is taken out: otherwise a seed would be another one without it.
        Draw(dice, active, MischiefKinds.Views, 50, 3);
        Draw(dice, active, MischiefKinds.Parts, 50, 2);
        Draw(dice, active, MischiefKinds.EntryFailures, 40, 2);
        Draw(dice, active, MischiefKinds.Wholes, 70, 4);
        Draw(dice, active, MischiefKinds.Standing, 25, 1);
        Draw(dice, active, MischiefKinds.Reads, 35, 2);
        Draw(dice, active, MischiefKinds.Clocks, 40, 2);
        Draw(dice, active, MischiefKinds.RetryAfters, 30, 1);
        Draw(dice, active, MischiefKinds.Texts, 50, 2);
        Draw(dice, active, MischiefKinds.Between, 25, 2);
        Draw(new Dice(seed, "updates"), active, MischiefKinds.Updates, 60, 3);
        if (ofExecutions)
        {
            Draw(new Dice(seed, "executions"), active, MischiefKinds.Executions, 80, 4);
            Draw(new Dice(seed, "denials"), active, MischiefKinds.Denials, 15, 1);
        }

        if (allowed is not null)
        {
            active.IntersectWith(allowed);
        }

        Active = active;
        Percent = dice.Pick([15, 30, 50]);
        PageSize = dice.Pick([2, 3, 50]);
        SizeLimit = dice.Between(1, 3);
        StandingFrom = dice.Between(2, 5);
        ListLag = TimeSpan.FromMilliseconds(dice.Between(300, 3500));
        RefusesWholeCall = dice.Chance(50);
        NamesWhatItRefuses = dice.Chance(50);
        HeaderOffset = TimeSpan.FromSeconds(dice.Pick([-7200, -600, -30, -10, -5, 5, 10, 30, 600, 7200]));
        Reading = new Dice(seed, "reading").Pick(Enum.GetValues<UpdateReading>());
        Steps = [.. Enumerable.Range(0, dice.Between(1, 3)).Select(_ => (dice.Between(1, 12), TimeSpan.FromSeconds(dice.Pick([-7200, -600, -30, -10, -5, -3, 3, 5, 10, 30, 600, 7200]))))];
    }

    /// <summary>A script that does nothing by itself, for tests that decide call by call.</summary>
    public Script(params Mischief[] active)
    {
        Active = new HashSet<Mischief>(active);
        Percent = 0;
        PageSize = 50;
    }

    /// <summary>A script that does to what is said about executions what it does to the rest.</summary>
    public static Script OfExecutions(int seed, IReadOnlyCollection<Mischief> allowed) => new(seed, allowed, ofExecutions: true);

    public IReadOnlySet<Mischief> Active { get; }

    /// <summary>How many of a hundred calls meet a mischief of their own.</summary>
    public int Percent { get; init; }

    public int PageSize { get; init; }

    public int SizeLimit { get; init; } = int.MaxValue;

    /// <summary>The call from which on a mischief that stays begins.</summary>
    public int StandingFrom { get; init; } = 1;

    public TimeSpan ListLag { get; init; }

    public bool RefusesWholeCall { get; init; }

    public bool NamesWhatItRefuses { get; init; } = true;

    /// <summary>What becomes of members that an update leaves out.</summary>
    public UpdateReading Reading { get; init; }

    /// <summary>The status of a redirect; null for any.</summary>
    public int? RedirectStatus { get; init; }

    /// <summary>A Retry-After header that is written as it is.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>How far the Date header is beside the time that records carry.</summary>
    public TimeSpan HeaderOffset { get; init; }

    /// <summary>From which call on a clock is moved, and by how much.</summary>
    public IReadOnlyList<(int Call, TimeSpan By)> Steps { get; set; } = [];

    /// <summary>What a list shows that has long been deleted.</summary>
    public JsonObject? Ghost { get; set; }

    /// <summary>Decides before the seed does; null leaves it to the seed.</summary>
    public Func<ApiCall, Fate?>? Override { get; set; }

    /// <summary>Operations that are refused with AccessDeniedException.</summary>
    public IReadOnlySet<string> Denied { get; set; } = new HashSet<string>();

    /// <summary>Runs at the beginning of each call, before anything is looked at.</summary>
    public Action? BeforeCall { get; set; }

    /// <summary>
    /// What becomes of an execution; an empty list where a change begins none. Null for executions that are begun by StartAssociationsOnce alone,
    /// and end within seconds.
    /// </summary>
    public Func<Association, IReadOnlyList<Phase>>? Plan { get; set; }

    public bool Has(Mischief mischief) => Active.Contains(mischief);

    public TimeSpan Stepped(int call) => Steps.Where(step => call >= step.Call).Aggregate(TimeSpan.Zero, (sum, step) => sum + step.By);

    public Fate Decide(ApiCall call)
    {
        if (Override?.Invoke(call) is { } decided)
        {
            return decided;
        }

        var dice = new Dice(_seed, call.Place, call.Operation, Canonical.Of(call.Body), call.Seen);
        var delay = TimeSpan.FromMilliseconds(dice.Between(1000, 7000));

        // After three attempts of the same content it is enough, so that runs come to an end.
        bool meets = call.Seen < 3 && dice.Chance(Percent);
        bool isEdit = call.Operation == "UpdateAssociation";
        Mischief[] wholes = [.. Active.Where(mischief => call.IsWrite ? MischiefKinds.Wholes.Contains(mischief) : IsOfRead(mischief, call)).Order()];
        Mischief? whole = meets && wholes.Length > 0 && dice.Chance(70) ? dice.Pick(wholes) : null;
        var parts = new HashSet<Mischief>();
        foreach (Mischief part in Active.Where(mischief => MischiefKinds.Parts.Contains(mischief) || MischiefKinds.EntryFailures.Contains(mischief)).Order())
        {
            if (dice.Chance(Percent) && call.Seen < 3 && call.Entries.Count > 0)
            {
                parts.Add(part);
            }
        }

        if (isEdit && call.Seen < 3)
        {
            parts.UnionWith(Active.Where(mischief => mischief is Mischief.OtherEditor or Mischief.UpdateThrottled && dice.Chance(Percent)));
        }

        return new Fate { Whole = whole, Parts = parts, Dice = dice, Delay = whole == Mischief.VeryLateActing ? TimeSpan.FromSeconds(20) : delay };
    }

    public override string ToString() =>
        $"seed {_seed}: {string.Join(", ", Active.Order())}; {Percent} %, page {PageSize}, lag {ListLag.TotalSeconds:0.0} s, header {HeaderOffset.TotalSeconds} s, "
        + $"steps {string.Join(" ", Steps.Select(step => $"#{step.Call}:{step.By.TotalSeconds}s"))}, "
        + $"refuses {(RefusesWholeCall ? "calls" : "entries")}{(NamesWhatItRefuses ? " by name" : string.Empty)}; {Reading}";

    private static bool IsOfRead(Mischief mischief, ApiCall call) => mischief switch
    {
        Mischief.ReadThrottled or Mischief.ReadFails or Mischief.ReadReset or Mischief.ReadSilent or Mischief.ReadRedirected => true,
        Mischief.ListRepeatsIds or Mischief.ListShifts or Mischief.TokenRepeats or Mischief.ListEndless or Mischief.ListShuffled or Mischief.ListGhosts => call.Operation == "ListAssociations",
        Mischief.PagesShift or Mischief.PagesRepeatItems or Mischief.PagesRepeatToken or Mischief.PagesEmpty or Mischief.PagesNull =>
            call.Operation is "DescribeAssociationExecutions" or "DescribeAssociationExecutionTargets" or "ListAssociationVersions",
        Mischief.DescribeNull => call.Operation == "DescribeAssociation",
        _ => false,
    };

    private static void Draw(Dice dice, HashSet<Mischief> active, IReadOnlyList<Mischief> kind, int percent, int most)
    {
        bool some = dice.Chance(percent);
        int count = dice.Between(1, most);
        foreach (Mischief mischief in dice.Shuffle(kind).Take(some ? count : 0))
        {
            active.Add(mischief);
        }
    }
}
