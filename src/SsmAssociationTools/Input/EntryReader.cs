using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using SsmAssociationTools.Json;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Input;

/// <summary>
/// Makes an entry of any object that comes through the pipeline. What it makes holds plain text, numbers and arrays only,
/// nothing that belongs to a runspace. Not safe for concurrent use; one pipeline has one.
/// </summary>
/// <remarks>docs/entries.md says what an entry may look like; <see cref="ReadingRules"/> says what can be wrong with it.</remarks>
internal sealed class EntryReader
{
    private readonly ReadingContext _context = new();
    private readonly ValueReader _values;
    private readonly PartReader _parts;

    public EntryReader(bool strict = false)
    {
        _values = new ValueReader(_context);
        _parts = new PartReader(_context, _values, strict);
    }

    /// <summary>The Region that the last input named for itself; null where it named none.</summary>
    public string? Region { get; private set; }

    /// <summary>The role that the last input named for itself; null where it named none.</summary>
    public string? RoleArn { get; private set; }

    /// <summary>The property bag whose Entry the last entry was, such as a result from a job or another computer; null where there was none.</summary>
    public PSObject? Envelope { get; private set; }

    /// <summary>Reads one input.</summary>
    /// <param name="issues">Takes what is wrong, by path. No message and no value holds a value of Parameters.</param>
    /// <returns>The entry as far as it can be read; null when the input is no entry, and an issue says why.</returns>
    public AssociationEntry? Read(object? input, IssueCollector issues)
    {
        _context.Start();
        Region = null;
        RoleArn = null;
        Envelope = null;
        AssociationEntry? entry;
        try
        {
            entry = ReadInput(input, 0);
        }
        catch (Exception problem) when (Foreign.IsProblem(problem))
        {
            // Dictionaries and collections of the caller run his code while they are read.
            _context.LeaveTo(0);
            _context.Report(ReadingRules.Unreadable, Foreign.Describe(problem));
            entry = null;
        }

        if (entry is not null && Region is not null)
        {
            entry.Region = Region;
        }

        if (entry is not null && RoleArn is not null)
        {
            entry.RoleArn = RoleArn;
        }

        _context.Finish(issues);
        return entry;
    }

    private AssociationEntry? ReadInput(object? input, int depth)
    {
        if (!_context.MayDescend(depth))
        {
            return null;
        }

        object? value = input;
        switch (Shapes.Of(ref value))
        {
            case Shape.Absent:
                return Refuse("The input is null. Pass an entry: a hashtable, an object with properties, or JSON text.");
            case Shape.Text:
                return ReadText(((string)value!).Trim(), depth);
            case Shape.Bag:
                return ReadMembers(value!, isBag: true, depth);
            case Shape.List:
                return ReadOnly((IEnumerable)value!, depth);
            case Shape.Object when value is AssociationEntry entry:
                return TakeDestination(entry);
            case Shape.Object when value is ExistingAssociation existing:
                return TakeExisting(existing);
            case Shape.Object when OwnContent.TryGet(value!, out object? content):
                return ReadInput(content, depth + 1);
            case Shape.Object:
                return ReadMembers(value!, isBag: false, depth);
            default:
                return Refuse($"An entry was expected, but this is {Shapes.Describe(value)}. Pass a hashtable, an object with properties, or JSON text.");
        }
    }

    private AssociationEntry TakeExisting(ExistingAssociation existing)
    {
        if (existing.AssociationDispatchAssumeRole is { } role)
        {
            ReadOther(nameof(ExistingAssociation.AssociationDispatchAssumeRole), role, isDescription: true, typeName: null);
        }

        return TakeDestination(existing.Entry);
    }

    private AssociationEntry TakeDestination(AssociationEntry entry)
    {
        if (!string.IsNullOrWhiteSpace(entry.Region))
        {
            ReadOther("Region", entry.Region, isDescription: false, typeName: null);
        }

        if (!string.IsNullOrWhiteSpace(entry.RoleArn))
        {
            ReadOther("RoleArn", entry.RoleArn, isDescription: false, typeName: null);
        }

        return entry;
    }

    private AssociationEntry? Refuse(string message)
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
            _context.Report(ValueReader.RuleOf(fault), "The JSON text cannot be read: " + message + hint);
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

    private AssociationEntry? ReadMembers(object value, bool isBag, int depth)
    {
        var entry = new AssociationEntry();
        List<KeyValuePair<string, object?>>? others = null;
        int issuesBefore = _context.IssueCount;
        int known = 0;
        int named = 0;
        foreach (KeyValuePair<string, object?> given in GivenMembers.Of(value, _context))
        {
            if ((MemberNames.Find(given.Key) ?? MemberNames.Find(Cleaned(given.Key))) is not { } member)
            {
                if (MemberNames.FindOuter(Cleaned(given.Key)) is not OuterMember.None and var outer && IsOuter(outer, value, given.Value))
                {
                    _context.DropFrom(issuesBefore);
                    return ReadInner(outer, value, given.Value, depth);
                }

                (others ??= []).Add(given);
                continue;
            }

            known++;
            if (member.Last == EntrySchema.Name)
            {
                named++;
            }

            if (!Shapes.IsBlank(given.Value))
            {
                ReadMember(entry, member, given.Value);
            }
        }

        int close = others is null ? 0 : ReadOthers(entry, value, others, ref known);
        if (known + close == 0 || (!isBag && known == named && others is not null))
        {
            _context.DropFrom(issuesBefore);
            if (TryInputObject(value, others, out object? input))
            {
                return ReadInput(input, depth + 1);
            }

            return Refuse(isBag
                ? "The input has none of the members of an entry, such as Name, Targets or ScheduleExpression."
                : $"An entry was expected, but this is {Shapes.Describe(value)}, which has none of the members of an entry beside a name.");
        }

        return entry;
    }

    /// <summary>Column headers come with white space, or with the byte order mark of the file before the first.</summary>
    private static string Cleaned(string name) => name.Trim().TrimStart('\uFEFF');

    /// <summary>
    /// True when an object holds the entry instead of being one. A result that comes back from a file or another session
    /// is a property bag that only its members tell.
    /// </summary>
    private bool IsOuter(OuterMember member, object value, object? inner)
    {
        Shape shape = Shapes.Of(ref inner);
        if (shape is Shape.Absent or Shape.Text or Shape.Scalar or Shape.Opaque)
        {
            return false;
        }

        if (member != OuterMember.Entry)
        {
            return true;
        }

        foreach (KeyValuePair<string, object?> given in GivenMembers.Of(value, _context, isProbe: true))
        {
            if (!MemberNames.IsOfEnvelope(given.Key))
            {
                return false;
            }
        }

        return true;
    }

    private AssociationEntry? ReadInner(OuterMember member, object value, object? inner, int depth)
    {
        if (member == OuterMember.Entry)
        {
            Envelope ??= value as PSObject;
            return ReadInput(inner, depth + 1);
        }

        foreach (KeyValuePair<string, object?> given in GivenMembers.Of(value, _context, isProbe: true))
        {
            if (!Shapes.IsBlank(given.Value) && MemberNames.FindOuter(given.Key) != member)
            {
                ReadOther(given.Key, given.Value, isDescription: false, TypeName(value));
            }
        }

        return ReadInput(inner, depth + 1);
    }

    /// <summary>A result from another session whose input was no entry: the input is read again.</summary>
    private static bool TryInputObject(object value, List<KeyValuePair<string, object?>>? others, out object? input)
    {
        input = null;
        bool isFound = false;
        foreach (KeyValuePair<string, object?> other in others ?? [])
        {
            if (!MemberNames.IsOfEnvelope(other.Key))
            {
                return false;
            }

            if (string.Equals(other.Key, "InputObject", StringComparison.OrdinalIgnoreCase))
            {
                input = other.Value;
                isFound = !ReferenceEquals(input, value);
            }
        }

        return isFound;
    }

    private void ReadMember(AssociationEntry entry, MemberPath member, object? value)
    {
        int depth = _context.Depth;
        bool isFlat = _context.IsFlat;
        try
        {
            _parts.ReadAt(entry, member, value);
        }
        catch (Exception problem) when (Foreign.IsProblem(problem))
        {
            // The caller's collections and getters run his code; what went wrong in one member leaves the others readable.
            _context.Report(ReadingRules.Unreadable, Foreign.Describe(problem));
            _context.IsSensitive = false;
        }

        _context.LeaveTo(depth);
        _context.IsFlat = isFlat;
    }

    /// <summary>Reads what is not a member by its plain name: dotted columns first, then what has a message of its own.</summary>
    private int ReadOthers(AssociationEntry entry, object value, List<KeyValuePair<string, object?>> others, ref int known)
    {
        List<KeyValuePair<MemberPath, ColumnNode>>? columns = null;
        int close = 0;
        bool isDescription = IsDescription(value, others);
        foreach (KeyValuePair<string, object?> other in others)
        {
            string name = Cleaned(other.Key);
            int end = ColumnPath.EndOfRoot(name);
            if (end > 0 && MemberNames.Find(name.Substring(0, end).TrimEnd()) is { } root)
            {
                known++;
                if (!Shapes.IsBlank(other.Value))
                {
                    AddColumn(columns ??= [], name, end, root, other.Value);
                }
            }
            else if (name == nameof(AssociationEntry.Source) && TypeName(value) == "Deserialized." + typeof(AssociationEntry).FullName)
            {
                // An entry of another session, or of Import-Clixml, still knows its file.
                entry.Source = _values.Text(other.Value);
            }
            else if (!Shapes.IsBlank(other.Value) && ReadOther(name, other.Value, isDescription, TypeName(value)))
            {
                close++;
            }
        }

        foreach (KeyValuePair<MemberPath, ColumnNode> column in columns ?? [])
        {
            _context.IsFlat = true;
            ReadMember(entry, column.Key, column.Value);
            _context.IsFlat = false;
        }

        return close;
    }

    private void AddColumn(List<KeyValuePair<MemberPath, ColumnNode>> columns, string name, int end, MemberPath root, object? value)
    {
        var path = new List<ColumnSegment>();
        if (!ColumnPath.TryParse(name, end, root.Last, path))
        {
            _parts.Report(name, "MEMBER.PART or MEMBER[0].PART, such as Targets[0].Key", isError: true);
            return;
        }

        if (path.Count > ReadingContext.MaxDepth)
        {
            _context.Report(ReadingRules.TooDeep, "The name of a column has more than 32 parts.");
            return;
        }

        int place = columns.FindIndex(column => column.Key == root);
        if (place < 0)
        {
            place = columns.Count;
            columns.Add(new(root, new ColumnNode()));
        }

        if (!columns[place].Value.Set(path, value))
        {
            _context.Enter(name);
            _values.Twice();
            _context.Leave();
        }
    }

    /// <summary>Says what is wrong with a member that entries do not have.</summary>
    private bool ReadOther(string name, object? value, bool isDescription, string? typeName)
    {
        switch (name.ToUpperInvariant())
        {
            case "TAGS" or "TAG":
                if (!IsEmpty(value))
                {
                    _context.Enter("Tags");
                    _context.Report(ReadingRules.Tags, "CreateAssociationBatch cannot tag associations. Remove Tags here, and tag what is created afterwards (AddTagsToResource with resource type Association).");
                    _context.Leave();
                }

                return true;
            case "ASSOCIATIONDISPATCHASSUMEROLE":
                _context.Enter("AssociationDispatchAssumeRole");
                _context.Report(
                    ReadingRules.DispatchAssumeRole,
                    isDescription ? IssueSeverity.Warning : IssueSeverity.Error,
                    "This role belongs to the whole call, not to an entry. Remove it here and give it as -AssociationDispatchAssumeRole.");
                _context.Leave();
                return true;
            case "REGION":
                _context.Enter("Region");
                Region = _values.Once(Region, _values.Text(value));
                if (Region is not null && !RegionCode.IsOne(Region))
                {
                    _context.Report(ReadingRules.Region, $"'{Shown.Text(Region!)}' is no Region: give a code such as us-east-1, or remove it and use -Region.");
                    Region = null;
                }

                _context.Leave();
                return true;
            case "ROLEARN":
                _context.Enter("RoleArn");
                RoleArn = _values.Once(RoleArn, _values.Text(value)?.Trim());
                if (RoleArn is not null && !TextPatterns.IsRoleArn(RoleArn))
                {
                    _context.Report(ReadingRules.RoleArn, $"'{Shown.Text(RoleArn!)}' is no ARN of a role: give one such as arn:aws:iam::111122223333:role/Operations, or remove it and use -RoleArn.");
                    RoleArn = null;
                }

                _context.Leave();
                return true;
        }

        if ((isDescription && MemberNames.IsOfDescription(name)) || MemberNames.IsOfRemoting(name) || IsOfClass(typeName, name))
        {
            return false;
        }

        if (MemberNames.HintFor(name) is string hint)
        {
            _parts.Report(name, hint, isError: true);
            return true;
        }

        // Nothing an existing association says of itself is a slip of a member's name.
        return MemberNames.IsOfDescription(name)
            ? Report(name)
            : _parts.Unknown(name, value, MemberNames.Members);
    }

    private bool Report(string name)
    {
        _parts.Report(name, null, isError: false);
        return false;
    }

    private static bool IsEmpty(object? value)
    {
        Shapes.Of(ref value);
        return value is ICollection { Count: 0 };
    }

    /// <summary>
    /// An association that was read back says more than an entry can ask for. It is known by its class, or by an id
    /// together with something else that only existing associations have.
    /// </summary>
    private static bool IsDescription(object value, List<KeyValuePair<string, object?>> others)
    {
        bool hasId = false;
        int count = 0;
        foreach (KeyValuePair<string, object?> other in others)
        {
            if (MemberNames.IsOfDescription(other.Key))
            {
                count++;
                hasId |= string.Equals(other.Key, "AssociationId", StringComparison.OrdinalIgnoreCase);
            }
        }

        return (hasId && count > 1)
            || (count > 0 && TypeName(value)?.IndexOf("Amazon.SimpleSystemsManagement.Model.", StringComparison.Ordinal) >= 0);
    }

    /// <summary>The class of an object, or the one that it had in another session.</summary>
    private static string? TypeName(object value) => value is PSObject { TypeNames: { Count: > 0 } names }
        ? names[0]
        : value.GetType().FullName;

    /// <summary>What a row of a database query and a request of the AWS SDK carry beside their content.</summary>
    private static bool IsOfClass(string? typeName, string name)
    {
        if (typeName?.StartsWith("System.Data.", StringComparison.Ordinal) == true)
        {
            return name is "RowError" or "RowState" or "Table" or "ItemArray" or "HasErrors";
        }

        return typeName?.StartsWith("Amazon.", StringComparison.Ordinal) == true
            && name is "RequestState" or "SignatureVersion" or "UserAgentDetails";
    }
}
