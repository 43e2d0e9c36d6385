using System;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.HostileService;

namespace SsmAssociationTools.Hostile.Tests;

/// <summary>Which mischief the tests do. All of it, unless SSM_HOSTILE names some, with commas between.</summary>
internal static class Selection
{
    public static IReadOnlySet<Mischief> Allowed { get; } = Read(Environment.GetEnvironmentVariable("SSM_HOSTILE"));

    private static HashSet<Mischief> Read(string? names) => names switch
    {
        null or "" or "All" => [.. MischiefKinds.All],
        _ => [.. names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(name => Enum.Parse<Mischief>(name, ignoreCase: true))],
    };
}
