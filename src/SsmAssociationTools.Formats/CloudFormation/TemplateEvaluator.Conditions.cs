using System;
using System.Collections.Generic;
using SsmAssociationTools.Files;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Formats.CloudFormation;

/// <content>Conditions.</content>
internal sealed partial class TemplateEvaluator
{
    /// <summary>Works a condition of the section Conditions out.</summary>
    /// <returns>Null where that is not possible; a need or a problem says why.</returns>
    public bool? Condition(string name, string path, long line)
    {
        if (!scope.TryCondition(name, out object? node, out long at) && !TryLoops(name, out node, ref at))
        {
            Problem($"The template has no condition '{name}'", null, path, line);
            return null;
        }

        string key = "condition " + name;
        if (scope.Open.Contains(key))
        {
            Problem($"The condition '{name}' leads back to itself", null, path, line);
            return null;
        }

        scope.Open.Add(key);
        try
        {
            return Truth(node, path, at > 0 ? at : line);
        }
        finally
        {
            scope.Open.Remove(key);
        }
    }

    /// <summary>Conditions may come from loops as well.</summary>
    private bool TryLoops(string name, out object? node, ref long line)
    {
        node = null;
        foreach (KeyValuePair<string, object?> loop in scope.ConditionLoops())
        {
            foreach (KeyValuePair<string, object?> pair in Loop(loop.Key, loop.Value, "Conditions", line) ?? [])
            {
                if (pair.Key == name)
                {
                    node = pair.Value;
                    return true;
                }
            }
        }

        return false;
    }

    private bool? Truth(object? node, string path, long line)
    {
        if (!scope.Step())
        {
            TooMuch(path, line);
            return null;
        }

        (string? function, object? argument) = node switch
        {
            FileFunction tagged => (TemplateTree.LongName(tagged.Name), tagged.Argument),
            FileMap { Count: 1 } map => (map[0].Key, map[0].Value),
            _ => (null, null),
        };
        line = node is FileFunction { Line: > 0 } known ? known.Line : line;
        var list = argument as FileList;
        switch (function)
        {
            case "Condition" when argument is string name:
                return Condition(name, path, line);
            case "Fn::Not" when list is { Count: 1 }:
                return !Truth(list[0], path, line);
            case "Fn::And" when list is { Count: > 0 }:
                return All(list, isAnd: true, path, line);
            case "Fn::Or" when list is { Count: > 0 }:
                return All(list, isAnd: false, path, line);
            case "Fn::Equals" when list is { Count: 2 }:
                return AreEqual(list, path, line);
            default:
                Problem("A condition is made of Fn::Equals with two values, Fn::And, Fn::Or, Fn::Not or Condition", null, path, line);
                return null;
        }
    }

    /// <summary>Stops at the first part that decides, so that what does not matter is not asked for.</summary>
    private bool? All(FileList list, bool isAnd, string path, long line)
    {
        foreach (object? part in list)
        {
            if (Truth(part, path, line) is not bool truth)
            {
                return null;
            }

            if (truth != isAnd)
            {
                return truth;
            }
        }

        return isAnd;
    }

    private bool? AreEqual(FileList list, string path, long line)
    {
        object? one = Value(list[0], path, line);
        object? other = Value(list[1], path, line);
        if (one == Missing || other == Missing)
        {
            return null;
        }

        return string.Equals(Comparable(one), Comparable(other), StringComparison.Ordinal);
    }

    private static string Comparable(object? value)
    {
        if (TextOf(value) is string text)
        {
            return text;
        }

        using var json = new JsonValues(isIndented: false);
        return "\0" + json.Text(value);
    }
}
