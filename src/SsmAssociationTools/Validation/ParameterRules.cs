using System;
using System.Collections.Generic;
using System.Globalization;
using SsmAssociationTools.Documents;
using SsmAssociationTools.Json;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Validation;

/// <summary>The values of parameters against what the document itself declares. Shows names and bounds, never a value.</summary>
internal static class ParameterRules
{
    private const string Elements = "documented: User Guide, data elements and parameters of documents; checked with the document at hand";

    private static readonly RuleDefinition s_type = new(
        "Parameters.Type",
        IssueSeverity.Error,
        "A value is of the parameter's type: one text for a String, one whole number for an Integer, true or false for a Boolean, JSON for a StringMap or a MapList.",
        "Parameters.Level = (two values) for a parameter of the type String",
        Elements);

    private static readonly RuleDefinition s_count = new(
        "Parameters.Count",
        IssueSeverity.Error,
        "A list has as many values as the parameter takes (minItems, maxItems).",
        "Parameters.commands = @() where minItems is 1",
        Elements);

    private static readonly RuleDefinition s_length = new(
        "Parameters.Length",
        IssueSeverity.Error,
        "A value is as long as the parameter takes (minChars, maxChars).",
        "Parameters.Note = (a text of 81 characters) where maxChars is 80",
        Elements);

    private static readonly RuleDefinition s_pattern = new(
        "Parameters.Pattern",
        IssueSeverity.Error,
        "A value matches the parameter's pattern (allowedPattern).",
        "Parameters.Level = high where allowedPattern is ^[0-9]+$",
        Elements,
        "a part of the value matches and the whole does not");

    private static readonly RuleDefinition s_patternUnknown = new(
        "Parameters.PatternUnknown",
        IssueSeverity.Information,
        "Whether a value matches the parameter's pattern can be told here.",
        @"Parameters.Level = (any text) where allowedPattern is (?U)^\w+$",
        "inferred: the pattern is one of Java, and Java and .NET, or versions of Java, do not read all of it alike; checked with the document at hand");

    public static IReadOnlyList<RuleDefinition> All { get; } = [s_type, s_count, s_length, s_pattern, s_patternUnknown];

    /// <summary>Checks the values, where the document itself is known.</summary>
    public static void Check(EntryContext context)
    {
        if (context.Known?.Schema is not { } schema || context.Entry.Parameters is not { } given)
        {
            return;
        }

        foreach (KeyValuePair<string, string?[]?> pair in given)
        {
            // An empty list stands for no value, which is another rule's where one is required.
            if (pair.Value is { } values && schema.Parameters.TryGetValue(pair.Key, out DocumentParameter? parameter) && (values.Length > 0 || !parameter.IsRequired))
            {
                Check(context, parameter, values);
            }
        }
    }

    private static void Check(EntryContext context, DocumentParameter parameter, string?[] values)
    {
        string path = "Parameters." + MessageText.Of(parameter.Name);
        bool isList = parameter.Kind is ParameterKind.List or ParameterKind.MapList;
        if (values.Length > 1 && !isList && parameter.Kind != ParameterKind.Unknown)
        {
            Add(context, s_type, path, $"{parameter.Name} is of the type {parameter.Type} and takes one value; there are {Number(values.Length)}.");
        }
        else if (isList && (values.Length < parameter.MinItems || values.Length > parameter.MaxItems))
        {
            Add(context, s_count, path, $"{parameter.Name} takes {Bounds(parameter.MinItems, parameter.MaxItems)} values; there are {Number(values.Length)}.");
        }

        for (int i = 0; i < values.Length; i++)
        {
            // What stands in double braces is put in by the service, from Parameter Store for one.
            if (values[i] is { } value && value.IndexOf("{{", StringComparison.Ordinal) < 0)
            {
                CheckValue(context, parameter, value, FormattableString.Invariant($"{path}[{i}]"));
            }
        }
    }

    private static void CheckValue(EntryContext context, DocumentParameter parameter, string value, string path)
    {
        if (WrongForm(parameter.Kind, value) is { } form)
        {
            Add(context, s_type, path, $"{parameter.Name} is of the type {parameter.Type}: write {form}.");
            return;
        }

        if (parameter.Kind is ParameterKind.Map or ParameterKind.MapList or ParameterKind.Unknown)
        {
            return;
        }

        if (IsTooShort(value, parameter.MinChars) || IsTooLong(value, parameter.MaxChars))
        {
            Add(context, s_length, path, $"{parameter.Name} takes {Bounds(parameter.MinChars, parameter.MaxChars)} characters; there are {Number(value.Length)}.");
        }

        if (parameter.Pattern is { } pattern)
        {
            CheckPattern(context, parameter.Name, pattern, value, path);
        }
    }

    private static void CheckPattern(EntryContext context, string name, JavaPattern pattern, string value, string path)
    {
        string shown = MessageText.Of(pattern.Source);
        switch (pattern.Judge(value))
        {
            case PatternFit.None:
                Add(context, s_pattern, path, $"The value of {name} does not match its pattern {shown}.");
                break;
            case PatternFit.Part:
                Add(context, s_pattern, path, $"A part of the value of {name} matches its pattern {shown}, the whole does not: the service or the node may refuse it.", IssueSeverity.Warning);
                break;
            case PatternFit.Unknown:
                Add(context, s_patternUnknown, path, $"Whether the value of {name} matches its pattern {shown} cannot be told here: it is a pattern of Java that is read differently elsewhere. Check it yourself.", IssueSeverity.Information);
                break;
            default:
                break;
        }
    }

    /// <summary>What to write instead of a value that is of another type; null where it may be of this one.</summary>
    private static string? WrongForm(ParameterKind kind, string value)
    {
        string text = value.Trim();
        return kind switch
        {
            ParameterKind.Integer when !IsInteger(text) => "a whole number",
            ParameterKind.Boolean when !string.Equals(text, "true", StringComparison.OrdinalIgnoreCase) && !string.Equals(text, "false", StringComparison.OrdinalIgnoreCase) => "true or false",
            ParameterKind.Map when !IsJson(text, '{') => "a JSON object",
            ParameterKind.MapList when !IsJson(text, '{') && !IsJson(text, '[') => "a JSON object for each value",
            _ => null,
        };
    }

    private static bool IsInteger(string text)
    {
        int start = text.Length > 1 && text[0] is '-' or '+' ? 1 : 0;
        for (int i = start; i < text.Length; i++)
        {
            if (text[i] is not (>= '0' and <= '9'))
            {
                return false;
            }
        }

        return text.Length > start;
    }

    private static bool IsJson(string text, char begin) => text.Length > 0 && text[0] == begin && JsonText.Read(text, out _, out _) is JsonFault.None or JsonFault.TooDeep;

    /// <summary>Nobody says whether a character outside the basic plane counts once or twice: only what both find wrong is wrong.</summary>
    private static bool IsTooShort(string value, int? least) => value.Length < least;

    private static bool IsTooLong(string value, int? most)
    {
        int pairs = 0;
        for (int i = 0; i + 1 < value.Length; i++)
        {
            pairs += char.IsSurrogatePair(value[i], value[i + 1]) ? 1 : 0;
        }

        return value.Length - pairs > most;
    }

    private static string Bounds(int? least, int? most) => (least, most) switch
    {
        (int from, int to) when from == to => Number(from),
        (int from, int to) => $"{Number(from)} to {Number(to)}",
        (int from, null) => "at least " + Number(from),
        (_, int to) => "at most " + Number(to),
        _ => "any number of",
    };

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static void Add(EntryContext context, RuleDefinition rule, string path, string message, IssueSeverity severity = IssueSeverity.Error) =>
        context.Issues.Add(rule, severity, path, message, value: null, context.Known!.Source);
}
