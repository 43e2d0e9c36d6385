using System;
using System.Collections.Generic;
using System.IO;
using SsmAssociationTools.Input;
using SsmAssociationTools.Json;

namespace SsmAssociationTools.Files;

/// <summary>The manifest that cdk synth writes beside its templates: it names the account and Region of each, where the app does.</summary>
internal static class CdkManifest
{
    private const string TemplateEnd = ".template.json";
    private const string EnvironmentStart = "aws://";

    /// <summary>A manifest is far shorter, in bytes.</summary>
    private const long MaxLength = 16_000_000;

    /// <summary>Adds the place that the manifest names for a template; what was given comes first.</summary>
    /// <param name="path">Full path of a file, which may be no template of the CDK.</param>
    public static TemplateInputs Inputs(string path, TemplateInputs inputs)
    {
        string manifest = Path.Combine(Path.GetDirectoryName(path) ?? string.Empty, "manifest.json");
        if (!path.EndsWith(TemplateEnd, StringComparison.OrdinalIgnoreCase) || !File.Exists(manifest))
        {
            return inputs;
        }

        try
        {
            if (new FileInfo(manifest).Length > MaxLength || JsonText.Read(File.ReadAllText(manifest), out object? root, out _) != JsonFault.None)
            {
                return inputs;
            }

            foreach (KeyValuePair<string, object?> artifact in (Member(root, "artifacts") as JsonObject)?.Members ?? [])
            {
                if (Member(Member(artifact.Value, "properties"), "templateFile") is string file
                    && string.Equals(file, Path.GetFileName(path), StringComparison.OrdinalIgnoreCase)
                    && Member(artifact.Value, "environment") is string place && place.StartsWith(EnvironmentStart, StringComparison.Ordinal))
                {
                    string[] parts = place.Substring(EnvironmentStart.Length).Split('/');
                    return parts.Length == 2 ? inputs.For(RegionCode.IsOne(parts[1]) ? parts[1] : null, IsAccount(parts[0]) ? parts[0] : null) : inputs;
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The template says what it needs where the manifest cannot.
        }

        return inputs;
    }

    private static bool IsAccount(string text) => text.Length == 12 && long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out _);

    private static object? Member(object? value, string name)
    {
        foreach (KeyValuePair<string, object?> member in (value as JsonObject)?.Members ?? [])
        {
            if (member.Key == name)
            {
                return member.Value;
            }
        }

        return null;
    }
}
