using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace SsmAssociationTools.HostileService;

/// <summary>An association that exists, or existed.</summary>
public sealed class Association
{
    private readonly List<AssociationVersion> _versions = [];

    public Association(string id, string place, JsonObject content, DateTimeOffset date, int call, TimeSpan age = default)
    {
        Id = id;
        Place = place;
        Call = call;
        _versions.Add(new AssociationVersion(1, content, date, call) { Made = DateTimeOffset.UtcNow - age });
    }

    public string Id { get; }

    public string Place { get; }

    /// <summary>The call that created it; 0 where it was there before.</summary>
    public int Call { get; }

    /// <summary>When it was created, by a clock that never steps.</summary>
    public required DateTimeOffset TrueTime { get; init; }

    public bool IsDeleted => DeletedAt is not null;

    /// <summary>When it was deleted, by a clock that never steps.</summary>
    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>Every version, the first one first.</summary>
    public IReadOnlyList<AssociationVersion> Versions => _versions;

    public AssociationVersion Latest => _versions[^1];

    /// <summary>The content that holds now.</summary>
    public JsonObject Content => Latest.Content;

    public string Key => Latest.Key;

    public IList<Execution> Executions { get; } = [];

    internal void Add(JsonObject content, DateTimeOffset date, int call, TimeSpan age) =>
        _versions.Add(new AssociationVersion(_versions.Count + 1, content, date, call) { Made = DateTimeOffset.UtcNow - age });
}
