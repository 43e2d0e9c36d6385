using System;
using System.Collections.Generic;
using System.Text;
using SsmAssociationTools.Files;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Formats.CloudFormation;

/// <summary>What is done with the values of a template before they are worked out.</summary>
internal static class TemplateTree
{
    /// <summary>Values deeper than this are not looked at; the readers of files stop before.</summary>
    private const int MaxDepth = 80;

    /// <summary>What begins the name of a loop.</summary>
    public const string Loop = "Fn::ForEach::";

    /// <summary>Says whether a name stands for a function where it is the only member of an object.</summary>
    public static bool IsFunction(string name) => name == "Ref" || (name.StartsWith("Fn::", StringComparison.Ordinal) && !name.StartsWith(Loop, StringComparison.Ordinal));

    /// <summary>The long name of a function that is written as a tag.</summary>
    public static string LongName(string tag) => tag.Substring(1) is "Ref" or "Condition" ? tag.Substring(1) : "Fn::" + tag.Substring(1);

    /// <summary>Finds a text anywhere in a value.</summary>
    public static bool Mentions(object? value, Func<string, bool> isWanted, int depth = 0) => depth < MaxDepth && value switch
    {
        string text => isWanted(text),
        FileMap map => map.Exists(pair => Mentions(pair.Value, isWanted, depth + 1)),
        FileList list => list.Exists(item => Mentions(item, isWanted, depth + 1)),
        FileFunction function => Mentions(function.Argument, isWanted, depth + 1),
        _ => false,
    };

    /// <summary>Finds members that are given more than once, anywhere in a value.</summary>
    public static void FindRepeated(object? value, string path, List<KeyValuePair<string, long>> found, int depth = 0)
    {
        if (depth >= MaxDepth)
        {
            return;
        }

        switch (value)
        {
            case FileMap map:
                foreach (KeyValuePair<string, long> repeated in map.Repeated ?? [])
                {
                    found.Add(new KeyValuePair<string, long>(Join(path, repeated.Key), repeated.Value));
                }

                foreach (KeyValuePair<string, object?> pair in map)
                {
                    FindRepeated(pair.Value, Join(path, pair.Key), found, depth + 1);
                }

                break;
            case FileList list:
                for (int i = 0; i < list.Count; i++)
                {
                    FindRepeated(list[i], Item(path, i), found, depth + 1);
                }

                break;
            case FileFunction function:
                FindRepeated(function.Argument, path, found, depth + 1);
                break;
        }
    }

    /// <summary>
    /// Puts an item of a loop in its places: <c>${Name}</c> and <c>{"Ref": "Name"}</c> become the item, <c>&amp;{Name}</c> what is
    /// left of it without all that is no letter and no digit.
    /// </summary>
    public static object? WithItem(object? value, string name, string item, int depth = 0)
    {
        if (depth >= MaxDepth)
        {
            return value;
        }

        switch (value)
        {
            case string text:
                return WithItem(text, name, item);
            case FileFunction { Name: "!Ref", Argument: string argument } when argument == name:
                return item;
            case FileFunction function:
                return new FileFunction(function.Name, WithItem(function.Argument, name, item, depth + 1), function.Line);
            case FileMap { Count: 1 } map when map[0].Key == "Ref" && map[0].Value is string argument && argument == name:
                return item;
            case FileMap map:
                var members = new FileMap { Line = map.Line, Lines = map.Lines, IsOfJson = map.IsOfJson, Repeated = map.Repeated };
                foreach (KeyValuePair<string, object?> pair in map)
                {
                    members.Add(WithItem(pair.Key, name, item), WithItem(pair.Value, name, item, depth + 1));
                }

                return members;
            case FileList list:
                var items = new FileList { Line = list.Line, Lines = list.Lines };
                foreach (object? one in list)
                {
                    items.Add(WithItem(one, name, item, depth + 1));
                }

                return items;
            default:
                return value;
        }
    }

    /// <summary>The path of a member.</summary>
    public static string Join(string path, string name) => path.Length == 0 ? name : path + "." + name;

    /// <summary>The path of an item.</summary>
    public static string Item(string path, int index) => path + "[" + index.ToString(System.Globalization.CultureInfo.InvariantCulture) + "]";

    private static string WithItem(string text, string name, string item) =>
        text.IndexOf('{') < 0 ? text : text.Replace("${" + name + "}", item).Replace("&{" + name + "}", Alphanumeric(item));

    private static string Alphanumeric(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9'))
            {
                kept.Append(c);
            }
        }

        return kept.ToString();
    }
}
