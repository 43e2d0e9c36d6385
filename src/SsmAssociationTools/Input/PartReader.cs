using System;
using System.Collections;
using System.Collections.Generic;
using SsmAssociationTools.Json;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Input;

/// <summary>Reads a structure, such as the output location: an object, JSON text, or the short notation of the member.</summary>
internal sealed class PartReader
{
    private readonly ReadingContext _context;
    private readonly ValueReader _values;
    private readonly UnknownNames _unknown;
    private readonly MemberReader _members;

    public PartReader(ReadingContext context, ValueReader values, UnknownNames unknown, MemberReader members)
    {
        _context = context;
        _values = values;
        _unknown = unknown;
        _members = members;
    }

    /// <summary>Reads a structure.</summary>
    /// <returns>False where nothing is given.</returns>
    public bool Read(object part, EntryMember member, object? value) => Read(part, member, value, 0);

    private bool Read(object part, EntryMember member, object? value, int depth)
    {
        if (!_context.MayDescend(depth) || !Unlist(ref value, out Shape shape))
        {
            return false;
        }

        switch (shape)
        {
            case Shape.Text:
                string text = ((string)value!).Trim();
                if (JsonText.LooksLikeJson(text))
                {
                    return _values.Json(text) is object json && Read(part, member, json, depth + 1);
                }

                if (TypeNames.IsLeftOfObject(text))
                {
                    _context.Report(ReadingRules.BadText, "This is what is left of an object. " + TypeNames.Cause);
                    return false;
                }

                ReadText(part, member, text);
                return true;
            case Shape.Bag or Shape.Object:
                ReadObject(part, member, value!);
                return true;
            default:
                _values.Wrong(value, member.Expected);
                return false;
        }
    }

    /// <summary>Reads the members of an object.</summary>
    public void ReadObject(object part, EntryMember member, object value)
    {
        foreach (KeyValuePair<string, object?> given in GivenMembers.Of(value, _context))
        {
            if (MemberNames.FindPart(member, given.Key) is not { } path)
            {
                _unknown.Check(given.Key, given.Value, MemberNames.PartsOf(member));
            }
            else if (!InputValue.IsBlank(given.Value))
            {
                _members.ReadAt(part, path, given.Value);
            }
        }
    }

    private void ReadText(object part, EntryMember member, string text)
    {
        switch (member.Notation)
        {
            case MemberNotation.S3Uri:
                ReadS3Uri(part, member, text);
                break;
            case MemberNotation.AlarmName:
                _members.ReadAt(part, MemberNames.FindPart(member, EntrySchema.Alarms.Name)!, text);
                break;
            default:
                _values.Wrong(text, member.Expected);
                break;
        }
    }

    private void ReadS3Uri(object part, EntryMember member, string text)
    {
        const string Scheme = "s3://";
        int start = text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? Scheme.Length : 0;
        int slash = text.IndexOf('/', start);
        int end = slash < 0 ? text.Length : slash;
        if (end == start || text.IndexOf(':', start, end - start) >= 0)
        {
            _context.Report(ReadingRules.WrongType, "This is no S3 location; write s3://bucket/prefix.", text);
            return;
        }

        _members.ReadAt(part, MemberNames.FindPart(member, EntrySchema.OutputS3BucketName.Name)!, text.Substring(start, end - start));
        if (slash >= 0)
        {
            _members.ReadAt(part, MemberNames.FindPart(member, EntrySchema.OutputS3KeyPrefix.Name)!, text.Substring(slash + 1));
        }
    }

    /// <summary>Takes the one item out of lists of one. A longer list is none of a structure's notations.</summary>
    /// <returns>False where nothing is given.</returns>
    private bool Unlist(ref object? value, out Shape shape)
    {
        shape = InputValue.ShapeOf(ref value);
        for (int depth = 0; shape == Shape.List; depth++)
        {
            if (!_context.MayDescend(depth))
            {
                return false;
            }

            object? only = null;
            int count = 0;
            foreach (object? item in (IEnumerable)value!)
            {
                only = item;
                if (++count > 1)
                {
                    return true;
                }
            }

            value = only;
            shape = InputValue.ShapeOf(ref value);
        }

        return shape != Shape.Absent && !InputValue.IsBlank(value);
    }
}
