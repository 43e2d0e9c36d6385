using System;
using System.Collections.Generic;
using System.Diagnostics;

namespace SsmAssociationTools.LocalEndpoint.Faults;

/// <summary>
/// Decides call by call which faults happen. Each fault counts its own calls and draws from its own random numbers, so
/// the same seed and the same sequence of calls give the same faults, whatever other faults stand beside it.
/// </summary>
internal sealed class FaultPlan
{
    private readonly object _gate = new();
    private readonly List<RuleState> _rules = [];

    /// <summary>Makes a plan.</summary>
    /// <param name="rules">The faults, in the order in which the first one that applies takes the place of an answer.</param>
    /// <param name="seed">Seed of every random choice.</param>
    public FaultPlan(IEnumerable<FaultRule> rules, int seed)
    {
        foreach (FaultRule rule in rules)
        {
            // Far apart, so that neighbours do not draw the same numbers.
            _rules.Add(new RuleState(rule, new Random(unchecked(seed + (_rules.Count * 7919)))));
        }
    }

    /// <summary>Decides about one call.</summary>
    /// <param name="operation">Its operation.</param>
    /// <returns>What happens to it.</returns>
    public CallFaults Decide(string operation)
    {
        FaultRule? main = null;
        List<FaultRule> modifiers = [];
        int seed = 0;
        lock (_gate)
        {
            foreach (RuleState state in _rules)
            {
                FaultRule rule = state.Rule;
                if (rule.Operation is not null && rule.Operation != operation)
                {
                    continue;
                }

                // Both draws happen for every call, so that what one call does cannot shift another.
                int draw = state.Random.Next();
                if (!rule.Trigger.Fires(++state.Calls, state.Random) || (rule.Effect == FaultEffect.RateLimit && state.TakeToken()))
                {
                    continue;
                }

                seed ^= draw;
                if (rule.IsModifier)
                {
                    modifiers.Add(rule);
                }
                else
                {
                    main ??= rule;
                }
            }
        }

        return new CallFaults(main, modifiers, seed);
    }

    private sealed class RuleState
    {
        private readonly Stopwatch _clock = Stopwatch.StartNew();
        private double _tokens;
        private TimeSpan _filled;

        public RuleState(FaultRule rule, Random random)
        {
            Rule = rule;
            Random = random;
            _tokens = rule.Burst;
        }

        public FaultRule Rule { get; }

        public Random Random { get; }

        public long Calls { get; set; }

        public bool TakeToken()
        {
            TimeSpan now = _clock.Elapsed;
            _tokens = Math.Min(Rule.Burst, _tokens + ((now - _filled).TotalSeconds * Rule.PerSecond));
            _filled = now;
            if (_tokens < 1)
            {
                return false;
            }

            _tokens--;
            return true;
        }
    }
}
