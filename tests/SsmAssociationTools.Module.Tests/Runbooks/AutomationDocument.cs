using System.Collections.Generic;
using System.Linq;
using YamlDotNet.RepresentationModel;

namespace SsmAssociationTools.Module.Tests.Runbooks;

/// <summary>The SSM Automation document of docs/runbooks, read as YAML.</summary>
internal static class AutomationDocument
{
    /// <summary>The document's path below docs/runbooks.</summary>
    public const string Path = "ssm-automation/SsmAssociationTools-CreateAssociations.yaml";

    /// <summary>The document's root.</summary>
    public static YamlMappingNode Root { get; } = Load();

    /// <summary>The document's steps.</summary>
    public static IReadOnlyList<YamlMappingNode> Steps { get; } = [.. ((YamlSequenceNode)Root["mainSteps"]).Cast<YamlMappingNode>()];

    /// <summary>The document's parameters.</summary>
    public static IReadOnlyDictionary<string, YamlMappingNode> Parameters { get; } =
        Map(Root, "parameters").ToDictionary(pair => Text(pair.Key), pair => (YamlMappingNode)pair.Value);

    /// <summary>The script of a step.</summary>
    /// <param name="step">The step's place.</param>
    /// <returns>The script.</returns>
    public static string Script(int step) => Text(Steps[step]["inputs"]["Script"]);

    /// <summary>The text of a scalar.</summary>
    /// <param name="node">The node.</param>
    /// <returns>The text.</returns>
    public static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;

    /// <summary>A mapping below another; empty where there is none.</summary>
    /// <param name="parent">The mapping.</param>
    /// <param name="name">The key.</param>
    /// <returns>The pairs.</returns>
    public static IEnumerable<KeyValuePair<YamlNode, YamlNode>> Map(YamlMappingNode parent, string name) =>
        parent.Children.TryGetValue(new YamlScalarNode(name), out YamlNode? node) ? (YamlMappingNode)node : [];

    /// <summary>A list below a mapping; empty where there is none.</summary>
    /// <param name="parent">The mapping.</param>
    /// <param name="name">The key.</param>
    /// <returns>The items.</returns>
    public static IEnumerable<YamlNode> List(YamlMappingNode parent, string name) =>
        parent.Children.TryGetValue(new YamlScalarNode(name), out YamlNode? node) ? (YamlSequenceNode)node : [];

    private static YamlMappingNode Load()
    {
        var stream = new YamlStream();
        using var reader = new System.IO.StringReader(RunbookSession.Read(Path));
        stream.Load(reader);
        return (YamlMappingNode)stream.Documents.Single().RootNode;
    }
}
