using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using SsmAssociationTools.Json;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Input;

/// <summary>Reads single values and lists of text, reporting what cannot be read at the context's path.</summary>
internal sealed class ValueReader
{
    private readonly ReadingContext _context;
    private readonly List<string?> _items = [];

    public ValueReader(ReadingContext context) => _context = context;

    /// <summary>Reads text; numbers and constants are written as text, a list of one is its item.</summary>
    /// <returns>The text without white space around it; null when absent, blank or unreadable.</returns>
    public string? Text(object? value)
    {
        object? single = Single(value, out Shape shape);
        switch (shape)
        {
            case Shape.Absent:
                return null;
            case Shape.Text:
                string text = ((string)single!).Trim();
                return text.Length == 0 ? null : text;
            case Shape.Scalar:
                return InputValue.Format(single!);
            default:
                Wrong(single, "text");
                return null;
        }
    }

    /// <summary>Reads one of the service's constants, which are upper case.</summary>
    public string? Constant(object? value) => Text(value)?.ToUpperInvariant();

    /// <summary>Reads true or false, also as 1/0, yes/no, y/n and on/off in any case.</summary>
    public bool? Flag(object? value)
    {
        object? single = Single(value, out Shape shape);
        if (single is bool flag)
        {
            return flag;
        }

        if (shape == Shape.Absent)
        {
            return null;
        }

        if (shape is Shape.Text or Shape.Scalar)
        {
            string text = (shape == Shape.Text ? (string)single! : InputValue.Format(single!)).Trim();
            switch (text.ToUpperInvariant())
            {
                case "":
                    return null;
                case "TRUE" or "1" or "YES" or "Y" or "ON":
                    return true;
                case "FALSE" or "0" or "NO" or "N" or "OFF":
                    return false;
                default:
                    _context.Report(
                        ReadingRules.WrongType,
                        $"This is neither true nor false; write true or false (or 1/0, yes/no, y/n, on/off).{Cause(text, SpreadsheetText.CauseOfFlag(text))}",
                        text);
                    return null;
            }
        }

        Wrong(single, "true or false");
        return null;
    }

    /// <summary>Reads a whole number, also from text.</summary>
    public int? Number(object? value)
    {
        object? single = Single(value, out Shape shape);
        if (single is int number)
        {
            return number;
        }

        if (shape == Shape.Absent)
        {
            return null;
        }

        bool isNumeric = shape == Shape.Scalar && (single is JsonNumber || InputValue.IsNumber(single!));
        if (shape == Shape.Text || isNumeric)
        {
            string text = (shape == Shape.Text ? (string)single! : InputValue.Format(single!)).Trim();
            if (text.Length == 0)
            {
                return null;
            }

            NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint
                | (isNumeric ? NumberStyles.AllowExponent : NumberStyles.None);
            bool isGrouped = text.IndexOf('.') == text.Length - 4 && text.Length > 4;
            if (!isGrouped && decimal.TryParse(text, style, CultureInfo.InvariantCulture, out decimal read)
                && decimal.Truncate(read) == read && read is >= int.MinValue and <= int.MaxValue)
            {
                return (int)read;
            }

            _context.Report(ReadingRules.WrongType, $"This is not a whole number: '{MessageText.Of(text)}'.{Cause(text, SpreadsheetText.CauseOfNumber(text))}", text);
            return null;
        }

        Wrong(single, "a whole number");
        return null;
    }

    /// <summary>Reads a list of texts; one value is a list of one, lists of lists are one list.</summary>
    public string?[]? Texts(object? value, bool isSplit, RuleDefinition rule, bool isBlankKept = false)
    {
        Shape shape = InputValue.ShapeOf(ref value);
        switch (shape)
        {
            case Shape.Absent:
                return null;
            case Shape.Text:
                return TextsOf((string)value!, isSplit, rule, isBlankKept);
            case Shape.Scalar:
                return [InputValue.Format(value!)];
            case Shape.List:
                _items.Clear();
                AddItems((IEnumerable)value!, rule, 1);
                return _items.ToArray();
            default:
                Wrong(value, "text or a list of text", rule);
                return null;
        }
    }

    /// <summary>Reads JSON text that stands where an object or a list is expected.</summary>
    public object? Json(string text)
    {
        JsonFault fault = JsonText.Read(text, out object? value, out string? message);
        if (fault != JsonFault.None)
        {
            _context.Report(RuleOf(fault), "The text is not JSON that can be read: " + message + CauseOf(fault, text));
        }

        return value;
    }

    /// <summary>Hands on what JSON text says in whose place it stands. Cells of a flat row lose their notation in it.</summary>
    /// <param name="depth">How many lists and texts it stands in.</param>
    public void ReadJson(string text, int depth, Action<object> read)
    {
        if (Json(text) is { } json && _context.MayDescend(depth))
        {
            bool wasFlat = _context.IsFlat;
            _context.IsFlat = false;
            read(json);
            _context.IsFlat = wasFlat;
        }
    }

    /// <summary>Quotes that a word processor made curly are the usual fault of JSON that looks right.</summary>
    public static string CauseOf(JsonFault fault, string text)
    {
        for (int i = 0; fault == JsonFault.Syntax && i < text.Length; i++)
        {
            if (OddCharacter.IsQuote(text[i]) || text[i] == '\u00A0')
            {
                return " " + OddCharacter.Sentence(text, i);
            }
        }

        return string.Empty;
    }

    /// <summary>The rule that a faulty JSON text breaks.</summary>
    public static RuleDefinition RuleOf(JsonFault fault) => fault switch
    {
        JsonFault.TooDeep => ReadingRules.TooDeep,
        JsonFault.Duplicate => ReadingRules.DuplicateMember,
        _ => ReadingRules.BadJson,
    };

    /// <summary>Reports that a value is not what is expected.</summary>
    public void Wrong(object? value, string expected, RuleDefinition? rule = null) =>
        _context.Report(rule ?? ReadingRules.WrongType, $"Expected {expected}, but this is {InputValue.Describe(value)}.");

    /// <summary>Takes a value that may have been given before, under another name.</summary>
    public string? Once(string? before, string? now)
    {
        if (before is null || now is null || before == now)
        {
            return before ?? now;
        }

        Twice();
        return before;
    }

    /// <inheritdoc cref="Once(string, string)"/>
    public T? Once<T>(T? before, T? now)
        where T : struct, IEquatable<T>
    {
        if (before is null || now is null || before.Value.Equals(now.Value))
        {
            return before ?? now;
        }

        Twice();
        return before;
    }

    /// <summary>Takes a value that is read later and may have been given before, under another name.</summary>
    public object? OnceRaw(string? name, object? before, object? now)
    {
        if (InputValue.IsBlank(before))
        {
            return now;
        }

        if (!InputValue.IsBlank(now) && !Equals(before, now))
        {
            if (name is not null)
            {
                _context.Enter(name);
            }

            Twice();
            if (name is not null)
            {
                _context.Leave();
            }
        }

        return before;
    }

    /// <summary>Reports that a member has two values.</summary>
    public void Twice() =>
        _context.Report(ReadingRules.DuplicateMember, "This member is given twice, with different values. Names are read in any case and have aliases; leave one of them.");

    private static string Cause(string text, string? known) => (known ?? OddCharacter.InPlainText(text)) is { } cause ? " " + cause : string.Empty;

    /// <summary>Takes the one item out of a list of one, as AWS's own PowerShell examples write single values.</summary>
    private object? Single(object? value, out Shape shape)
    {
        shape = InputValue.ShapeOf(ref value);
        for (int depth = 0; shape == Shape.List; depth++)
        {
            if (!_context.MayDescend(depth))
            {
                shape = Shape.Absent;
                return null;
            }

            object? first = null;
            int count = 0;
            foreach (object? item in (IEnumerable)value!)
            {
                first = item;
                if (++count > 1)
                {
                    return value;
                }
            }

            value = first;
            shape = InputValue.ShapeOf(ref value);
        }

        if (shape == Shape.Bag && ConstantOf(value!) is { } constant)
        {
            value = constant;
            shape = Shape.Text;
        }

        return value;
    }

    /// <summary>A constant of the AWS SDK that comes from JSON, another session or Import-Clixml: an object with nothing but its value.</summary>
    private string? ConstantOf(object bag)
    {
        string? constant = null;
        foreach (KeyValuePair<string, object?> given in GivenMembers.Of(bag, _context, isProbe: true))
        {
            object? value = given.Value;
            if (string.Equals(given.Key, "Value", StringComparison.OrdinalIgnoreCase) && InputValue.ShapeOf(ref value) == Shape.Text)
            {
                constant = (string)value!;
            }
            else if (!MemberNames.IsOfRemoting(given.Key))
            {
                return null;
            }
        }

        return constant;
    }

    private string?[]? TextsOf(string text, bool isSplit, RuleDefinition rule, bool isBlankKept)
    {
        if (isBlankKept)
        {
            return [text];
        }

        text = text.Trim();
        if (text.Length == 0)
        {
            return null;
        }

        if (!isSplit)
        {
            return [text];
        }

        if (text[0] == '[')
        {
            return Json(text) is object list ? Texts(list, isSplit: false, rule) : null;
        }

        _items.Clear();
        if (ShortNotation.ReadValues(text, _items) is string problem)
        {
            _context.Report(ReadingRules.BadText, "The list cannot be read: " + problem);
        }

        return _items.Count == 0 ? null : _items.ToArray();
    }

    private void AddItems(IEnumerable list, RuleDefinition rule, int depth)
    {
        int index = 0;
        foreach (object? item in list)
        {
            if (!_context.MayRead(Math.Max(index++, _items.Count)))
            {
                return;
            }

            object? value = item;
            switch (InputValue.ShapeOf(ref value))
            {
                case Shape.Absent:
                    _items.Add(null);
                    break;
                case Shape.Text:
                    _items.Add((string)value!);
                    break;
                case Shape.Scalar:
                    _items.Add(InputValue.Format(value!));
                    break;
                case Shape.List:
                    if (_context.MayDescend(depth))
                    {
                        AddItems((IEnumerable)value!, rule, depth + 1);
                    }

                    break;
                default:
                    _context.Enter(_items.Count);
                    Wrong(value, "text", rule);
                    _context.Leave();
                    _items.Add(null);
                    break;
            }
        }
    }
}
