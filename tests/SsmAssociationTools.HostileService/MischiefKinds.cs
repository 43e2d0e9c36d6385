using System;
using System.Collections.Generic;
using System.Linq;

namespace SsmAssociationTools.HostileService;

/// <summary>Which mischief belongs together.</summary>
public static class MischiefKinds
{
    public static IReadOnlyList<Mischief> All { get; } = Enum.GetValues<Mischief>();

    public static IReadOnlyList<Mischief> Views { get; } = Range(Mischief.ViewDefaults, Mischief.ViewInstanceAsTarget);

    public static IReadOnlyList<Mischief> Parts { get; } = Range(Mischief.PartMissing, Mischief.FailedForgotten);

    public static IReadOnlyList<Mischief> EntryFailures { get; } = Range(Mischief.EntryRefused, Mischief.EntryThrottled);

    /// <summary>What may become of a call that writes, at any time.</summary>
    public static IReadOnlyList<Mischief> Wholes { get; } = Range(Mischief.Throttled, Mischief.Redirect);

    /// <summary>What a service does once and then for all calls of a kind.</summary>
    public static IReadOnlyList<Mischief> Standing { get; } = Range(Mischief.RefusedCall, Mischief.LimitReached);

    public static IReadOnlyList<Mischief> Reads { get; } = Range(Mischief.ReadThrottled, Mischief.DescribeNull);

    public static IReadOnlyList<Mischief> Clocks { get; } = Range(Mischief.DateAbsent, Mischief.CreatedDateAbsent);

    public static IReadOnlyList<Mischief> RetryAfters { get; } = Range(Mischief.RetryAfterSeconds, Mischief.RetryAfterNotANumber);

    public static IReadOnlyList<Mischief> Texts { get; } = Range(Mischief.SecretsInMessages, Mischief.ControlCharacters);

    public static IReadOnlyList<Mischief> Between { get; } = Range(Mischief.ProxyRewrites, Mischief.TokensExpire);

    public static IReadOnlyList<Mischief> Updates { get; } = Range(Mischief.OtherEditor, Mischief.ExecutionsLag);

    /// <summary>What is said about executions, and what becomes of associations while somebody asks.</summary>
    public static IReadOnlyList<Mischief> Executions { get; } = Range(Mischief.OverviewLags, Mischief.StartedMeanwhile);

    public static IReadOnlyList<Mischief> Denials { get; } = Range(Mischief.ListDenied, Mischief.VersionsDenied);

    private static Mischief[] Range(Mischief first, Mischief last) => [.. All.Where(mischief => mischief >= first && mischief <= last)];
}
