using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SsmAssociationTools.LocalEndpoint.Data;

namespace SsmAssociationTools.LocalEndpoint.Service;

/// <summary>The content of documents: what the inventory gives, or one that is made up around the parameters.</summary>
internal static class DocumentContent
{
    private static readonly JsonWriterOptions s_indented = new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The content as JSON.</summary>
    public static string Json(DocumentInfo document)
    {
        using var stream = new System.IO.MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, s_indented))
        {
            if (document.Content is string given)
            {
                using JsonDocument content = JsonDocument.Parse(given);
                content.RootElement.WriteTo(writer);
            }
            else
            {
                Write(writer, document);
            }
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>The content as YAML. Texts are written as JSON writes them, which YAML reads the same.</summary>
    public static string Yaml(DocumentInfo document)
    {
        using JsonDocument content = JsonDocument.Parse(Json(document));
        var text = new StringBuilder("---\n");
        WriteYaml(text, content.RootElement, 0);
        return text.ToString();
    }

    /// <summary>SHA-256 of a content, in hexadecimal digits.</summary>
    public static string Hash(string content)
    {
        using var sha = SHA256.Create();
        return string.Concat(sha.ComputeHash(Encoding.UTF8.GetBytes(content)).Select(static part => part.ToString("x2", CultureInfo.InvariantCulture)));
    }

    private static void WriteYaml(StringBuilder text, JsonElement value, int indent)
    {
        string margin = new(' ', indent);
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty member in value.EnumerateObject())
            {
                text.Append(margin).Append(JsonSerializer.Serialize(member.Name)).Append(':');
                WriteYamlValue(text, member.Value, indent + 2);
            }
        }
        else
        {
            foreach (JsonElement item in value.EnumerateArray())
            {
                text.Append(margin).Append('-');
                WriteYamlValue(text, item, indent + 2);
            }
        }
    }

    private static void WriteYamlValue(StringBuilder text, JsonElement value, int indent)
    {
        bool nested = (value.ValueKind == JsonValueKind.Object && value.EnumerateObject().Any()) || (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0);
        if (nested)
        {
            text.Append('\n');
            WriteYaml(text, value, indent);
        }
        else
        {
            text.Append(' ').Append(value.ValueKind switch
            {
                JsonValueKind.Object => "{}",
                JsonValueKind.Array => "[]",
                _ => value.GetRawText(),
            }).Append('\n');
        }
    }

    private static void Write(Utf8JsonWriter writer, DocumentInfo document)
    {
        writer.WriteStartObject();
        writer.WriteString("schemaVersion", document.SchemaText);
        writer.WriteString("description", document.Description ?? document.Name);
        if (document.Type == "Session")
        {
            writer.WriteString("sessionType", "Standard_Stream");
        }

        if (document.Parameters is { Count: > 0 } parameters)
        {
            if (document.IsAutomation && parameters.ContainsKey("AutomationAssumeRole"))
            {
                writer.WriteString("assumeRole", "{{ AutomationAssumeRole }}");
            }

            writer.WriteStartObject("parameters");
            foreach (ParameterInfo parameter in parameters.Values)
            {
                Write(writer, parameter);
            }

            writer.WriteEndObject();
        }

        if (document.Type is "Command" or "Automation" or "Policy")
        {
            WriteSteps(writer, document);
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ParameterInfo parameter)
    {
        writer.WriteStartObject(parameter.Name);
        writer.WriteString("type", parameter.Type);
        if (parameter.Description is string description)
        {
            writer.WriteString("description", description);
        }

        if (parameter.DisplayType is string display)
        {
            writer.WriteString("displayType", display);
        }

        if (parameter.Default is string given)
        {
            writer.WritePropertyName("default");
            writer.WriteRawValue(given);
        }
        else if (!parameter.IsRequired)
        {
            // Without a default it would be required.
            writer.WritePropertyName("default");
            writer.WriteRawValue(parameter.Type switch { "StringList" or "MapList" => "[]", "StringMap" => "{}", "Boolean" => "false", "Integer" => "0", _ => "\"\"" });
        }

        if (parameter.AllowedValues.Count > 0)
        {
            writer.WriteStartArray("allowedValues");
            foreach (string value in parameter.AllowedValues)
            {
                writer.WriteStringValue(value);
            }

            writer.WriteEndArray();
        }

        if (parameter.Pattern is { Source: string pattern })
        {
            writer.WriteString("allowedPattern", pattern);
        }

        foreach ((string name, int? bound) in new[]
        {
            ("minItems", parameter.MinItems), ("maxItems", parameter.MaxItems), ("minChars", parameter.MinChars), ("maxChars", parameter.MaxChars),
        })
        {
            if (bound is int number)
            {
                writer.WriteNumber(name, number);
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteSteps(Utf8JsonWriter writer, DocumentInfo document)
    {
        bool windows = document.Platforms.Count > 0 && document.Platforms.All(static platform => platform == "Windows");
        string action = document.IsAutomation ? "aws:executeScript" : windows ? "aws:runPowerShellScript" : "aws:runShellScript";
        IEnumerable<string> names = document.Parameters?.Keys ?? Enumerable.Empty<string>();
        if (document.SchemaVersion < new Version(2, 0) && !document.IsAutomation)
        {
            writer.WriteStartObject("runtimeConfig");
            writer.WriteStartObject(action);
            writer.WriteStartArray("properties");
            writer.WriteStartObject();
            writer.WriteString("id", "0." + action);
            WriteCommands(writer, "runCommand", names);
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteEndObject();
            return;
        }

        writer.WriteStartArray("mainSteps");
        writer.WriteStartObject();
        writer.WriteString("action", action);
        writer.WriteString("name", "rehearse");
        writer.WriteStartObject("inputs");
        if (document.IsAutomation)
        {
            writer.WriteString("Runtime", "python3.11");
            writer.WriteString("Handler", "rehearse");
            writer.WriteString("Script", "def rehearse(events, context):\n  return {}");
            writer.WriteStartObject("InputPayload");
            foreach (string name in names)
            {
                writer.WriteString(name, "{{ " + name + " }}");
            }

            writer.WriteEndObject();
        }
        else
        {
            WriteCommands(writer, "runCommand", names);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private static void WriteCommands(Utf8JsonWriter writer, string member, IEnumerable<string> names)
    {
        writer.WriteStartArray(member);
        foreach (string name in names)
        {
            writer.WriteStringValue("echo " + name + " {{ " + name + " }}");
        }

        writer.WriteEndArray();
    }
}
