using System;
using System.Collections;
using System.Collections.Generic;
using SsmAssociationTools.Json;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Input;

/// <summary>
/// Makes an entry of any object that comes through the pipeline. What it makes holds plain text, numbers and arrays only,
/// nothing that belongs to a runspace. Not safe for concurrent use; one pipeline has one.
/// </summary>
/// <remarks>docs/entries.md says what an entry may look like; <see cref="ReadingRules"/> says what can be wrong with it.</remarks>
internal sealed class EntryReader
{
    private readonly ReadingContext _context;
    private readonly OwnDestination _destination;
    private readonly ForeignMembers _foreign;
    private readonly BesideReader _beside;
    private readonly FlatEntryReader _flat;
    private readonly EntryObjectReader _objects;

    public EntryReader(bool strict = false, BagProperties? bags = null)
    {
        _context = new ReadingContext(bags);
        var values = new ValueReader(_context);
        var unknown = new UnknownNames(_context, strict);
        var members = new MemberReader(_context, values, unknown);
        _destination = new OwnDestination(_context, values);
        _foreign = new ForeignMembers(_context, unknown, _destination);
        var others = new OtherMembers(_context, values, new ColumnReader(_context, values, unknown, members), _foreign);
        _beside = new BesideReader(this, _context, members, others);
        _flat = new FlatEntryReader(this, _context, members, others);
        var held = new HeldEntryReader(this, _context, _flat, _beside);
        _objects = new EntryObjectReader(_context, members, others, new OuterReader(this, _context, _foreign, held));
    }

    /// <summary>The Region that the last input named for itself; null where it named none.</summary>
    public string? Region => _destination.Region;

    /// <summary>The role that the last input named for itself; null where it named none.</summary>
    public string? RoleArn => _destination.RoleArn;

    /// <summary>Reads one input.</summary>
    /// <param name="issues">Takes what is wrong, by path. No message and no value holds a value of Parameters.</param>
    /// <param name="row">
    /// The members of the copy that holds the input as its entry, or those that somebody added to the object that holds it; null
    /// where there are none.
    /// </param>
    /// <returns>The entry as far as it can be read; null when the input is no entry, and an issue says why.</returns>
    public AssociationEntry? Read(object? input, IssueCollector issues, Dictionary<string, object?>? row = null)
    {
        _context.Start();
        _destination.Start();
        AssociationEntry? entry;
        try
        {
            entry = ReadInput(input, 0);
            if (entry is not null && row is not null)
            {
                entry = _beside.Read(entry, row);
            }
        }
        catch (Exception problem) when (CallerCode.IsProblem(problem))
        {
            // Dictionaries and collections of the caller run his code while they are read.
            _context.LeaveTo(0);
            _context.Report(ReadingRules.Unreadable, CallerCode.Describe(problem));
            entry = null;
        }

        if (entry is not null)
        {
            _destination.PutInto(entry);
        }

        _context.Finish(issues);
        return entry;
    }

    /// <summary>Reads an input, or what it holds.</summary>
    /// <param name="depth">How many lists, texts and objects it stands in.</param>
    public AssociationEntry? ReadInput(object? input, int depth)
    {
        if (!_context.MayDescend(depth))
        {
            return null;
        }

        object? value = input;
        switch (InputValue.ShapeOf(ref value))
        {
            case Shape.Absent:
                return Refuse("The input is null. Pass an entry: a hashtable, an object with properties, or JSON text.");
            case Shape.Text:
                return ReadText(((string)value!).Trim(), depth);
            case Shape.Bag:
                return _objects.Read(value!, isBag: true, depth);
            case Shape.List:
                return ReadOnly((IEnumerable)value!, depth);
            case Shape.Object when value is AssociationEntry entry:
                return _beside.ReadAdded(TakeDestination(entry), entry);
            case Shape.Object when value is ExistingAssociation existing:
                return _beside.ReadAdded(TakeExisting(existing), existing);
            case Shape.Object when value is FlatEntry flat:
                return _flat.Read(flat.Visible, flat.Text, depth);
            case Shape.Object when OwnContent.TryGet(value!, out object? content):
                return ReadInput(content, depth + 1);
            case Shape.Object:
                return _objects.Read(value!, isBag: false, depth);
            default:
                return Refuse($"An entry was expected, but this is {InputValue.Describe(value)}. Pass a hashtable, an object with properties, or JSON text.");
        }
    }

    private AssociationEntry TakeExisting(ExistingAssociation existing)
    {
        if (existing.AssociationDispatchAssumeRole is { } role)
        {
            _foreign.Read(nameof(ExistingAssociation.AssociationDispatchAssumeRole), role, isDescription: true, typeName: null);
        }

        return TakeDestination(existing.Entry);
    }

    private AssociationEntry TakeDestination(AssociationEntry entry)
    {
        if (!string.IsNullOrWhiteSpace(entry.Region))
        {
            _destination.ReadRegion(entry.Region);
        }

        if (!string.IsNullOrWhiteSpace(entry.RoleArn))
        {
            _destination.ReadRole(entry.RoleArn);
        }

        return entry;
    }

    /// <summary>Reports that an input is no entry.</summary>
    public AssociationEntry? Refuse(string message)
    {
        _context.Report(ReadingRules.NotAnEntry, message);
        return null;
    }

    private AssociationEntry? ReadText(string text, int depth)
    {
        if (text.Length > 0 && text[0] == '\uFEFF')
        {
            text = text.Substring(1).TrimStart();
        }

        if (!JsonText.LooksLikeJson(text))
        {
            return Refuse("The input is text, but not a JSON object. Pass an entry: a hashtable, an object with properties, or JSON text; read files with Import-Csv, or with Get-Content -Raw and ConvertFrom-Json.");
        }

        JsonFault fault = JsonText.Read(text, out object? value, out string? message);
        if (fault != JsonFault.None)
        {
            string hint = text.IndexOf('\n') < 0 ? " If it comes from a file line by line, read the file with Get-Content -Raw." : string.Empty;
            _context.Report(ValueReader.RuleOf(fault), "The JSON text cannot be read: " + message + ValueReader.CauseOf(fault, text) + hint);
            return null;
        }

        return ReadInput(value, depth + 1);
    }

    /// <summary>Takes the one entry of a list. The list may have no end: two items are enough to know.</summary>
    private AssociationEntry? ReadOnly(IEnumerable list, int depth)
    {
        object? only = null;
        int count = 0;
        foreach (object? item in list)
        {
            only = item;
            if (++count > 1)
            {
                break;
            }
        }

        if (count == 1)
        {
            return ReadInput(only, depth + 1);
        }

        return Refuse(count == 0
            ? "The input is an empty list. Pass one entry at a time."
            : "The input is a list of several entries. Pass them one by one: pipe the list itself (without the unary comma), or JSON text through ConvertFrom-Json first.");
    }
}
