using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace SsmAssociationTools.LocalEndpoint.Model;

/// <summary>The API model that travels with the assembly: operations, their inputs and every shape.</summary>
internal sealed class ApiModel
{
    private readonly Dictionary<string, Shape> _shapes = [];
    private readonly Dictionary<string, Shape> _inputs = [];
    private readonly Dictionary<string, Shape> _outputs = [];
    private readonly Dictionary<string, string> _messageMembers = [];
    private readonly HashSet<string> _errors = [];
    private readonly HashSet<string> _faults = [];

    private ApiModel(JsonElement root)
    {
        JsonElement shapes = root.GetProperty("shapes");
        foreach (JsonProperty operation in root.GetProperty("operations").EnumerateObject())
        {
            _inputs.Add(operation.Name, Resolve(shapes, operation.Value.GetProperty("input").GetProperty("shape").GetString()!));
            _outputs.Add(operation.Name, Resolve(shapes, operation.Value.GetProperty("output").GetProperty("shape").GetString()!));
        }

        foreach (JsonProperty shape in shapes.EnumerateObject().Where(shape => shape.Value.TryGetProperty("exception", out _)))
        {
            _errors.Add(shape.Name);
            foreach (JsonProperty member in shape.Value.GetProperty("members").EnumerateObject().Where(static member => member.Name is "Message" or "message"))
            {
                _messageMembers[shape.Name] = member.Name;
            }

            if (shape.Value.TryGetProperty("fault", out _))
            {
                _faults.Add(shape.Name);
            }
        }
    }

    /// <summary>Names of the operations.</summary>
    public IEnumerable<string> Operations => _inputs.Keys;

    /// <summary>Reads the model.</summary>
    /// <returns>The model.</returns>
    public static ApiModel Load()
    {
        using Stream stream = typeof(ApiModel).Assembly.GetManifestResourceStream("model.json")!;
        using JsonDocument document = JsonDocument.Parse(stream);
        return new ApiModel(document.RootElement);
    }

    /// <summary>The input of an operation.</summary>
    /// <param name="operation">Its name.</param>
    /// <returns>The shape of its request.</returns>
    public Shape Input(string operation) => _inputs[operation];

    /// <summary>The output of an operation.</summary>
    /// <param name="operation">Its name.</param>
    /// <returns>The shape of its answer.</returns>
    public Shape Output(string operation) => _outputs[operation];

    /// <summary>The member that carries an error's text. Errors of the framework, which the model does not declare, write it in lower case.</summary>
    /// <param name="code">Its name.</param>
    /// <returns>Message or message; null for a declared error without a text.</returns>
    public string? MessageMember(string code) =>
        _messageMembers.TryGetValue(code, out string? member) ? member : _errors.Contains(code) ? null : "message";

    /// <summary>Tells whether an error is the server's fault, and so has HTTP status 500.</summary>
    /// <param name="code">Its name.</param>
    /// <returns>True when the model says so.</returns>
    public bool IsServerFault(string code) => _faults.Contains(code);

    private Shape Resolve(JsonElement shapes, string name)
    {
        if (_shapes.TryGetValue(name, out Shape? known))
        {
            return known;
        }

        JsonElement source = shapes.GetProperty(name);
        var shape = new Shape((ShapeKind)Enum.Parse(typeof(ShapeKind), source.GetProperty("type").GetString()!, ignoreCase: true));
        _shapes.Add(name, shape);
        shape.Min = Number(source, "min");
        shape.Max = Number(source, "max");
        shape.IsSensitive = source.TryGetProperty("sensitive", out _);
        if (source.TryGetProperty("pattern", out JsonElement pattern))
        {
            shape.Pattern = new JavaPattern(pattern.GetString()!);
        }

        if (source.TryGetProperty("enum", out JsonElement values))
        {
            shape.Values = [.. values.EnumerateArray().Select(value => value.GetString()!)];
        }

        if (source.TryGetProperty("members", out JsonElement members))
        {
            foreach (JsonProperty member in members.EnumerateObject())
            {
                shape.Members.Add(member.Name, Resolve(shapes, member.Value.GetProperty("shape").GetString()!));
            }
        }

        if (source.TryGetProperty("required", out JsonElement required))
        {
            shape.Required.UnionWith(required.EnumerateArray().Select(member => member.GetString()!));
        }

        shape.Item = Reference(shapes, source, "member") ?? Reference(shapes, source, "value");
        shape.Key = Reference(shapes, source, "key");
        return shape;
    }

    private Shape? Reference(JsonElement shapes, JsonElement source, string member) =>
        source.TryGetProperty(member, out JsonElement target) ? Resolve(shapes, target.GetProperty("shape").GetString()!) : null;

    private static long? Number(JsonElement source, string member) =>
        source.TryGetProperty(member, out JsonElement value) ? value.GetInt64() : null;
}
