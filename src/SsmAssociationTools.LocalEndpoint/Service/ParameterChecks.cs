using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using SsmAssociationTools.LocalEndpoint.Data;

namespace SsmAssociationTools.LocalEndpoint.Service;

/// <summary>
/// Parameters of an entry against those of its document. Missing and undeclared ones are refused for every document;
/// values only for Command and Policy documents: a runbook is associated, and each of its runs fails. No text shows a value.
/// </summary>
internal static class ParameterChecks
{
    /// <summary>Checks an entry.</summary>
    /// <exception cref="ServiceException">InvalidParameters or InvalidTargetMaps.</exception>
    public static void Check(JsonElement entry, DocumentInfo document)
    {
        if (document.Parameters is not Dictionary<string, ParameterInfo> declared)
        {
            return;
        }

        bool open = document.TakesMoreParameters;
        var given = new HashSet<string>(StringComparer.Ordinal);
        if (Entry.TryGet(entry, "Parameters", out JsonElement parameters))
        {
            foreach (JsonProperty parameter in parameters.EnumerateObject())
            {
                if (!open && !declared.ContainsKey(parameter.Name))
                {
                    throw NotDefined(parameter.Name);
                }

                if (parameter.Value.ValueKind == JsonValueKind.Array && parameter.Value.GetArrayLength() > 0)
                {
                    given.Add(parameter.Name);
                }
            }
        }

        if (document.IsAutomation && Entry.Text(entry, "AutomationTargetParameterName") is string target)
        {
            if (!open && !declared.ContainsKey(target))
            {
                throw NotDefined(target);
            }

            given.Add(target);
        }

        foreach (JsonProperty pair in Entry.Items(entry, "TargetMaps").SelectMany(static map => map.EnumerateObject()))
        {
            if (!open && !declared.ContainsKey(pair.Name))
            {
                throw new ServiceException("InvalidTargetMaps", $"InvalidTargetMaps: \"{pair.Name}\" is not a parameter of the document.");
            }

            given.Add(pair.Name);
        }

        if (!open && declared.Values.FirstOrDefault(parameter => parameter.IsRequired && !given.Contains(parameter.Name)) is ParameterInfo missing)
        {
            throw new ServiceException("InvalidParameters", $"Parameter \"{missing.Name}\" requires a value.");
        }

        if (!document.IsAutomation && WrongValue(entry, document) is string problem)
        {
            throw new ServiceException("InvalidParameters", problem);
        }
    }

    /// <summary>What is wrong with a value of the parameters; null for nothing.</summary>
    public static string? WrongValue(JsonElement entry, DocumentInfo document)
    {
        if (document.Parameters is not Dictionary<string, ParameterInfo> declared || !Entry.TryGet(entry, "Parameters", out JsonElement parameters))
        {
            return null;
        }

        foreach (JsonProperty parameter in parameters.EnumerateObject())
        {
            if (parameter.Value.ValueKind == JsonValueKind.Array
                && declared.TryGetValue(parameter.Name, out ParameterInfo? known)
                && Problem(known, [.. parameter.Value.EnumerateArray().Select(static value => value.GetString() ?? string.Empty)]) is string problem)
            {
                return $"Parameter \"{parameter.Name}\" {problem}";
            }
        }

        return null;
    }

    private static ServiceException NotDefined(string name) => new("InvalidParameters", $"Parameter \"{name}\" is not defined in the document.");

    private static string? Problem(ParameterInfo parameter, string[] values)
    {
        if (!parameter.IsList && values.Length > 1)
        {
            return $"is of type {parameter.Type} and takes one value.";
        }

        if (values.Length < parameter.MinItems || values.Length > parameter.MaxItems)
        {
            return $"has {values.Length} values, and {Bounds(parameter.MinItems, parameter.MaxItems)} are allowed.";
        }

        // What the service puts in itself, such as {{ssm:name}}, is known to it alone.
        foreach (string value in values.Where(static value => value.IndexOf("{{", StringComparison.Ordinal) < 0))
        {
            if (parameter.AllowedValues.Count > 0 && !parameter.AllowedValues.Contains(value))
            {
                return $"has a value not found in [{string.Join(", ", parameter.AllowedValues)}].";
            }

            if (parameter.Pattern?.Matches(value) == false)
            {
                return "has a value that does not match " + parameter.Pattern.Source;
            }

            if (value.Length < parameter.MinChars || value.Length > parameter.MaxChars)
            {
                return $"has a value of {value.Length} characters, and {Bounds(parameter.MinChars, parameter.MaxChars)} are allowed.";
            }
        }

        return null;
    }

    private static string Bounds(int? least, int? most) => (least, most) switch
    {
        (int from, int to) => $"{from} to {to}",
        (int from, null) => $"at least {from}",
        _ => $"at most {most}",
    };
}
