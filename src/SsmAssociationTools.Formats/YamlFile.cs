using System;
using System.Collections.Generic;
using System.IO;
using SsmAssociationTools.Files;
using SsmAssociationTools.Formats.CloudFormation;
using SsmAssociationTools.Model;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SsmAssociationTools.Formats;

/// <summary>
/// Reads YAML: mappings, lists, anchors, merge keys. Scalars stay the text that they are (0123 is no octal number here),
/// apart from null and truth values; in templates they are what they are to CloudFormation. Tags such as !Ref become
/// <see cref="FileFunction"/>.
/// </summary>
internal sealed class YamlFile
{
    private const int MaxDepth = 64;

    /// <summary>Values of a file with all its aliases written out; aliases of aliases would have no end otherwise.</summary>
    private const long MaxSize = 1_000_000;

    private readonly Parser _parser;
    private readonly Dictionary<AnchorName, (object? Value, long Size)> _anchors = [];
    private long _size;

    /// <summary>For each document whether it is a template; null while that is being found out.</summary>
    private readonly List<bool>? _templates;

    /// <summary>For each document the line on which a member is given a second time; 0 for none.</summary>
    private readonly List<long> _repeats = [];

    private bool _isTemplate;

    private YamlFile(string text, List<bool>? templates)
    {
        _parser = new Parser(new StringReader(text));
        _templates = templates;
    }

    /// <summary>Reads a file of one document or several. Nothing is returned before all of it is read.</summary>
    public static IEnumerable<FileRecord> Records(TextReader text, TemplateInputs inputs)
    {
        var records = new List<FileRecord>();
        foreach (object? root in Roots(text.ReadToEnd()))
        {
            if (root is not null)
            {
                records.AddRange(FileRoots.Records(root, inputs));
            }
        }

        return records;
    }

    /// <summary>Reads the text of a template.</summary>
    /// <exception cref="FileFormatException">It is no YAML.</exception>
    public static object? Template(string text)
    {
        try
        {
            return Roots(text).Find(static root => root is not null);
        }
        catch (YamlException error)
        {
            throw Problem(error);
        }
    }

    /// <summary>
    /// What is no template by what its first reading says is done with it; what is one is read once more, because only the
    /// whole tells, and scalars and repeated members mean something else in it.
    /// </summary>
    private static List<object?> Roots(string text)
    {
        var plain = new YamlFile(text, null);
        List<object?> roots = plain.ReadDocuments();
        List<bool> templates = roots.ConvertAll(static root => TemplateFile.Find(root, out _) is not null);
        for (int i = 0; i < roots.Count; i++)
        {
            if (!templates[i] && plain._repeats[i] > 0)
            {
                throw new FileFormatException(plain._repeats[i], "A member is given a second time in the same mapping. Leave one of them.");
            }
        }

        return templates.Contains(true) ? new YamlFile(text, templates).ReadDocuments() : roots;
    }

    /// <summary>Reads a file of one document.</summary>
    public static object? Tree(TextReader text)
    {
        List<object?> documents = Roots(text.ReadToEnd());
        return documents.Count > 1 ? throw new FileFormatException(0, "The file holds several YAML documents; one is expected.") : documents.Count == 0 ? null : documents[0];
    }

    /// <summary>A problem of the library without its message, which quotes the file.</summary>
    public static FileFormatException Problem(YamlException error) => new(
        error.Start.Line,
        $"This is no YAML (line {error.Start.Line}, column {error.Start.Column}). Check indentation, quotes and brackets here and just before; text with a colon or a # stands in quotes.");

    private List<object?> ReadDocuments()
    {
        try
        {
            return Documents();
        }
        catch (Exception error) when (error is InvalidOperationException or InvalidCastException)
        {
            // The library ends some broken texts, such as " : e", with an error that says nothing of the text.
            long line = _parser.Current?.Start.Line ?? 1;
            throw new FileFormatException(line, $"This is no YAML (line {line}). Check indentation, quotes and brackets here and just before; text with a colon or a # stands in quotes.");
        }
    }

    private List<object?> Documents()
    {
        var documents = new List<object?>();
        _parser.Consume<StreamStart>();
        while (!_parser.TryConsume<StreamEnd>(out _))
        {
            _parser.Consume<DocumentStart>();
            _anchors.Clear();
            _repeats.Add(0);
            _isTemplate = _templates is not null && _templates[documents.Count];
            documents.Add(Node(0));
            _parser.Consume<DocumentEnd>();
        }

        return documents;
    }

    private object? Node(int depth)
    {
        if (_parser.Current is NodeEvent current && depth > MaxDepth)
        {
            throw new FileFormatException(current.Start.Line, "Lists and mappings are nested deeper than 64 levels here.");
        }

        if (_parser.Current is AnchorAlias alias)
        {
            _parser.MoveNext();
            if (!_anchors.TryGetValue(alias.Value, out (object? Value, long Size) known))
            {
                throw new FileFormatException(alias.Start.Line, "The alias here names no anchor that stands before it.");
            }

            Count(known.Size, alias.Start.Line);
            return known.Value;
        }

        long before = _size;
        var node = (NodeEvent)_parser.Current!;
        Count(1, node.Start.Line);
        object? value = Content(node, depth);
        if (!node.Anchor.IsEmpty)
        {
            _anchors[node.Anchor] = (value, _size - before);
        }

        return value;
    }

    private object? Content(NodeEvent node, int depth)
    {
        bool isFunction = !node.Tag.IsEmpty && node.Tag.Value[0] == '!';
        object? value;
        if (node is Scalar scalar)
        {
            _parser.MoveNext();
            value = ScalarValue(scalar);
        }
        else if (_parser.TryConsume<SequenceStart>(out _))
        {
            var list = new FileList { Line = node.Start.Line, Lines = _isTemplate ? [] : null };
            while (!_parser.TryConsume<SequenceEnd>(out _))
            {
                list.Lines?.Add(_parser.Current!.Start.Line);
                list.Add(Node(depth + 1));
            }

            value = list;
        }
        else
        {
            _parser.Consume<MappingStart>();
            value = Mapping(node.Start.Line, depth);
        }

        return isFunction ? new FileFunction(node.Tag.Value, value, node.Start.Line) : value;
    }

    private FileMap Mapping(long line, int depth)
    {
        var map = new FileMap { Line = line, Lines = _isTemplate ? [] : null };
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        List<object?>? merged = null;
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            ParsingEvent key = _parser.Current!;
            object? name = Node(depth + 1);
            if (name is FileMap or FileList or FileFunction)
            {
                throw new FileFormatException(key.Start.Line, "A name is expected here, as in NAME: VALUE.");
            }

            string text = key is Scalar scalar ? scalar.Value : name as string ?? string.Empty;
            object? value = Node(depth + 1);
            if (text == "<<" && key is Scalar { Style: ScalarStyle.Plain } && value is FileMap or FileList)
            {
                (merged ??= []).Add(value);
            }
            else if (!names.TryGetValue(text, out int index))
            {
                names.Add(text, map.Count);
                map.Add(text, value);
                map.Lines?.Add(key.Start.Line);
            }
            else
            {
                Repeat(map, index, new KeyValuePair<string, object?>(text, value), key.Start.Line);
            }
        }

        foreach (object? source in merged ?? [])
        {
            foreach (object? one in source as FileList ?? [source])
            {
                foreach (KeyValuePair<string, object?> pair in one as FileMap ?? [])
                {
                    if (!names.ContainsKey(pair.Key))
                    {
                        names.Add(pair.Key, map.Count);
                        map.Add(pair);
                        map.Lines?.Add(line);
                    }
                }
            }
        }

        return map;
    }

    private void Repeat(FileMap map, int index, KeyValuePair<string, object?> member, long line)
    {
        if (_repeats[_repeats.Count - 1] == 0)
        {
            _repeats[_repeats.Count - 1] = line;
        }

        map[index] = member;
        if (map.Lines is not null)
        {
            map.Lines[index] = line;
            (map.Repeated ??= []).Add(new KeyValuePair<string, long>(member.Key, line));
        }
    }

    private object? ScalarValue(Scalar scalar)
    {
        if (scalar.Style != ScalarStyle.Plain || (!scalar.Tag.IsEmpty && scalar.Tag.Value.EndsWith(":str", StringComparison.Ordinal)))
        {
            return scalar.Value;
        }

        if (_isTemplate)
        {
            return TemplateWord.Read(scalar.Value, scalar.Start.Line);
        }

        return scalar.Value switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" => true,
            "false" or "False" or "FALSE" => false,
            _ => scalar.Value,
        };
    }

    private void Count(long size, long line)
    {
        _size += size;
        if (_size > MaxSize)
        {
            throw new FileFormatException(line, "The file holds more than 1,000,000 values, aliases written out. Split it, or write aliases of aliases out.");
        }
    }
}
