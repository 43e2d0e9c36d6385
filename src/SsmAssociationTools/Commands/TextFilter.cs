using System;
using System.Linq;
using System.Management.Automation;

namespace SsmAssociationTools.Commands;

/// <summary>Texts that a parameter lets through: exact ones and patterns with wildcards, upper and lower case left aside.</summary>
internal sealed class TextFilter
{
    private readonly WildcardPattern[]? _patterns;

    public TextFilter(string[]? patterns)
    {
        _patterns = patterns?.Select(static pattern => new WildcardPattern(pattern, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant)).ToArray();
        Exact = patterns is { Length: 1 } && !WildcardPattern.ContainsWildcardCharacters(patterns[0]) ? patterns[0] : null;
    }

    /// <summary>The one text without wildcards that can be asked for; null where there is none, or not only one.</summary>
    public string? Exact { get; }

    /// <summary>Whether a text passes.</summary>
    public bool Fits(string? text) => _patterns is null || Array.Exists(_patterns, pattern => pattern.IsMatch(text ?? string.Empty));
}
