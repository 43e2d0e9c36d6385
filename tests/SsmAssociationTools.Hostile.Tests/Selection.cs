using System;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.HostileService;

namespace SsmAssociationTools.Hostile.Tests;

/// <summary>Which mischief the tests do. The environment may name it: SSM_HOSTILE=All, or names with commas between.</summary>
internal static class Selection
{
    /// <summary>What the module is known not to stand yet. Each goes from here when it is mended.</summary>
    private static readonly Mischief[] s_notYet = [];

    public static IReadOnlySet<Mischief> Allowed { get; } = Read(Environment.GetEnvironmentVariable("SSM_HOSTILE"));

    private static HashSet<Mischief> Read(string? names) => names switch
    {
        null or "" => [.. MischiefKinds.All.Except(s_notYet)],
        "All" => [.. MischiefKinds.All],
        _ => [.. names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(name => Enum.Parse<Mischief>(name, ignoreCase: true))],
    };
}
