using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.Module.Tests.Hosting;

namespace SsmAssociationTools.Module.Tests.Cmdlets;

/// <summary>An output object of the module, as a script sees it: nothing of the module is referenced.</summary>
/// <param name="item">The object.</param>
internal sealed class Seen(PSObject item)
{
    /// <summary>Name of its type without the namespace.</summary>
    public string Kind => item.BaseObject.GetType().Name;

    /// <summary>The object itself.</summary>
    public object Object => item.BaseObject;

    /// <summary>Place in the input.</summary>
    public long Index => (long)this["Index"]!;

    /// <summary>What became of the input, as text.</summary>
    public string Status => this["Status"]!.ToString()!;

    /// <summary>The document's name.</summary>
    public string? Name => (string?)this["Name"];

    /// <summary>Id of the association.</summary>
    public string? AssociationId => (string?)this["AssociationId"];

    /// <summary>The error's code.</summary>
    public string? ErrorCode => (string?)this["ErrorCode"];

    /// <summary>What happened.</summary>
    public string Message => (string?)this["Message"] ?? string.Empty;

    /// <summary>Whether sending again may help.</summary>
    public bool IsRetryable => (bool)this["IsRetryable"]!;

    /// <summary>Calls that carried the entry.</summary>
    public int Attempts => (int)this["Attempts"]!;

    /// <summary>Number of the batch.</summary>
    public int BatchNumber => (int)this["BatchNumber"]!;

    /// <summary>Verdict of a validation.</summary>
    public bool IsValid => (bool)this["IsValid"]!;

    /// <summary>The problems.</summary>
    public IReadOnlyList<Seen> Issues => [.. ((IEnumerable)this["Issues"]!).Cast<object>().Select(issue => new Seen(PSObject.AsPSObject(issue)))];

    /// <summary>A property of the object.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The value without its wrapping.</returns>
    public object? this[string name] => item.Properties[name].Value is PSObject wrapped ? wrapped.BaseObject : item.Properties[name].Value;

    /// <summary>The output of a script.</summary>
    /// <param name="result">What the script left behind.</param>
    /// <returns>The output objects that are not null.</returns>
    public static IReadOnlyList<Seen> In(ScriptResult result) => [.. result.Output.OfType<PSObject>().Select(item => new Seen(item))];

    /// <summary>The results that an exception of the module carries.</summary>
    /// <param name="error">The error.</param>
    /// <returns>The results.</returns>
    public static IReadOnlyList<Seen> In(ErrorRecord error)
    {
        var results = (IEnumerable)error.Exception.GetType().GetProperty("Results")!.GetValue(error.Exception)!;
        return [.. results.Cast<object>().Select(item => new Seen(PSObject.AsPSObject(item)))];
    }

    /// <inheritdoc/>
    public override string ToString() => item.ToString();
}
