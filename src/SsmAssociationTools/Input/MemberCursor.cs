using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using SsmAssociationTools.Json;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Input;

/// <summary>
/// Goes once through the named values of any object: a dictionary, a property bag, a JSON object, dotted columns, or the
/// properties of a class.
/// </summary>
internal struct MemberCursor
{
    private readonly IDictionaryEnumerator? _dictionary;
    private readonly IEnumerator<PSPropertyInfo>? _properties;
    private readonly IEnumerator<KeyValuePair<string, object?>>? _pairs;
    private readonly IEnumerator<KeyValuePair<string, string?>>? _texts;
    private readonly IReadOnlyList<KeyValuePair<ColumnSegment, ColumnNode>>? _columns;
    private readonly ReadingContext _context;
    private readonly bool _isProbe;
    private int _count;

    /// <summary>Begins before the first member.</summary>
    /// <param name="context">Limits how many members are read, and takes the issues of properties that throw.</param>
    public MemberCursor(object value, ReadingContext context, bool isProbe = false)
    {
        _context = context;
        _isProbe = isProbe;
        switch (value)
        {
            case PSObject bag:
                _properties = bag.Properties.GetEnumerator();
                break;
            case IDictionary dictionary:
                _dictionary = dictionary.GetEnumerator();
                break;
            case JsonObject json:
                _pairs = json.Members.GetEnumerator();
                break;
            case ColumnNode columns:
                _columns = columns.Children;
                break;
            case IEnumerable<KeyValuePair<string, object?>> pairs:
                _pairs = pairs.GetEnumerator();
                break;
            case IEnumerable<KeyValuePair<string, string?>> texts:
                _texts = texts.GetEnumerator();
                break;
            default:
                _properties = PSObject.AsPSObject(value).Properties.GetEnumerator();
                break;
        }
    }

    /// <summary>Name of the member.</summary>
    public string Name { get; private set; } = string.Empty;

    /// <summary>Value of the member; null when reading it failed, which is reported.</summary>
    public object? Value { get; private set; }

    /// <summary>Goes to the next member.</summary>
    public bool MoveNext()
    {
        if (_properties is not null)
        {
            return NextProperty();
        }

        if (_dictionary is not null)
        {
            if (!_dictionary.MoveNext() || !_context.MayRead(_count++))
            {
                return false;
            }

            DictionaryEntry entry = _dictionary.Entry;
            Name = NameOf(entry.Key);
            Value = entry.Value;
            return true;
        }

        if (_columns is not null)
        {
            if (_count >= _columns.Count || !_context.MayRead(_count))
            {
                return false;
            }

            KeyValuePair<ColumnSegment, ColumnNode> column = _columns[_count++];
            Name = column.Key.Name;
            Value = column.Value;
            return true;
        }

        if (_pairs is not null)
        {
            if (!_pairs.MoveNext() || !_context.MayRead(_count++))
            {
                return false;
            }

            Name = _pairs.Current.Key;
            Value = _pairs.Current.Value;
            return true;
        }

        if (!_texts!.MoveNext() || !_context.MayRead(_count++))
        {
            return false;
        }

        Name = _texts.Current.Key;
        Value = _texts.Current.Value;
        return true;
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

    private bool NextProperty()
    {
        while (_properties!.MoveNext())
        {
            if (!_context.MayRead(_count++))
            {
                return false;
            }

            PSPropertyInfo property = _properties.Current;
            Name = property.Name;
            if (property is PSNoteProperty)
            {
                Value = property.Value;
                return true;
            }

            if (!property.IsGettable)
            {
                continue;
            }

            try
            {
                Value = property.Value;
            }
            catch (Exception problem) when (Foreign.IsProblem(problem))
            {
                // A property of the caller's object, whose exception may quote any value: only its type is told.
                Value = null;
                if (!_isProbe)
                {
                    _context.Enter(Name);
                    _context.Report(ReadingRules.Unreadable, Foreign.Describe(problem));
                    _context.Leave();
                }
            }

            return true;
        }

        return false;
    }
}
