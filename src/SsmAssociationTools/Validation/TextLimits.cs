using System;
using System.Collections.Generic;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Validation;

/// <summary>The API model's constraints on one text, wherever it stands: a member, an item of a list, a key.</summary>
internal sealed class TextLimits
{
    private readonly RuleDefinition? _lengthRule;
    private readonly RuleDefinition? _patternRule;
    private readonly RuleDefinition? _enumRule;
    private readonly TextPattern? _pattern;
    private readonly bool _takesAllLetters;

    /// <summary>Makes limits and their rules.</summary>
    /// <param name="ruleName">The path without indexes, such as Targets.Key; begins the ids of the rules.</param>
    public TextLimits(string ruleName, int? min, int? max, TextPattern? pattern, IReadOnlyList<string>? allowed)
    {
        Min = min;
        Max = max;
        Allowed = allowed;
        _pattern = pattern;
        _takesAllLetters = pattern?.Matches("\u00e4") == true;
        int? shortest = min ?? pattern?.MinLength;
        int? longest = max ?? pattern?.MaxLength;
        var rules = new List<RuleDefinition>(2);
        if (shortest is not null || longest is not null)
        {
            Shortest = shortest ?? 0;
            Longest = longest ?? int.MaxValue;
            _lengthRule = new RuleDefinition(
                ruleName + ".Length",
                IssueSeverity.Error,
                shortest is null ? $"Has at most {longest} characters." : $"Has {shortest} to {longest} characters.",
                pattern?.LengthExample ?? (shortest > 1 ? $"{ruleName} = (a text of {shortest - 1} characters)" : $"{ruleName} = (a text of {longest + 1} characters)"),
                FieldConstraint.ModelSource + (pattern?.LengthDoubt is { } doubt ? "; " + doubt : string.Empty));
            rules.Add(_lengthRule);
        }

        if (pattern is not null)
        {
            _patternRule = new RuleDefinition(
                ruleName + ".Pattern",
                IssueSeverity.Error,
                pattern.Checks,
                $"{ruleName} = {pattern.Example}",
                FieldConstraint.ModelSource);
            rules.Add(_patternRule);
        }

        if (allowed is not null)
        {
            _enumRule = new RuleDefinition(
                ruleName + ".Enum",
                IssueSeverity.Error,
                $"Is one of {string.Join(", ", allowed)}.",
                $"{ruleName} = (any other text)",
                FieldConstraint.ModelSource);
            rules.Add(_enumRule);
        }

        Rules = rules;
    }

    /// <summary>Shortest length in the API model, or null.</summary>
    public int? Min { get; }

    /// <summary>Longest length in the API model, or null.</summary>
    public int? Max { get; }

    /// <summary>The API model's pattern, or null.</summary>
    public string? Pattern => _pattern?.ModelText;

    /// <summary>The values of an enumeration, or null.</summary>
    public IReadOnlyList<string>? Allowed { get; }

    /// <summary>The rules that a text can break.</summary>
    public IReadOnlyList<RuleDefinition> Rules { get; }

    private int Shortest { get; }

    private int Longest { get; } = int.MaxValue;

    /// <summary>Checks a text.</summary>
    public void Check(string value, IssuePath path, IssueCollector issues)
    {
        if (_lengthRule is not null && (value.Length < Shortest || value.Length > Longest || (Shortest > 1 && value.Length < Shortest * 2)))
        {
            int length = TextPatterns.Length(value);
            if (length < Shortest || length > Longest)
            {
                issues.Add(_lengthRule, path.ToString(), LengthAdvice(length), value);
            }
        }

        // An empty text whose length is wrong already needs no second message.
        bool isSaid = value.Length == 0 && _lengthRule is not null && Shortest > 0;
        bool isRefused = _patternRule is not null && !isSaid && !_pattern!.Matches(value);
        if (isRefused)
        {
            issues.Add(_patternRule!, path.ToString(), $"'{MessageText.Of(value)}' is not allowed: {_pattern!.Advice}{CauseOf(value)}", value);
        }

        if (_enumRule is not null && !IsAllowed(value))
        {
            isRefused = true;
            issues.Add(
                _enumRule, path.ToString(), $"'{MessageText.Of(value)}' is not allowed: use {string.Join(", ", Allowed!)}, in this spelling.{CauseOf(value)}", value);
        }

        TextRules.Check(value, path, issues, isNamed: isRefused);
    }

    /// <summary>What most likely made the text what it is; empty where that is not known.</summary>
    private string CauseOf(string value)
    {
        string? cause = (_pattern?.IsNumber == true ? SpreadsheetText.CauseOfNumber(value) : SpreadsheetText.CauseOfText(value)) ?? (_takesAllLetters ? OddCharacter.InFreeText(value) : OddCharacter.InPlainText(value));
        return cause is null ? string.Empty : " " + cause;
    }

    private string LengthAdvice(int length)
    {
        string has = length == 1 ? "It has 1 character" : FormattableString.Invariant($"It has {length} characters");
        string advice = length < Shortest
            ? length == 0 ? "It is empty: leave it out, or give a value of at least " + Characters(Shortest) : $"{has}: use at least {Characters(Shortest)}"
            : $"{has}: use at most {Characters(Longest)}";
        return _pattern?.LengthDoubt is { } doubt && length > Longest ? $"{advice}. {doubt}." : advice + ".";
    }

    private static string Characters(int count) => count == 1 ? "1 character" : FormattableString.Invariant($"{count} characters");

    private bool IsAllowed(string value)
    {
        // By index: an enumerator would cost memory for every entry.
        for (int i = 0; i < Allowed!.Count; i++)
        {
            if (Allowed[i] == value)
            {
                return true;
            }
        }

        return false;
    }
}
