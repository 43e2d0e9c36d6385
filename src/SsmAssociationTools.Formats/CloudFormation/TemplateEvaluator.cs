using System;
using System.Collections.Generic;
using SsmAssociationTools.Files;
using SsmAssociationTools.Json;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Formats.CloudFormation;

/// <summary>
/// Works out values of a template for one resource, as CloudFormation does when it makes the stack. What cannot be worked out
/// becomes a need or a problem, and the rest goes on, so that all of them can be told at once.
/// </summary>
internal sealed partial class TemplateEvaluator(TemplateScope scope)
{
    /// <summary>What AWS::NoValue is: the member or item is left out.</summary>
    public static readonly object NoValue = new();

    /// <summary>What cannot be worked out; a need or a problem says why.</summary>
    public static readonly object Missing = new();

    /// <summary>Characters of the longest text that is put together.</summary>
    private const int MaxText = 1_000_000;

    private readonly HashSet<TemplateNeed> _known = [];

    /// <summary>What is missing, each thing once, in the order in which it is asked for.</summary>
    public List<TemplateNeed> Needs { get; } = [];

    /// <summary>What is wrong or worth a word.</summary>
    public List<TemplateProblem> Problems { get; } = [];

    /// <summary>True once a value was used that was given from outside or that the template marks with NoEcho.</summary>
    public bool HasUsedSecret { get; set; }

    /// <summary>Works a value out.</summary>
    /// <param name="path">The member that it is for.</param>
    /// <param name="line">Line of the file, from 1.</param>
    /// <returns>Text, a truth value, a number, null, a map or a list; <see cref="NoValue"/> or <see cref="Missing"/>.</returns>
    public object? Value(object? node, string path, long line)
    {
        if (!scope.Step())
        {
            return TooMuch(path, line);
        }

        switch (node)
        {
            case TemplateWord word:
                return Word(word, path);
            case FileFunction function:
                return Call(TemplateTree.LongName(function.Name), function.Argument, path, function.Line);
            case FileMap { Count: 1 } map when TemplateTree.IsFunction(map[0].Key):
                return Call(map[0].Key, map[0].Value, path, map.LineOf(0));
            case FileMap map:
                return Map(map, path);
            case FileList list:
                return List(list, path);
            case string text when text.IndexOf("{{resolve:", StringComparison.Ordinal) >= 0:
                return Dynamic(text, path, line);
            default:
                return node;
        }
    }

    /// <summary>Works a value out that is to be one text.</summary>
    /// <returns>Null where it is missing or none.</returns>
    public string? Text(object? node, string what, string path, long line)
    {
        object? value = Value(node, path, line);
        string? text = TextOf(value);
        if (text is null && value != Missing)
        {
            Problem($"{what} is expected to be a text, but it is {Noun(value)}", null, path, line);
        }

        return text;
    }

    /// <summary>Works a value out that is to be a list of texts; items that are AWS::NoValue are left out.</summary>
    /// <returns>Null where it is missing or none.</returns>
    public List<string>? Texts(object? node, string what, string path, long line)
    {
        object? value = Value(node, path, line);
        if (value is not FileList list)
        {
            if (value != Missing)
            {
                Problem($"{what} is expected to be a list, but it is {Noun(value)}", null, path, line);
            }

            return null;
        }

        var texts = new List<string>(list.Count);
        foreach (object? item in list)
        {
            if (TextOf(item) is not string text)
            {
                Problem($"{what} is expected to be a list of texts, but it holds {Noun(item)}", null, path, line);
                return null;
            }

            texts.Add(text);
        }

        return texts;
    }

    /// <summary>A single value as text; null for anything else.</summary>
    public static string? TextOf(object? value) => value switch
    {
        string text => text,
        bool truth => truth ? "true" : "false",
        JsonNumber number => number.ToString(),
        _ => null,
    };

    /// <summary>Notes a problem.</summary>
    /// <returns><see cref="Missing"/>.</returns>
    public object Problem(string text, string? fix, string path, long line, bool isError = true)
    {
        Problems.Add(new TemplateProblem(isError, text, fix, path, line));
        return Missing;
    }

    private object TooMuch(string path, long line) =>
        Problem("Working this out takes more than 200,000 steps, or makes a text of more than 1,000,000 characters", "Simplify the template.", path, line);

    /// <summary>True once a parameter with NoEcho was used: what is made of it is in no message.</summary>
    public bool HasUsedNoEcho { get; set; }

    private object Need(TemplateNeedKind kind, string name, string? remark, string path, long line)
    {
        var need = new TemplateNeed(kind, name, remark, path, line);
        if (_known.Add(need))
        {
            Needs.Add(need);
        }

        return Missing;
    }

    private object Word(TemplateWord word, string path)
    {
        if (word.Truth is not bool truth)
        {
            Problem("A number without quotes may be another one to CloudFormation, which reads YAML 1.1 (0123 is octal there, 1_000 is 1000, 1.10 is 1.1); it is taken as it is written", "Put it into quotes.", path, word.Line, isError: false);
            return word.Text;
        }

        if (path != "ApplyOnlyAtCronInterval")
        {
            Problem("yes, no, on and off without quotes are truth values to CloudFormation, and true or false is read here as well", "Put the word into quotes where the word is meant.", path, word.Line, isError: false);
        }

        return truth;
    }

    private object Map(FileMap map, string path)
    {
        var members = new FileMap { Line = map.Line, IsOfJson = map.IsOfJson };
        bool isMissing = false;
        for (int i = 0; i < map.Count; i++)
        {
            (string name, long line) = (map[i].Key, map.LineOf(i));
            if (name.StartsWith(TemplateTree.Loop, StringComparison.Ordinal))
            {
                List<KeyValuePair<string, object?>>? made = Loop(name, map[i].Value, path, line);
                isMissing |= made is null;
                foreach (KeyValuePair<string, object?> pair in made ?? [])
                {
                    Add(pair.Key, pair.Value, line);
                }
            }
            else if (TemplateTree.IsFunction(name) && name != "Ref")
            {
                isMissing = true;
                Problem($"{name} stands beside other members; a function is the only member of its object", null, TemplateTree.Join(path, name), line);
            }
            else
            {
                Add(name, map[i].Value, line);
            }
        }

        return isMissing ? Missing : members;

        void Add(string name, object? node, long line)
        {
            string at = TemplateTree.Join(path, name);
            object? value = Value(node, at, line);
            isMissing |= value == Missing;
            if (value is null)
            {
                Null(at, line);
            }

            if (value != NoValue)
            {
                members.Add(name, value);
            }
        }
    }

    private object List(FileList list, string path)
    {
        var items = new FileList { Line = list.Line };
        bool isMissing = false;
        for (int i = 0; i < list.Count; i++)
        {
            string at = TemplateTree.Item(path, i);
            object? value = Value(list[i], at, list.LineOf(i));
            isMissing |= value == Missing;
            if (value is null)
            {
                Null(at, list.LineOf(i));
            }

            if (value != NoValue)
            {
                items.Add(value);
            }
        }

        return isMissing ? Missing : items;
    }

    private void Null(string path, long line) =>
        Problem("CloudFormation takes no null; it counts as absent here", "Leave the member out, or write AWS::NoValue.", path, line, isError: false);

    /// <summary>Writes a loop out.</summary>
    /// <returns>What it makes; null where it cannot be written out.</returns>
    public List<KeyValuePair<string, object?>>? Loop(string loop, object? node, string path, long line)
    {
        string at = TemplateTree.Join(path, loop);
        if (node is not FileList { Count: 3 } parts || parts[0] is not string name || parts[2] is not FileMap body || name.Length == 0)
        {
            Problem("Fn::ForEach takes a name, a list of items and an object of what is made for each", null, at, line);
            return null;
        }

        // The list may have an item that is a list itself: the value of a parameter of the type CommaDelimitedList.
        List<string>? items = Items(parts[1], at, line);
        if (items is null)
        {
            return null;
        }

        var made = new List<KeyValuePair<string, object?>>();
        foreach (string item in items)
        {
            var written = (FileMap)TemplateTree.WithItem(body, name, item)!;
            foreach (KeyValuePair<string, object?> pair in written)
            {
                if (!scope.Step())
                {
                    Problem("The loops make more than 200,000 things", "Simplify the template.", at, line);
                    return null;
                }

                if (!pair.Key.StartsWith(TemplateTree.Loop, StringComparison.Ordinal))
                {
                    made.Add(pair);
                }
                else if (Loop(pair.Key, pair.Value, path, line) is { } inner)
                {
                    made.AddRange(inner);
                }
                else
                {
                    return null;
                }
            }
        }

        return made;
    }

    private List<string>? Items(object? node, string path, long line)
    {
        object? value = Value(node, path, line);
        if (value is not FileList list)
        {
            if (value != Missing)
            {
                Problem($"The items of Fn::ForEach are expected to be a list, but they are {Noun(value)}", null, path, line);
            }

            return null;
        }

        var items = new List<string>();
        foreach (object? one in list)
        {
            foreach (object? item in one as FileList ?? [one])
            {
                if (TextOf(item) is not string text)
                {
                    Problem($"The items of Fn::ForEach are expected to be texts, but one is {Noun(item)}", null, path, line);
                    return null;
                }

                items.Add(text);
            }
        }

        return items;
    }

    private static string Noun(object? value) => value switch
    {
        null => "null",
        string => "a text",
        bool => "a truth value",
        JsonNumber => "a number",
        FileList => "a list",
        FileMap => "an object",
        _ => "AWS::NoValue",
    };
}
