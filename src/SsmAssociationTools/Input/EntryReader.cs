using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
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
    /// <summary>How the problem begins of a table whose delimiter was not known.</summary>
    public const string HeadingInOne = "The heading of the table was read as one column.";

    private const string SdkModel = "Amazon.SimpleSystemsManagement.Model.";

    private readonly ReadingContext _context;
    private readonly ValueReader _values;
    private readonly PartReader _parts;

    public EntryReader(bool strict = false, BagProperties? bags = null)
    {
        _context = new ReadingContext(bags);
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
    /// <param name="row">The members of the copy that holds the input as its entry; null where it is none.</param>
    /// <returns>The entry as far as it can be read; null when the input is no entry, and an issue says why.</returns>
    public AssociationEntry? Read(object? input, IssueCollector issues, Dictionary<string, object?>? row = null)
    {
        _context.Start();
        Region = null;
        RoleArn = null;
        Envelope = null;
        AssociationEntry? entry;
        try
        {
            entry = ReadInput(input, 0);
            if (entry is not null && row is not null)
            {
                entry = ReadBeside(entry, row);
            }
        }
        catch (Exception problem) when (CallerCode.IsProblem(problem))
        {
            // Dictionaries and collections of the caller run his code while they are read.
            _context.LeaveTo(0);
            _context.Report(ReadingRules.Unreadable, CallerCode.Describe(problem));
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
        switch (InputValue.ShapeOf(ref value))
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
            case Shape.Object when value is FlatEntry flat:
                return ReadFlat(flat.Visible, flat.Text, depth);
            case Shape.Object when OwnContent.TryGet(value!, out object? content):
                return ReadInput(content, depth + 1);
            case Shape.Object:
                return ReadMembers(value!, isBag: false, depth);
            default:
                return Refuse($"An entry was expected, but this is {InputValue.Describe(value)}. Pass a hashtable, an object with properties, or JSON text.");
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

    private AssociationEntry? ReadMembers(object value, bool isBag, int depth)
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
            if ((MemberNames.Find(given.Key) ?? MemberNames.Find(Cleaned(given.Key))) is not { } member)
            {
                if (MemberNames.FindOuter(Cleaned(given.Key)) is not OuterMember.None and var outer && IsOuter(outer, value, given.Value))
                {
                    _context.DropFrom(issuesBefore);
                    return ReadInner(outer, given.Key, value, given.Value, depth);
                }

                if (FlatEntry.IsName(Cleaned(given.Key)) && FlatEntry.TextOf(given.Value, _context) is { } flat)
                {
                    _context.DropFrom(issuesBefore);
                    return IsOfRow(value) ? ReadFlat(null, flat, depth) is { } whole ? ReadBeside(whole, value) : null : ReadFlat(value, flat, depth);
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
                ReadMember(entry, member, hasCells && given.Value is string cell ? SafeCell.Read(cell) : given.Value);
            }
        }

        int close = others is null ? 0 : ReadOthers(entry, value, others, ref known);
        if (known + close == 0 || (known == named && others is not null && (!isBag || others.Exists(HoldsParts))))
        {
            _context.DropFrom(issuesBefore);
            if (TryInputObject(value, others, out object? input))
            {
                return ReadInput(input, depth + 1);
            }

            return Refuse(isBag
                ? HintOfHeading(others) ?? "The input has none of the members of an entry, such as Name, Targets or ScheduleExpression."
                : $"An entry was expected, but this is {InputValue.Describe(value)}, which has none of the members of an entry beside a name.");
        }

        if ((entry.ScheduleOffset == 0 || entry.Duration == 0)
            && (TypeName(value)?.StartsWith(SdkModel, StringComparison.Ordinal) == true || (others is not null && IsDescription(value, others))))
        {
            LeaveOutZeros(entry);
        }

        return entry;
    }

    /// <summary>
    /// Takes the entry from its one text. What is visible beside it is what PowerShell left of it; where it says something else,
    /// somebody changed it, and that counts.
    /// </summary>
    private AssociationEntry? ReadFlat(object? visible, string text, int depth)
    {
        AssociationEntry? entry = ReadInput(text, depth + 1);
        if (entry is null || visible is null)
        {
            return entry;
        }

        var form = new FlatForm(_context);
        bool hasCells = visible is FileMap { IsRow: true } or PSObject;
        List<KeyValuePair<string, object?>>? others = null;
        foreach (KeyValuePair<string, object?> given in GivenMembers.Of(visible, _context))
        {
            if ((MemberNames.Find(given.Key) ?? MemberNames.Find(Cleaned(given.Key))) is not { } member)
            {
                if (!MemberNames.IsOfEnvelope(Cleaned(given.Key)) || IsOfDestination(Cleaned(given.Key)))
                {
                    (others ??= []).Add(given);
                }
            }
            else if (member.Steps.Length > 1)
            {
                if (!InputValue.IsBlank(given.Value))
                {
                    ReadMember(entry, member, given.Value);
                }
            }
            else if (!form.Shows(hasCells && given.Value is string cell ? SafeCell.Read(cell) : given.Value, member.Last, member.Last.Get(entry)))
            {
                member.Last.Set(entry, null);
                if (!InputValue.IsBlank(given.Value))
                {
                    ReadMember(entry, member, hasCells && given.Value is string changed ? SafeCell.Read(changed) : given.Value);
                }
            }
        }

        int known = 0;
        if (others is not null)
        {
            ReadOthers(entry, visible, others, ref known);
        }

        return entry;
    }

    /// <summary>
    /// Takes members that stand beside the entry in what holds it, such as a column that somebody added to a table of results.
    /// The members that a result has of its own are about the result, but its names are those of the entry: where nothing but
    /// the one text of the entry is left, another name was written by somebody. A blank one says nothing.
    /// </summary>
    private AssociationEntry ReadBeside(AssociationEntry entry, object row)
    {
        List<KeyValuePair<string, object?>> given = GivenMembers.Of(row, _context, isProbe: true).Where(static member => !InputValue.IsBlank(member.Value)).ToList();
        bool isTextOnly = !given.Exists(member => Cleaned(member.Key).Equals("Entry", StringComparison.OrdinalIgnoreCase) && IsWhole(member.Value));
        var form = new FlatForm(_context);
        AssociationEntry? changed = null;
        AssociationEntry? parts = null;
        List<KeyValuePair<string, object?>>? columns = null;
        foreach (KeyValuePair<string, object?> one in given)
        {
            string name = Cleaned(one.Key);
            object? value = one.Value is string cell ? SafeCell.Read(cell) : one.Value;
            if (MemberNames.Find(name) is not { } member)
            {
                if (IsColumn(name))
                {
                    (columns ??= []).Add(one);
                }
            }
            else if (MemberNames.IsOfEnvelope(name) && !(isTextOnly && (member.Last == EntrySchema.Name || member.Last == EntrySchema.AssociationName)))
            {
                continue;
            }
            else if (member.Steps.Length > 1)
            {
                ReadMember(parts ??= new AssociationEntry(), member, value);
            }
            else if (!form.Shows(value, member.Last, member.Last.Get(changed ?? entry)))
            {
                member.Last.Set(changed ??= CopyOf(entry), null);
                ReadMember(changed, member, value);
            }
        }

        if (columns is not null)
        {
            int known = 0;
            ReadOthers(parts ??= new AssociationEntry(), row, columns, ref known);
        }

        if (parts is not null)
        {
            Replace(EntrySchema.Members, changed ??= CopyOf(entry), parts);
        }

        return changed ?? entry;
    }

    /// <summary>Puts parts of members, as dotted columns give them, in the place of what was there; the other parts stay.</summary>
    private static void Replace(IEnumerable<EntryMember> members, object target, object parts)
    {
        foreach (EntryMember member in members)
        {
            switch (member.Get(parts))
            {
                case null:
                    break;
                case Dictionary<string, string?[]?> map when member.Get(target) is Dictionary<string, string?[]?> there:
                    foreach (KeyValuePair<string, string?[]?> pair in map)
                    {
                        there[pair.Key] = pair.Value;
                    }

                    break;
                case var part when member.Kind == MemberKind.Part && member.Get(target) is { } there:
                    Replace(member.Parts, there, part);
                    break;
                case var value:
                    member.Set(target, value);
                    break;
            }
        }
    }

    /// <summary>The entry may be the caller's own object, which stays as it is.</summary>
    private AssociationEntry CopyOf(AssociationEntry entry)
    {
        AssociationEntry copy = ReadInput(entry.EntryJson.Text, 1) ?? entry;
        copy.Source = entry.Source;
        copy.SourcePath = entry.SourcePath;
        return copy;
    }

    private static bool IsWhole(object? value) =>
        InputValue.ShapeOf(ref value) is Shape.Bag or Shape.Object || (value is string text && JsonText.LooksLikeJson(text.Trim()));

    private static bool IsOfDestination(string name) =>
        name.Equals(nameof(AssociationEntry.Region), StringComparison.OrdinalIgnoreCase) || name.Equals(nameof(AssociationEntry.RoleArn), StringComparison.OrdinalIgnoreCase);

    /// <summary>True for what holds an entry, such as a result: its own members are about the result, and its Target is for the eye.</summary>
    private bool IsOfRow(object value) =>
        GivenMembers.Of(value, _context, isProbe: true).Any(static given => Cleaned(given.Key).ToUpperInvariant() is "ENTRY" or "STATUS" or "ISVALID" or "ASSOCIATIONID");

    /// <summary>A document of another tool may have a name and no other member of an entry; what it is about stands in its parts.</summary>
    private static bool HoldsParts(KeyValuePair<string, object?> other)
    {
        object? value = other.Value;
        return !MemberNames.IsOfEnvelope(other.Key)
            && !string.Equals(other.Key, "Tags", StringComparison.OrdinalIgnoreCase)
            && MemberNames.HintFor(other.Key) is null
            && !IsColumn(other.Key)
            && InputValue.ShapeOf(ref value) == Shape.Bag
            && Suggestion.For(other.Key, MemberNames.Members) is null;
    }

    /// <summary>True for a dotted column of a member; names of modules and resources have dots, too.</summary>
    private static bool IsColumn(string name) => ColumnPath.EndOfRoot(name) is > 0 and int end && MemberNames.Find(name.Substring(0, end).TrimEnd()) is not null;

    /// <summary>A table whose heading was read as one column has one member whose name is the whole heading.</summary>
    private static string? HintOfHeading(List<KeyValuePair<string, object?>>? others)
    {
        foreach (KeyValuePair<string, object?> other in others ?? [])
        {
            foreach (char delimiter in ";\t|,")
            {
                string[] names = other.Key.Split(delimiter);
                if (names.Length > 1 && Array.Exists(names, static name => MemberNames.Find(Cleaned(name).Trim('"')) is not null))
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

    /// <summary>Column headers come with white space, or with the byte order mark of the file before the first.</summary>
    private static string Cleaned(string name) => name.Trim().TrimStart('\uFEFF');

    /// <summary>
    /// True when an object holds the entry instead of being one. A result that comes back from a file or another session
    /// is a property bag that only its members tell.
    /// </summary>
    private bool IsOuter(OuterMember member, object value, object? inner)
    {
        Shape shape = InputValue.ShapeOf(ref inner);
        if (shape is Shape.Absent or Shape.Text or Shape.Scalar or Shape.Opaque)
        {
            return false;
        }

        if (member is OuterMember.Answer or OuterMember.Versions)
        {
            return shape == Shape.List && HasItem((IEnumerable)inner!);
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

    private static bool HasSecond(IEnumerable list)
    {
        int count = 0;
        foreach (object? unused in list)
        {
            if (++count > 1)
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasItem(IEnumerable list)
    {
        foreach (object? unused in list)
        {
            return true;
        }

        return false;
    }

    private AssociationEntry? ReadInner(OuterMember member, string name, object value, object? inner, int depth)
    {
        if (member == OuterMember.Entry)
        {
            Envelope ??= value as PSObject;
            foreach (KeyValuePair<string, object?> given in GivenMembers.Of(value, _context, isProbe: true))
            {
                if (FlatEntry.IsName(Cleaned(given.Key)) && FlatEntry.TextOf(given.Value, _context) is { } flat)
                {
                    return ReadFlat(inner, flat, depth) is { } whole ? ReadBeside(whole, value) : null;
                }
            }

            return ReadInput(inner, depth + 1) is { } apart ? ReadBeside(apart, value) : null;
        }

        string names = name;
        foreach (KeyValuePair<string, object?> given in GivenMembers.Of(value, _context, isProbe: true))
        {
            OuterMember other = MemberNames.FindOuter(given.Key);
            if (other != OuterMember.None && !string.Equals(given.Key, name, StringComparison.OrdinalIgnoreCase) && IsOuter(other, value, given.Value))
            {
                names += ", " + ReadingContext.Shown(given.Key);
            }
            else if (other == OuterMember.None && !InputValue.IsBlank(given.Value))
            {
                ReadOther(given.Key, given.Value, isDescription: false, TypeName(value));
            }
        }

        if (names != name)
        {
            return Refuse($"The input holds entries in {names}. Pass them one by one, such as ... | ForEach-Object {name}.");
        }

        object? items = inner;
        if (member is OuterMember.Answer or OuterMember.Versions && InputValue.ShapeOf(ref items) == Shape.List && HasSecond((IEnumerable)items!))
        {
            return Refuse(member == OuterMember.Versions
                ? "The input holds several versions of one association. Pass the one that is meant, such as ($answer.AssociationVersions)[0]."
                : $"The input holds several entries in {name}. Pass them one by one: ... | ForEach-Object {name}.");
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
        catch (Exception problem) when (CallerCode.IsProblem(problem))
        {
            // The caller's collections and getters run his code; what went wrong in one member leaves the others readable.
            _context.Report(ReadingRules.Unreadable, CallerCode.Describe(problem));
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
        if (isDescription && IsListItem(entry, others))
        {
            _context.Report(
                ReadingRules.ListItem,
                "This is an item of a list of associations, which has no parameters, rate control, output and alarm even where the association has them. Read the whole association with Get-SsmAssociationEntry, or aws ssm describe-association.");
        }

        foreach (KeyValuePair<string, object?> other in others)
        {
            string name = Cleaned(other.Key);
            int end = ColumnPath.EndOfRoot(name);
            if (end > 0 && MemberNames.Find(name.Substring(0, end).TrimEnd()) is { } root)
            {
                known++;
                if (!InputValue.IsBlank(other.Value))
                {
                    AddColumn(columns ??= [], name, end, root, other.Value);
                }
            }
            else if (name == nameof(AssociationEntry.Source) && TypeName(value) == "Deserialized." + typeof(AssociationEntry).FullName)
            {
                // An entry of another session, or of Import-Clixml, still knows its file.
                entry.Source = _values.Text(other.Value);
            }
            else if (!InputValue.IsBlank(other.Value) && ReadOther(name, other.Value, isDescription, TypeName(value)))
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

        if (root.Last == EntrySchema.Targets && path.Count == 1 && path[0].Name.LastIndexOf('.') is > 0 and int dot && MemberNames.FindPart(root.Last, path[0].Name.Substring(dot + 1)) is not null)
        {
            // The column of a tag holds its values and has no parts.
            _parts.Report(name, name.Substring(0, name.LastIndexOf('.')), isError: true);
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
                if (!SaysNothing(value, 0))
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
                Region = _values.Once(Region, _values.Text(value) is { } code ? RegionCode.Spell(code) : null);
                if (Region is not null && !RegionCode.IsOne(Region))
                {
                    _context.Report(ReadingRules.Region, $"'{MessageText.Of(Region!)}' is no Region: give a code such as us-east-1, or remove it and use -Region.{CauseOf(Region)}");
                    Region = null;
                }

                _context.Leave();
                return true;
            case "ROLEARN":
                _context.Enter("RoleArn");
                RoleArn = _values.Once(RoleArn, _values.Text(value)?.Trim());
                if (RoleArn is not null && !TextPatterns.IsRoleArn(RoleArn))
                {
                    _context.Report(ReadingRules.RoleArn, $"'{MessageText.Of(RoleArn!)}' is no ARN of a role: give one such as arn:aws:iam::111122223333:role/Operations, or remove it and use -RoleArn.{CauseOf(RoleArn)}");
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
            _context.Miss(hint.Split(' ')[0]);
            _parts.Report(name, hint, isError: true);
            return true;
        }

        // Nothing an existing association says of itself is a slip of a member's name.
        return MemberNames.IsOfDescription(name)
            ? Report(name)
            : _parts.Unknown(name, value, MemberNames.Members);
    }

    private static string CauseOf(string text) => OddCharacter.InPlainText(text) is { } cause ? " " + cause : string.Empty;

    private bool Report(string name)
    {
        _parts.Report(name, null, isError: false);
        return false;
    }

    /// <summary>True for what nobody filled in: nothing, blank texts, empty lists, and lists and objects of such.</summary>
    private bool SaysNothing(object? value, int depth)
    {
        if (InputValue.IsBlank(value))
        {
            return true;
        }

        Shape shape = InputValue.ShapeOf(ref value);
        if (depth > 4)
        {
            return false;
        }

        if (shape == Shape.List)
        {
            foreach (object? item in (IEnumerable)value!)
            {
                if (!SaysNothing(item, depth + 1))
                {
                    return false;
                }
            }

            return true;
        }

        return shape is Shape.Bag && GivenMembers.Of(value!, _context, isProbe: true).All(given => SaysNothing(given.Value, depth + 1));
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
            || (count > 0 && TypeName(value)?.IndexOf(SdkModel, StringComparison.Ordinal) >= 0);
    }

    /// <summary>Only a description says when the association was made or changed; only it has the members that a list leaves out.</summary>
    private static bool IsListItem(AssociationEntry entry, List<KeyValuePair<string, object?>> others) =>
        entry.Parameters is null
        && !others.Exists(static other => other.Key is "Date" or "LastUpdateAssociationDate" or "CreatedDate" or "Status" or "Parameters")
        && others.Exists(static other => string.Equals(other.Key, "Overview", StringComparison.OrdinalIgnoreCase)
            || string.Equals(other.Key, "LastExecutionDate", StringComparison.OrdinalIgnoreCase)
            || string.Equals(other.Key, "AssociationVersion", StringComparison.OrdinalIgnoreCase));

    /// <summary>The class of an object, or the one that it had in another session.</summary>
    private static string? TypeName(object value) => value is PSObject bag ? BagProperties.TypeName(bag) : value.GetType().FullName;

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
