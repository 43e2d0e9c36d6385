using System;
using System.Globalization;
using System.Text.RegularExpressions;
using SsmAssociationTools.Json;

namespace SsmAssociationTools.Formats.CloudFormation;

/// <summary>
/// A plain scalar of a YAML template that is something else to CloudFormation, which reads YAML 1.1, than it looks: a truth
/// value such as <c>yes</c>, or a number such as <c>0123</c>, <c>1_000</c> or <c>1.10</c>.
/// </summary>
internal sealed class TemplateWord
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(1);

    private static readonly Regex s_number = new(@"^-?(0|[1-9][0-9]{0,14})(\.[0-9]{0,14}[1-9])?$", RegexOptions.CultureInvariant, s_timeout);

    private static readonly Regex s_otherNumber = new(
        @"^[-+]?(0[0-7_]+|0x[0-9a-fA-F_]+|0b[01_]+|[1-9][0-9]*_[0-9_]*|[1-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?|[0-9][0-9_]*\.[0-9_]*([eE][-+]?[0-9]+)?|[0-9]{16,})$",
        RegexOptions.CultureInvariant,
        s_timeout);

    private TemplateWord(string text, bool? truth, long line)
    {
        Text = text;
        Truth = truth;
        Line = line;
    }

    /// <summary>The scalar as written.</summary>
    public string Text { get; }

    /// <summary>What it is to CloudFormation where it is a truth value; null for a number.</summary>
    public bool? Truth { get; }

    /// <summary>Line of the file, from 1.</summary>
    public long Line { get; }

    /// <summary>Reads a plain scalar.</summary>
    /// <returns>Null, a truth value, a number, a word, or the text itself.</returns>
    public static object? Read(string text, long line)
    {
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return null;
            case "true" or "True" or "TRUE":
                return true;
            case "false" or "False" or "FALSE":
                return false;
            case "yes" or "Yes" or "YES" or "on" or "On" or "ON":
                return new TemplateWord(text, true, line);
            case "no" or "No" or "NO" or "off" or "Off" or "OFF":
                return new TemplateWord(text, false, line);
        }

        // Most texts are no numbers, and their first character says so.
        if (text[0] is not ((>= '0' and <= '9') or '-' or '+'))
        {
            return text;
        }

        return s_number.IsMatch(text) ? new JsonNumber(text) : s_otherNumber.IsMatch(text) ? new TemplateWord(text, null, line) : text;
    }

    public override string ToString() => Truth is bool truth ? (truth ? "true" : "false") : Convert.ToString(Text, CultureInfo.InvariantCulture);
}
