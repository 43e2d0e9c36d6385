using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Security;
using System.Xml;
using SsmAssociationTools.Json;

namespace SsmAssociationTools.Input;

/// <summary>Tells what kind of value an object is, and the text of single values.</summary>
internal static class InputValue
{
    /// <summary>Classifies a value.</summary>
    /// <param name="value">The value; on return without PowerShell's wrapper, except for a property bag, which is one.</param>
    public static Shape ShapeOf(ref object? value)
    {
        if (value is PSObject wrapper)
        {
            if (ReferenceEquals(wrapper, AutomationNull.Value))
            {
                value = null;
                return Shape.Absent;
            }

            object inner = wrapper.BaseObject;
            if (inner is PSCustomObject)
            {
                return Shape.Bag;
            }

            value = inner;
        }

        switch (value)
        {
            case null:
            case DBNull:
                value = null;
                return Shape.Absent;
            case string:
                return Shape.Text;
            case char character:
                value = character.ToString();
                return Shape.Text;
            case ColumnNode { HasValue: true } cell:
                value = cell.Value;
                return ShapeOf(ref value);
            case ColumnNode { IsList: true } columns:
                value = columns.Items();
                return Shape.List;
            case JsonObject or ColumnNode or IDictionary:
            case IEnumerable<KeyValuePair<string, object?>> or IEnumerable<KeyValuePair<string, string?>>:
                return Shape.Bag;
            case XmlNode:
                // A collection of its children to .NET, and no list of values.
                return Shape.Opaque;
            case IEnumerable:
                return Shape.List;
            case IConvertible or JsonNumber or IFormattable or Uri or Version:
                return Shape.Scalar;
            case ScriptBlock or SecureString or PSCredential or Delegate or Type or Stream:
                return Shape.Opaque;
            default:
                return IsSdkConstant(value) ? Shape.Scalar : Shape.Object;
        }
    }

    /// <summary>True for what has members, or is text that looks like JSON.</summary>
    public static bool IsObject(object? value) => ShapeOf(ref value) switch
    {
        Shape.Bag or Shape.Object => true,
        Shape.Text => JsonText.LooksLikeJson(((string)value!).Trim()),
        _ => false,
    };

    /// <summary>True for null, empty text and white space: what a CSV file holds where nothing was filled in.</summary>
    public static bool IsBlank(object? value)
    {
        if (value is PSObject wrapper)
        {
            if (ReferenceEquals(wrapper, AutomationNull.Value))
            {
                return true;
            }

            value = wrapper.BaseObject;
        }

        return value is null or DBNull || (value is string text && string.IsNullOrWhiteSpace(text));
    }

    /// <summary>The text of a single value, the same in every culture.</summary>
    public static string Format(object scalar) => scalar switch
    {
        // As JSON and the documents of the service write it.
        bool flag => flag ? "true" : "false",
        int number => number.ToString(CultureInfo.InvariantCulture),
        // The shortest text that reads back as the same number; .NET Framework needs to be asked for it.
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        float number => number.ToString("R", CultureInfo.InvariantCulture),
        // ConvertFrom-Json makes dates of text that looks like one; this makes that text again.
        DateTime date => date.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
        DateTimeOffset date => date.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
        Uri address => address.OriginalString,
        Enum constant => constant.ToString(),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        IConvertible other => other.ToString(CultureInfo.InvariantCulture),
        _ => scalar.ToString() ?? string.Empty,
    };

    /// <summary>A value in words, for messages: what it is, never what it says.</summary>
    public static string Describe(object? value)
    {
        switch (ShapeOf(ref value))
        {
            case Shape.Absent:
                return "null";
            case Shape.Text:
                return "text";
            case Shape.List:
                return "a list";
            case Shape.Bag:
                return "an object with members";
            case Shape.Scalar when value is bool:
                return "a truth value";
            case Shape.Scalar when value is JsonNumber || IsNumber(value!):
                return "a number";
            default:
                return "a value of type " + value!.GetType().FullName;
        }
    }

    /// <summary>True for the numeric types of .NET.</summary>
    public static bool IsNumber(object value) =>
        value is not Enum && Convert.GetTypeCode(value) is >= TypeCode.SByte and <= TypeCode.Decimal;

    /// <summary>
    /// The AWS SDK has classes where the service has enumerations. The SDK is never referenced here, and the caller's
    /// copy of it is another one than the module's: the base class is known by its name only.
    /// </summary>
    private static bool IsSdkConstant(object value)
    {
        for (Type? type = value.GetType().BaseType; type is not null; type = type.BaseType)
        {
            if (type.FullName == "Amazon.Runtime.ConstantClass")
            {
                return true;
            }
        }

        return false;
    }
}
