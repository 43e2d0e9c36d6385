using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SsmAssociationTools.HelpCompiler.Pages;

/// <summary>A YAML mapping of a page, read key by key; what is missing, unknown or of the wrong kind is reported with its line.</summary>
internal sealed class YamlFields
{
    private readonly YamlMappingNode _node;
    private readonly int _linesBefore;
    private readonly Action<int, string> _report;
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    private YamlFields(YamlMappingNode node, int linesBefore, Action<int, string> report)
    {
        _node = node;
        _linesBefore = linesBefore;
        _report = report;
    }

    /// <summary>Reads a block of YAML.</summary>
    /// <param name="text">The block's text.</param>
    /// <param name="linesBefore">How many lines of the page stand before the block's first line.</param>
    /// <param name="report">Takes the line of the page (from 1) and the text of each problem.</param>
    /// <returns>The fields, or null when the text is no mapping.</returns>
    public static YamlFields? Read(string text, int linesBefore, Action<int, string> report)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException exception)
        {
            report(linesBefore + (int)exception.Start.Line, "This is not YAML: " + exception.Message);
            return null;
        }
        catch (InvalidOperationException)
        {
            // What YamlDotNet throws for a bracket that is not closed; it does not say where.
            report(linesBefore + 1, "This is not YAML: a bracket or a brace is not closed.");
            return null;
        }

        if (stream.Documents is [{ RootNode: YamlMappingNode mapping }])
        {
            return new YamlFields(mapping, linesBefore, report);
        }

        report(linesBefore + 1, "Lines of the form 'key: value' are expected here.");
        return null;
    }

    /// <summary>Reads a text.</summary>
    /// <param name="key">The key, in its exact case.</param>
    /// <param name="mayBeEmpty">True when an empty value is good.</param>
    /// <returns>The text; empty when it is missing.</returns>
    public string Text(string key, bool mayBeEmpty = false)
    {
        YamlNode? node = Node(key);
        string text = node is YamlScalarNode scalar ? scalar.Value ?? string.Empty : string.Empty;
        if (node is not null and not YamlScalarNode || (node is not null && text.Length == 0 && !mayBeEmpty))
        {
            Report(node, $"'{key}' needs a text.");
        }

        return text;
    }

    /// <summary>Reads true or false.</summary>
    /// <param name="key">The key, in its exact case.</param>
    /// <returns>The value; false when it is missing.</returns>
    public bool Flag(string key)
    {
        YamlNode? node = Node(key);
        if (node is null)
        {
            return false;
        }

        if (node is YamlScalarNode { Value: "true" or "false" } scalar)
        {
            return scalar.Value == "true";
        }

        Report(node, $"'{key}' needs true or false.");
        return false;
    }

    /// <summary>Reads a list of texts.</summary>
    /// <param name="key">The key, in its exact case.</param>
    /// <returns>The texts; empty when they are missing.</returns>
    public IReadOnlyList<string> List(string key)
    {
        if (Sequence(key) is not { } sequence)
        {
            return [];
        }

        if (sequence.FirstOrDefault(item => item is not YamlScalarNode) is { } odd)
        {
            Report(odd, $"'{key}' needs a list of texts.");
        }

        return [.. sequence.OfType<YamlScalarNode>().Select(item => item.Value ?? string.Empty)];
    }

    /// <summary>Reads a list of mappings.</summary>
    /// <param name="key">The key, in its exact case.</param>
    /// <returns>The mappings; empty when they are missing.</returns>
    public IReadOnlyList<YamlFields> Mappings(string key)
    {
        if (Sequence(key) is not { } sequence)
        {
            return [];
        }

        if (sequence.FirstOrDefault(item => item is not YamlMappingNode) is { } odd)
        {
            Report(odd, $"'{key}' needs a list of mappings.");
        }

        return [.. sequence.OfType<YamlMappingNode>().Select(item => new YamlFields(item, _linesBefore, _report))];
    }

    /// <summary>Reports a problem with the value of a key.</summary>
    /// <param name="key">The key, in its exact case.</param>
    /// <param name="message">What is wrong.</param>
    public void Reject(string key, string message) =>
        Report(_node.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? node) ? node : _node, message);

    /// <summary>Reports the keys that nothing has read: a slip of the pen would otherwise go unnoticed.</summary>
    public void RejectOthers()
    {
        foreach (YamlNode key in _node.Children.Keys)
        {
            if (key is not YamlScalarNode { Value: { } name } || !_read.Contains(name))
            {
                Report(key, $"'{key}' is not known here.");
            }
        }
    }

    private YamlSequenceNode? Sequence(string key)
    {
        YamlNode? node = Node(key);
        if (node is not null and not YamlSequenceNode)
        {
            Report(node, $"'{key}' needs a list; an empty one is [].");
        }

        return node as YamlSequenceNode;
    }

    private YamlNode? Node(string key)
    {
        _read.Add(key);
        if (_node.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? node))
        {
            return node;
        }

        Report(_node, $"'{key}' is missing.");
        return null;
    }

    private void Report(YamlNode node, string message) => _report(_linesBefore + (int)node.Start.Line, message);
}
