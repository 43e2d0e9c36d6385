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
    public static IEnumerable<KeyValuePair<string, object?>> Of(object value, ReadingContext context, bool isProbe = false) => value switch
    {
        PSObject bag => Properties(bag, context, isProbe),
        IDictionary dictionary => Entries(dictionary, context),
        JsonObject json => Pairs(json.Members, context),
        ColumnNode columns => Columns(columns, context),
        IEnumerable<KeyValuePair<string, object?>> pairs => Pairs(pairs, context),
        IEnumerable<KeyValuePair<string, string?>> texts => Pairs(texts, context),
        _ => Properties(PSObject.AsPSObject(value), context, isProbe),
    };

    private static IEnumerable<KeyValuePair<string, object?>> Entries(IDictionary dictionary, ReadingContext context)
    {
        int count = 0;
        foreach (DictionaryEntry entry in dictionary)
        {
            if (!context.MayRead(count++))
            {
                yield break;
            }

            yield return new(NameOf(entry.Key), entry.Value);
        }
    }

    private static IEnumerable<KeyValuePair<string, object?>> Columns(ColumnNode columns, ReadingContext context)
    {
        int count = 0;
        foreach (KeyValuePair<ColumnSegment, ColumnNode> column in columns.Children)
        {
            if (!context.MayRead(count++))
            {
                yield break;
            }

            yield return new(column.Key.Name, column.Value);
        }
    }

    private static IEnumerable<KeyValuePair<string, object?>> Pairs<T>(IEnumerable<KeyValuePair<string, T>> pairs, ReadingContext context)
    {
        int count = 0;
        foreach (KeyValuePair<string, T> pair in pairs)
        {
            if (!context.MayRead(count++))
            {
                yield break;
            }

            yield return new(pair.Key, pair.Value);
        }
    }

    private static IEnumerable<KeyValuePair<string, object?>> Properties(PSObject bag, ReadingContext context, bool isProbe)
    {
        int count = 0;
        foreach (PSPropertyInfo property in context.Bags.Of(bag))
        {
            if (!context.MayRead(count++))
            {
                yield break;
            }

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
        catch (Exception problem) when (CallerCode.IsProblem(problem))
        {
            if (!isProbe)
            {
                context.Enter(property.Name);
                context.Report(ReadingRules.Unreadable, CallerCode.Describe(problem));
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
        return InputValue.ShapeOf(ref value) switch
        {
            Shape.Text => (string)value!,
            Shape.Scalar => InputValue.Format(value!),
            _ => "(" + key.GetType().Name + ")",
        };
    }
}
