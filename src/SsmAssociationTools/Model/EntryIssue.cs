using System;
using System.Text;
using SsmAssociationTools.Model;

namespace SsmAssociationTools;

/// <summary>One problem of one entry: which rule, where, what to do. Holds no value of <c>Parameters</c>.</summary>
public sealed class EntryIssue
{
    /// <summary>Makes an issue.</summary>
    /// <param name="ruleId">Id of the rule, as listed in docs/rules.md.</param>
    /// <param name="severity">Whether the entry is refused or sent with a warning.</param>
    /// <param name="path">The member, such as <c>Targets[0].Values[2]</c>; empty for the entry as a whole.</param>
    /// <param name="message">What is wrong and what to do, in a sentence.</param>
    /// <param name="value">The offending value; null where there is none or where it is sensitive.</param>
    /// <param name="source">Where the rule comes from.</param>
    public EntryIssue(string ruleId, IssueSeverity severity, string path, string message, string? value, string source)
    {
        RuleId = ruleId;
        Level = severity;
        Path = path;
        Message = message;
        Value = value;
        Source = source;
    }

    /// <summary>Id of the rule, as listed in docs/rules.md; takes part in -ExcludeRule.</summary>
    public string RuleId { get; }

    /// <summary>Error: the entry is not sent. Warning or Information: it is sent all the same. A name of <see cref="IssueSeverity"/>.</summary>
    public string Severity => Level.ToString();

    /// <summary>The same, for the module's own use.</summary>
    internal IssueSeverity Level { get; }

    /// <summary>The member, such as <c>Targets[0].Values[2]</c>; empty for the entry as a whole.</summary>
    public string Path { get; }

    /// <summary>What is wrong and what to do.</summary>
    public string Message { get; }

    /// <summary>The offending value as text; null where there is none or where it is sensitive.</summary>
    public string? Value { get; }

    /// <summary>Where the rule comes from, with its grade of evidence.</summary>
    public string Source { get; }

    /// <summary>File and line of the entry, such as <c>fleet.csv:12</c>; null where it comes from no file.</summary>
    public string? EntrySource { get; internal set; }

    /// <summary>Severity, file and line where they are known, path, message and rule in a line.</summary>
    /// <returns>Text such as <c>Error fleet.csv:12 Name: ... [Name.Required]</c>.</returns>
    public override string ToString()
    {
        // The error of a whole file names its place itself.
        string place = EntrySource is null || (Path.Length == 0 && Message.StartsWith(EntrySource + ":", StringComparison.Ordinal)) ? string.Empty : " " + EntrySource;
        return VisibleText.Of($"{Severity}{place}{(Path.Length == 0 ? ":" : string.Empty)} {Line}");
    }

    /// <summary>Path, message and rule, as every message of the module has them: <c>Name: ... [Name.Required]</c>.</summary>
    internal string Line => Path.Length == 0 ? $"{Message} [{RuleId}]" : $"{Path}: {Message} [{RuleId}]";

    /// <summary>Member and rule, by which issues of many entries are of one kind: <c>Targets[].Values[] [Target.Value.Length]</c>.</summary>
    internal string Kind => (MemberOf(Path) + $" [{RuleId}]").TrimStart();

    /// <summary>The path without the places in its lists.</summary>
    private static string MemberOf(string path)
    {
        if (path.IndexOf('[') < 0)
        {
            return path;
        }

        var member = new StringBuilder(path.Length);
        foreach (char c in path)
        {
            if (c is < '0' or > '9' || member.Length == 0 || member[member.Length - 1] != '[')
            {
                member.Append(c);
            }
        }

        return member.ToString();
    }
}
