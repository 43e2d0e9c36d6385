using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using SsmAssociationTools.Json;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Input;

/// <summary>
/// The named values of any object, once through: a dictionary, a property bag, a JSON object, dotted columns, or the
/// properties of a class.
/// </summary>
internal static class GivenMembers
{
    /// <summary>Reads them one by one.</summary>
    /// <param name="context">Limits how many members are read, and takes the issues of properties that throw.</param>
    /// <param name="isProbe">Reports nothing: the members are read again, or were read before.</param>
    public static IEnumerable<KeyValuePair<string, object?>> Of(object value, ReadingContext context, bool isProbe = false)
    {
        int count = 0;
        foreach (KeyValuePair<string, object?> member in All(value, context, isProbe))
        {
            if (!context.MayRead(count++))
            {
                yield break;
            }

            yield return member;
        }
    }

    private static IEnumerable<KeyValuePair<string, object?>> All(object value, ReadingContext context, bool isProbe) => value switch
    {
        PSObject bag => Properties(bag, context, isProbe),
        IDictionary dictionary => Entries(dictionary),
        JsonObject json => json.Members,
        ColumnNode columns => Columns(columns),
        IEnumerable<KeyValuePair<string, object?>> pairs => pairs,
        IEnumerable<KeyValuePair<string, string?>> texts => Texts(texts),
        _ => Properties(PSObject.AsPSObject(value), context, isProbe),
    };

    private static IEnumerable<KeyValuePair<string, object?>> Entries(IDictionary dictionary)
    {
        foreach (DictionaryEntry entry in dictionary)
        {
            yield return new(NameOf(entry.Key), entry.Value);
        }
    }

    private static IEnumerable<KeyValuePair<string, object?>> Columns(ColumnNode columns)
    {
        foreach (KeyValuePair<ColumnSegment, ColumnNode> column in columns.Children)
        {
            yield return new(column.Key.Name, column.Value);
        }
    }

    private static IEnumerable<KeyValuePair<string, object?>> Texts(IEnumerable<KeyValuePair<string, string?>> texts)
    {
        foreach (KeyValuePair<string, string?> text in texts)
        {
            yield return new(text.Key, text.Value);
        }
    }

    private static IEnumerable<KeyValuePair<string, object?>> Properties(PSObject bag, ReadingContext context, bool isProbe)
    {
        foreach (PSPropertyInfo property in bag.Properties)
        {
            if (property is PSNoteProperty)
            {
                yield return new(property.Name, property.Value);
            }
            else if (property.IsGettable)
            {
                yield return new(property.Name, ValueOf(property, context, isProbe));
            }
        }
    }

    /// <summary>A property of the caller's object, whose exception may quote any value: only its type is told.</summary>
    private static object? ValueOf(PSPropertyInfo property, ReadingContext context, bool isProbe)
    {
        try
        {
            return property.Value;
        }
        catch (Exception problem) when (Foreign.IsProblem(problem))
        {
            if (!isProbe)
            {
                context.Enter(property.Name);
                context.Report(ReadingRules.Unreadable, Foreign.Describe(problem));
                context.Leave();
            }

            return null;
        }
    }

    private static string NameOf(object key)
    {
        if (key is string name)
        {
            return name;
        }

        object? value = key;
        return Shapes.Of(ref value) switch
        {
            Shape.Text => (string)value!,
            Shape.Scalar => Shapes.Format(value!),
            _ => "(" + key.GetType().Name + ")",
        };
    }
}
