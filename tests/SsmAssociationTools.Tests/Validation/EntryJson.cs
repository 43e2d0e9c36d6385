using System;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Validation;

namespace SsmAssociationTools.Tests.Validation;

/// <summary>Entries from JSON, without the module's own reading, and their problems.</summary>
internal static class EntryJson
{
    /// <summary>The time of day of all tests.</summary>
    public static readonly DateTime Now = new(2026, 7, 1, 12, 0, 0, DateTimeKind.Utc);

    private static readonly JsonSerializerOptions s_options = new() { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    public static AssociationEntry Read(string json) => JsonSerializer.Deserialize<AssociationEntry>(json, s_options)!;

    public static EntryIssue[] Check(AssociationEntry entry, string? region = null, bool strict = false, Func<string, bool>? isExcluded = null)
    {
        var issues = new IssueCollector(strict, isExcluded);
        new EntryValidator(new ValidationOptions { Region = region }, static () => Now).Validate(entry, issues);
        return issues.Take().ToArray();
    }

    public static EntryIssue[] Check(string json, string? region = null) => Check(Read(json), region);
}
