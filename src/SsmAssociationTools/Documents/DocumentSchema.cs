using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using SsmAssociationTools.Json;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Documents;

/// <summary>What the content of a document declares: the version of its form and its parameters.</summary>
internal sealed class DocumentSchema
{
    /// <summary>Levels of the content, at most.</summary>
    private const int MaxDepth = 200;

    private readonly Dictionary<string, DocumentParameter> _parameters = new(StringComparer.Ordinal);

    private DocumentSchema(string? version) => Version = version;

    /// <summary>Version of the document's form, such as 2.2; null where it is not known.</summary>
    public string? Version { get; }

    /// <summary>The parameters by name.</summary>
    public IReadOnlyDictionary<string, DocumentParameter> Parameters => _parameters;

    /// <summary>The names of the parameters, in the document's order.</summary>
    public IReadOnlyList<string> Names { get; private set; } = [];

    /// <summary>Makes a schema of parameters that are known in another way than by the content.</summary>
    public static DocumentSchema Of(string? version, IEnumerable<DocumentParameter> parameters)
    {
        var schema = new DocumentSchema(version);
        schema.Add(parameters);
        return schema;
    }

    /// <summary>Reads a content that is JSON text.</summary>
    /// <returns>The schema; null where the text is no JSON, or no content of a document.</returns>
    public static DocumentSchema? Read(string content) =>
        JsonText.Read(content.TrimStart('\uFEFF'), out object? root, out _, MaxDepth) == JsonFault.None ? Read(root) : null;

    /// <summary>Reads a content that was read as JSON or YAML.</summary>
    /// <returns>The schema; null for what is no content of a document.</returns>
    public static DocumentSchema? Read(object? root)
    {
        if (Members(root) is not { } members || Text(Find(members, "schemaVersion")) is not { } version)
        {
            return null;
        }

        object? declared = Find(members, "parameters");
        if (declared is not null && Members(declared) is null)
        {
            return null;
        }

        var parameters = new List<DocumentParameter>();
        foreach (KeyValuePair<string, object?> pair in Members(declared) ?? [])
        {
            if (Members(pair.Value) is not { } facts)
            {
                return null;
            }

            parameters.Add(Parameter(pair.Key, facts));
        }

        return Of(version, parameters);
    }

    /// <summary>Finds a member of an object of a file or of JSON text.</summary>
    public static object? Find(IEnumerable<KeyValuePair<string, object?>> members, string name)
    {
        foreach (KeyValuePair<string, object?> member in members)
        {
            if (member.Key == name)
            {
                return member.Value;
            }
        }

        return null;
    }

    /// <summary>The members of an object of a file or of JSON text; null for anything else.</summary>
    public static IEnumerable<KeyValuePair<string, object?>>? Members(object? value) => value switch
    {
        JsonObject json => json.Members,
        FileMap map => map,
        _ => null,
    };

    private static DocumentParameter Parameter(string name, IEnumerable<KeyValuePair<string, object?>> facts)
    {
        var allowed = new List<string>();
        if (Find(facts, "allowedValues") is IEnumerable list and not string)
        {
            foreach (object? item in list)
            {
                allowed.Add(Text(item) ?? string.Empty);
            }
        }

        bool hasDefault = false;
        foreach (KeyValuePair<string, object?> fact in facts)
        {
            hasDefault |= fact.Key == "default";
        }

        return new DocumentParameter(name, Text(Find(facts, "type")))
        {
            IsRequired = !hasDefault,
            AllowedValues = allowed,
            Pattern = Text(Find(facts, "allowedPattern")) is { Length: > 0 } pattern ? new JavaPattern(pattern) : null,
            MinItems = Number(Find(facts, "minItems")),
            MaxItems = Number(Find(facts, "maxItems")),
            MinChars = Number(Find(facts, "minChars")),
            MaxChars = Number(Find(facts, "maxChars")),
        };
    }

    private static string? Text(object? value) => value switch
    {
        string text => text,
        JsonNumber number => number.ToString(),
        bool isTrue => isTrue ? "true" : "false",
        _ => null,
    };

    private static int? Number(object? value) =>
        int.TryParse(Text(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : null;

    private void Add(IEnumerable<DocumentParameter> parameters)
    {
        var names = new List<string>();
        foreach (DocumentParameter parameter in parameters)
        {
            _parameters[parameter.Name] = parameter;
            names.Add(parameter.Name);
        }

        Names = names;
    }
}
