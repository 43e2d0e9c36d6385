using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.Input;
using SsmAssociationTools.Rules;
using Xunit;

namespace SsmAssociationTools.Tests.Input;

/// <summary>One input read, with what was found, and the objects that PowerShell would pass.</summary>
internal sealed class Reading
{
    private Reading(AssociationEntry? entry, IReadOnlyList<EntryIssue> issues)
    {
        Entry = entry;
        Issues = issues;
    }

    public AssociationEntry? Entry { get; }

    public IReadOnlyList<EntryIssue> Issues { get; }

    public static Reading Of(object? input, bool strict = false)
    {
        var issues = new IssueCollector();
        AssociationEntry? entry = new EntryReader(strict).Read(input, issues);
        return new Reading(entry, issues.Take());
    }

    /// <summary>Reads what must be readable without any issue.</summary>
    public static AssociationEntry Clean(object? input)
    {
        Reading reading = Of(input);
        Assert.Empty(reading.Issues.Select(i => i.ToString()));
        Assert.NotNull(reading.Entry);
        return reading.Entry!;
    }

    /// <summary>Reads what must give exactly one issue.</summary>
    public static EntryIssue Issue(object? input, bool strict = false) => Assert.Single(Of(input, strict).Issues);

    /// <summary>[pscustomobject] with these properties, as the pipeline carries it.</summary>
    public static PSObject Bag(params (string Name, object? Value)[] members)
    {
        var bag = new PSObject();
        foreach ((string name, object? value) in members)
        {
            bag.Properties.Add(new PSNoteProperty(name, value));
        }

        return bag;
    }

    public static Hashtable Table(params (string Name, object? Value)[] members)
    {
        var table = new Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, object? value) in members)
        {
            table.Add(name, value);
        }

        return table;
    }

    public static OrderedDictionary Ordered(params (string Name, object? Value)[] members)
    {
        var table = new OrderedDictionary(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, object? value) in members)
        {
            table.Add(name, value);
        }

        return table;
    }

    public static string Show(AssociationTarget[]? targets) =>
        string.Join("; ", (targets ?? []).Select(t => t.Key + "=" + (t.Values is null ? "null" : string.Join("|", t.Values.Select(v => v ?? "null")))));

    public static string Show(ParameterMap? parameters) =>
        string.Join("; ", (parameters ?? []).OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => p.Key + "=" + string.Join("|", p.Value ?? [])));
}
