using System;
using System.Collections.Generic;
using System.Management.Automation;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Input;

/// <summary>Reads an object that has the members of an entry.</summary>
internal sealed class EntryObjectReader
{
    /// <summary>How the problem begins of a table whose delimiter was not known.</summary>
    public const string HeadingInOne = "The heading of the table was read as one column.";

    private readonly ReadingContext _context;
    private readonly MemberReader _members;
    private readonly OtherMembers _others;
    private readonly OuterReader _outer;

    public EntryObjectReader(ReadingContext context, MemberReader members, OtherMembers others, OuterReader outer)
    {
        _context = context;
        _members = members;
        _others = others;
        _outer = outer;
    }

    /// <summary>Reads the members of an object, or what it holds instead.</summary>
    /// <param name="isBag">True where somebody wrote the members down; false for an object of a class.</param>
    /// <returns>Null where it is no entry, and an issue says why.</returns>
    public AssociationEntry? Read(object value, bool isBag, int depth)
    {
        var entry = new AssociationEntry();
        List<KeyValuePair<string, object?>>? others = null;
        int issuesBefore = _context.IssueCount;
        int known = 0;
        int named = 0;

        // Only a row has cells: of a table in a file, or as Import-Csv gives it. What any other text begins with is its own.
        bool hasCells = value is FileMap { IsRow: true } or PSObject;
        foreach (KeyValuePair<string, object?> given in GivenMembers.Of(value, _context))
        {
            if ((MemberNames.Find(given.Key) ?? MemberNames.Find(MemberNames.Cleaned(given.Key))) is not { } member)
            {
                if (_outer.TryRead(value, given, issuesBefore, depth, out AssociationEntry? held))
                {
                    return held;
                }

                (others ??= []).Add(given);
                continue;
            }

            known++;
            if (member.Last == EntrySchema.Name)
            {
                named++;
            }

            if (!InputValue.IsBlank(given.Value))
            {
                _members.Read(entry, member, hasCells && given.Value is string cell ? SafeCell.Read(cell) : given.Value);
            }
        }

        int close = others is null ? 0 : _others.Read(entry, value, others, ref known);
        if (known + close == 0 || (known == named && others is not null && (!isBag || others.Exists(HoldsParts))))
        {
            _context.DropFrom(issuesBefore);
            if (_outer.TryReadInputObject(value, others, depth, out AssociationEntry? again))
            {
                return again;
            }

            _context.Report(
                ReadingRules.NotAnEntry,
                isBag
                    ? HintOfHeading(others) ?? "The input has none of the members of an entry, such as Name, Targets or ScheduleExpression."
                    : $"An entry was expected, but this is {InputValue.Describe(value)}, which has none of the members of an entry beside a name.");
            return null;
        }

        if ((entry.ScheduleOffset == 0 || entry.Duration == 0)
            && (ServiceDescription.IsOfSdk(value) || (others is not null && ServiceDescription.Is(value, others))))
        {
            LeaveOutZeros(entry);
        }

        return entry;
    }

    /// <summary>A document of another tool may have a name and no other member of an entry; what it is about stands in its parts.</summary>
    private static bool HoldsParts(KeyValuePair<string, object?> other)
    {
        object? value = other.Value;
        return !MemberNames.IsOfEnvelope(other.Key)
            && !string.Equals(other.Key, "Tags", StringComparison.OrdinalIgnoreCase)
            && MemberNames.HintFor(other.Key) is null
            && !ColumnReader.IsColumn(other.Key)
            && InputValue.ShapeOf(ref value) == Shape.Bag
            && Suggestion.For(other.Key, MemberNames.Members) is null;
    }

    /// <summary>A table whose heading was read as one column has one member whose name is the whole heading.</summary>
    private static string? HintOfHeading(List<KeyValuePair<string, object?>>? others)
    {
        foreach (KeyValuePair<string, object?> other in others ?? [])
        {
            foreach (char delimiter in ";\t|,")
            {
                string[] names = other.Key.Split(delimiter);
                if (names.Length > 1 && Array.Exists(names, static name => MemberNames.Find(MemberNames.Cleaned(name).Trim('"')) is not null))
                {
                    string shown = delimiter == '\t' ? "`t" : delimiter.ToString();
                    return $"{HeadingInOne} Read the file with Import-Csv -Delimiter \"{shown}\", or with Import-SsmAssociationEntry, which finds the delimiter.";
                }
            }
        }

        return null;
    }

    /// <summary>Versions of the AWS SDK before 4 hold zero where a number is absent, and so does what was made of their objects.</summary>
    private static void LeaveOutZeros(AssociationEntry entry)
    {
        foreach (EntryMember member in EntrySchema.Members)
        {
            if (member.Number(entry) == 0)
            {
                member.Set(entry, null);
            }
        }
    }
}
