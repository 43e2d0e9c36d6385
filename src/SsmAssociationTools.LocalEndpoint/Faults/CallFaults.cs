using System;
using System.Collections.Generic;
using System.Linq;

namespace SsmAssociationTools.LocalEndpoint.Faults;

/// <summary>The faults that happen to one call.</summary>
internal sealed class CallFaults
{
    private readonly List<FaultRule> _modifiers;
    private readonly Random _random;

    /// <summary>Makes the faults of a call.</summary>
    /// <param name="main">The fault that takes the place of the answer; null for none.</param>
    /// <param name="modifiers">Faults that change the answer.</param>
    /// <param name="seed">Seed of the call's own random choices.</param>
    public CallFaults(FaultRule? main, List<FaultRule> modifiers, int seed)
    {
        Main = main;
        _modifiers = modifiers;
        _random = new Random(seed);
    }

    /// <summary>The fault that takes the place of the answer; null for none.</summary>
    public FaultRule? Main { get; }

    /// <summary>The fault that changes the answer in a way.</summary>
    /// <param name="effect">The way.</param>
    /// <returns>The first such fault, or null.</returns>
    public FaultRule? Find(FaultEffect effect) => _modifiers.FirstOrDefault(rule => rule.Effect == effect);

    /// <summary>Draws a share of items; at least one, so that a fault that happens can be seen.</summary>
    /// <param name="rule">A fault with a share; null draws none.</param>
    /// <param name="count">How many items there are.</param>
    /// <returns>For each item whether it is drawn.</returns>
    public bool[] Draw(FaultRule? rule, int count)
    {
        bool[] drawn = new bool[count];
        if (rule is null || count == 0)
        {
            return drawn;
        }

        for (int i = 0; i < count; i++)
        {
            drawn[i] = _random.NextDouble() < rule.Share;
        }

        if (!drawn.Contains(true))
        {
            drawn[_random.Next(count)] = true;
        }

        return drawn;
    }

    /// <summary>Shuffles a list when the call's answer is to be reordered.</summary>
    /// <typeparam name="T">Type of the items.</typeparam>
    /// <param name="items">The list.</param>
    public void Reorder<T>(List<T> items)
    {
        if (Find(FaultEffect.Reorder) is null)
        {
            return;
        }

        for (int i = items.Count - 1; i > 0; i--)
        {
            int other = _random.Next(i + 1);
            (items[i], items[other]) = (items[other], items[i]);
        }
    }

    /// <summary>Tells whether null takes the place of a list.</summary>
    /// <param name="count">How many items the list has.</param>
    /// <returns>True when it does.</returns>
    public bool IsNullList(int count) => Find(FaultEffect.NullLists) is FaultRule rule && (!rule.EmptyListsOnly || count == 0);

    /// <summary>The text that is sent in place of another.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text, or what a fault leaves of it.</returns>
    public string? Text(string? text) => Find(FaultEffect.NoMessage) is FaultRule rule ? (rule.EmptyText ? string.Empty : null) : text;
}
