using System;

namespace SsmAssociationTools.Validation;

/// <summary>A pattern of the API model, as a character check with words for people.</summary>
internal sealed class TextPattern
{
    public TextPattern(string modelText, Func<string, bool> matches, string checks, string advice, string example)
    {
        ModelText = modelText;
        Matches = matches;
        Checks = checks;
        Advice = advice;
        Example = example;
    }

    /// <summary>The regular expression exactly as the API model has it.</summary>
    public string ModelText { get; }

    /// <summary>The check.</summary>
    public Func<string, bool> Matches { get; }

    /// <summary>What the rule demands.</summary>
    public string Checks { get; }

    /// <summary>What to write instead.</summary>
    public string Advice { get; }

    /// <summary>A value that breaks it.</summary>
    public string Example { get; }

    /// <summary>Shortest length that the pattern itself allows, where a rule of its own checks it.</summary>
    public int? MinLength { get; init; }

    /// <summary>Longest length that the pattern itself allows, where a rule of its own checks it.</summary>
    public int? MaxLength { get; init; }

    /// <summary>A member and value that break the length, where the pattern has one.</summary>
    public string? LengthExample { get; init; }

    /// <summary>Why the longest length may be wrong, and what to do then.</summary>
    public string? LengthDoubt { get; init; }
}
