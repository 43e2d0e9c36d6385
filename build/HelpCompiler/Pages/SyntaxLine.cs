using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace SsmAssociationTools.HelpCompiler.Pages;

/// <summary>Reads the line that Get-Command -Syntax prints.</summary>
internal static partial class SyntaxLine
{
    private const string CommonParameters = "[<CommonParameters>]";

    /// <summary>Reads a syntax line.</summary>
    /// <param name="text">The line, which may be broken at spaces.</param>
    /// <param name="command">Name of the cmdlet.</param>
    /// <param name="problem">What is wrong, or null.</param>
    /// <returns>The parameters without the common ones, in the order of the line.</returns>
    public static IReadOnlyList<SyntaxParameter> Parse(string text, string command, out string? problem)
    {
        string rest = Flatten(text);
        var parameters = new List<SyntaxParameter>();
        problem = null;
        if (!(rest + " ").StartsWith(command + " ", StringComparison.Ordinal))
        {
            problem = $"The syntax must begin with '{command}'.";
            return parameters;
        }

        for (rest = rest.Substring(command.Length).TrimStart(); rest.Length > 0; rest = rest.TrimStart())
        {
            if (rest == CommonParameters)
            {
                return parameters;
            }

            Match match = Parameter().Match(rest);
            if (!match.Success)
            {
                problem = $"'{rest}' is not a parameter; write it as Get-Command -Syntax does, such as [[-Name] <string>].";
                return parameters;
            }

            string form = match.Groups["form"].Value;
            parameters.Add(new SyntaxParameter(
                match.Groups["name"].Value,
                match.Groups["type"].Success ? match.Groups["type"].Value : null,
                IsRequired: !match.Groups["optional"].Success,
                IsPositional: match.Groups["positional"].Success));
            rest = rest.Substring(form.Length);
        }

        return parameters;
    }

    /// <summary>Puts a broken syntax line on one line.</summary>
    /// <param name="text">The line, which may be broken at spaces.</param>
    /// <returns>The line with single spaces.</returns>
    public static string Flatten(string text) => Spaces().Replace(text, " ").Trim();

    // Four forms, each with or without a type: [[-N] <t>]  [-N] <t>  [-N <t>]  -N <t>. A switch has no type, so it has no position.
    [GeneratedRegex(@"\A(?<form>(?:(?<optional>\[)(?<positional>\[)-(?<name>[A-Za-z0-9_]+)\]\ <(?<type>[^<>]+)>\]|(?<positional>\[)-(?<name>[A-Za-z0-9_]+)\]\ <(?<type>[^<>]+)>|(?<optional>\[)-(?<name>[A-Za-z0-9_]+)(?:\ <(?<type>[^<>]+)>)?\]|-(?<name>[A-Za-z0-9_]+)(?:\ <(?<type>[^<>]+)>)?))(?:\z|\ )", RegexOptions.ExplicitCapture)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
