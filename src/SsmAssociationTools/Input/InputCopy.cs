using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;

namespace SsmAssociationTools.Input;

/// <summary>
/// Reads what has the members of an object of this module and not its class: a copy of another session or job, a CSV row,
/// JSON, a selection of properties. Not safe for concurrent use.
/// </summary>
internal sealed class InputCopy(ReadingContext context)
{
    private const string Namespace = "SsmAssociationTools.";

    /// <summary>What class names and file headings put before the name of a class.</summary>
    private static readonly string[] s_prefixes = ["Deserialized.", "Selected.", "CSV:"];

    /// <summary>Members that no entry has. Without any of them an input is an entry, and nothing more is looked at.</summary>
    private static readonly HashSet<string> s_marks = new(StringComparer.OrdinalIgnoreCase)
    {
        "AssociationId", "BatchNumber", "Differences", "Existing", "IsRetryable", "IsValid", "InputObject", "Entry", "ErrorCode", "AssociationDescription",
        "StartedAfter",
    };

    /// <summary>Recognises a copy and takes its facts.</summary>
    public void Read(InputFacts facts, object value)
    {
        InputKind? named = KindOfClass(value);
        if (named is null && !HasMark(value))
        {
            return;
        }

        Dictionary<string, object?> members = MembersOf(value);
        if (Text(members, "AssociationId") is null && Value(members, "AssociationDescription") is { } description && InputValue.IsObject(description))
        {
            members = MembersOf(Unwrapped(description));
        }

        facts.Region = Text(members, "Region")?.ToLowerInvariant();
        facts.AccountId = Text(members, "AccountId");
        facts.RoleArn = Text(members, "RoleArn");
        string? status = Text(members, "Status");
        facts.Kind = named ?? KindOf(members, status);
        if (facts.Kind == InputKind.Entry)
        {
            return;
        }

        facts.StatusText = status;
        facts.Members = members;
        facts.IsStatusRead = facts.Kind switch
        {
            InputKind.Result => StatusText.TryRead(facts.StatusText, out AssociationStatus _),
            InputKind.Comparison => StatusText.TryRead(facts.StatusText, out ComparisonStatus _),
            InputKind.Removal => StatusText.TryRead(facts.StatusText, out RemovalStatus _),
            InputKind.Start => StatusText.TryRead(facts.StatusText, out StartStatus _),
            InputKind.Outcome => StatusText.TryRead(facts.StatusText, out OutcomeStatus _),
            _ => true,
        };
        facts.AssociationId = Text(members, "AssociationId");
        facts.AssociationVersion = Text(members, "AssociationVersion");
        facts.Name = Text(members, "Name");
        facts.AssociationName = Text(members, "AssociationName");
        facts.ErrorCode = Text(members, "ErrorCode");
        facts.Source = Text(members, "Source");
        facts.StartedAfter = Time(members, "StartedAfter");
        facts.StartedBefore = Time(members, "StartedBefore");
        facts.ExecutionId = Text(members, "ExecutionId");
        TakeContent(facts, members, value);
    }

    /// <summary>Makes an object of this module again of what a copy says.</summary>
    public void Complete(InputFacts facts)
    {
        if (facts.Members is not { } members)
        {
            return;
        }

        facts.Own = facts.Kind switch
        {
            InputKind.Result => ResultOf(facts, members),
            InputKind.Removal => RemovalOf(facts, members),
            InputKind.Start => StartOf(facts, members),
            InputKind.Outcome => OutcomeOf(facts, members),
            InputKind.Comparison => ComparisonOf(facts, members),
            InputKind.Validation => new EntryValidation(Number(members, "Index"), facts.Entry, facts.Input, IssuesOf(members)) { NodeCount = CountOf(members, "NodeCount") },
            InputKind.Existing => ExistingOf(facts, members, facts.Entry),
            InputKind.Unreadable => new UnreadableEntry(
                facts.ErrorCode ?? "EntryNotRead",
                Text(members, "Message") ?? "A row or a file could not be read.",
                IssuesOf(members))
            {
                Source = facts.Source,
                Path = Text(members, "Path"),
                Line = Number(members, "Line"),
            },
            _ => null,
        };
    }

    /// <summary>The class that a copy had, whatever kind of copy it is.</summary>
    private static InputKind? KindOfClass(object value)
    {
        string? name = BagProperties.ClassOf(value);
        for (bool isCut = name is not null; isCut;)
        {
            isCut = false;
            foreach (string prefix in s_prefixes)
            {
                if (name!.StartsWith(prefix, StringComparison.Ordinal))
                {
                    name = name.Substring(prefix.Length);
                    isCut = true;
                }
            }
        }

        return name is not null && name.StartsWith(Namespace, StringComparison.Ordinal) ? KindOfOwnClass(name.Substring(Namespace.Length)) : null;
    }

    private static InputKind? KindOfOwnClass(string name) => name switch
    {
        nameof(AssociationSuccess) or nameof(AssociationFailure) or nameof(AssociationResult) => InputKind.Result,
        nameof(AssociationRemoval) => InputKind.Removal,
        nameof(AssociationStart) => InputKind.Start,
        nameof(AssociationOutcome) => InputKind.Outcome,
        nameof(AssociationComparison) => InputKind.Comparison,
        nameof(EntryValidation) => InputKind.Validation,
        nameof(ExistingAssociation) => InputKind.Existing,
        nameof(UnreadableEntry) => InputKind.Unreadable,
        _ => null,
    };

    /// <summary>Recognises a copy by its members, which is all that CSV and JSON leave.</summary>
    private static InputKind KindOf(Dictionary<string, object?> members, string? status)
    {
        bool hasId = Text(members, "AssociationId") is not null;

        // In a table such a row has the columns of what stood beside it, and what stood beside it has its columns.
        if (Text(members, "ErrorCode") is not null && members.ContainsKey("Line") && members.ContainsKey("Message"))
        {
            return InputKind.Unreadable;
        }

        if (members.ContainsKey("Differences") && (members.ContainsKey("Existing") || members.ContainsKey("Status")))
        {
            return InputKind.Comparison;
        }

        if (members.ContainsKey("StartedAfter"))
        {
            return members.ContainsKey("ExecutionId") ? InputKind.Outcome : InputKind.Start;
        }

        // A removal has all the members of a result, but was part of no batch.
        if (members.ContainsKey("BatchNumber"))
        {
            bool isRemoval = Text(members, "BatchNumber") is null && StatusText.IsName<RemovalStatus>(status);
            return isRemoval ? InputKind.Removal : InputKind.Result;
        }

        if (members.ContainsKey("IsValid") && (members.ContainsKey("ErrorCount") || members.ContainsKey("Issues")))
        {
            return InputKind.Validation;
        }

        if (StatusText.IsName<RemovalStatus>(status) && !StatusText.IsName<AssociationStatus>(status) && !StatusText.IsName<ComparisonStatus>(status))
        {
            return InputKind.Removal;
        }

        if (members.ContainsKey("Attempts") && members.ContainsKey("IsRetryable") && !members.ContainsKey("Issues") && !members.ContainsKey("Fault"))
        {
            return InputKind.Removal;
        }

        bool isTold = members.ContainsKey("AssociationId") || members.ContainsKey("ErrorCode") || members.ContainsKey("IsRetryable")
            || members.ContainsKey("InputObject") || (Value(members, "Entry") is { } entry && InputValue.IsObject(entry));
        if (isTold && StatusText.IsName<ComparisonStatus>(status))
        {
            return InputKind.Comparison;
        }

        // The service says Failed of the runs of an association too.
        if (isTold && StatusText.TryRead(status, out AssociationStatus result) && StatusText.IsName<AssociationStatus>(status) && (result != AssociationStatus.Failed || !hasId))
        {
            return InputKind.Result;
        }

        if (members.ContainsKey("IsRetryable") && members.ContainsKey("ErrorCode"))
        {
            return InputKind.Result;
        }

        return hasId ? InputKind.Existing : InputKind.Entry;
    }

    /// <summary>Finds what the entry is to be read from, and what the copy was made of.</summary>
    private void TakeContent(InputFacts facts, Dictionary<string, object?> members, object value)
    {
        object? entry = Whole(members);
        object? existing = Value(members, "Existing");
        if (existing is not null && InputValue.IsObject(existing))
        {
            Dictionary<string, object?> whole = MembersOf(Unwrapped(existing));
            facts.ExistingMembers = whole;
            facts.AssociationVersion = Text(whole, "AssociationVersion") ?? facts.AssociationVersion;
            facts.AssociationId ??= Text(whole, "AssociationId");
            facts.ExistingContent = Whole(whole);
        }

        object? input = Value(members, "InputObject");
        if (input is not null && (InputValue.IsObject(input) || facts.Kind is InputKind.Removal or InputKind.Start or InputKind.Outcome))
        {
            facts.OriginInput = input;
        }

        foreach (object? content in new[] { entry, facts.ExistingContent, facts.Kind == InputKind.Existing ? null : input })
        {
            if (content is not null && InputValue.IsObject(content))
            {
                facts.Content = content;
                facts.IsEntryApart = true;
                facts.IsEntryOfCopy = ReferenceEquals(content, entry);
                return;
            }
        }

        // A description of the service and a table of somebody's own have the members of an entry beside the id. What has
        // nothing but the texts that this module makes for the eye must not become an association.
        facts.HasLostEntry = facts.Kind is InputKind.Start or InputKind.Outcome || (facts.Kind != InputKind.Unreadable && members.Keys.All(MemberNames.IsOfEnvelope));
        facts.Content = value;
    }

    /// <summary>The entry that a copy holds: whole, where its one text came along.</summary>
    private object? Whole(Dictionary<string, object?> members)
    {
        object? entry = Value(members, "Entry");
        return FlatEntry.TextOf(Value(members, nameof(AssociationEntry.EntryJson)), context) is { } text
            ? new FlatEntry(text, entry is not null && InputValue.IsObject(entry) ? entry : null)
            : entry;
    }

    private static object Unwrapped(object value)
    {
        object? inner = value;
        InputValue.ShapeOf(ref inner);
        return inner!;
    }

    private bool HasMark(object value)
    {
        switch (value)
        {
            case PSObject bag:
                // Only the names: a property of the caller's runs his code.
                return context.Bags.Look(bag).Exists(static property => IsMark(property.Name));
            case IDictionary dictionary:
                foreach (object? key in dictionary.Keys)
                {
                    if (key is string name && IsMark(name))
                    {
                        return true;
                    }
                }

                return false;
            default:
                return GivenMembers.Of(value, context, isProbe: true).Any(static given => IsMark(given.Key));
        }
    }

    /// <summary>Every name of every entry comes by here; a glance at the first letter is enough for most.</summary>
    private static bool IsMark(string name) => name.Length > 0
        && ((name[0] | 0x20) is 'a' or 'b' or 'd' or 'e' or 'i' || !char.IsLetter(name[0]))
        && s_marks.Contains(MemberNames.Cleaned(name));

    private Dictionary<string, object?> MembersOf(object value)
    {
        var members = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, object?> given in GivenMembers.Of(value, context, isProbe: true))
        {
            members[MemberNames.Cleaned(given.Key)] = given.Value;
        }

        return members;
    }

    private static object? Value(Dictionary<string, object?> members, string name) =>
        members.TryGetValue(name, out object? value) && !InputValue.IsBlank(value) ? value : null;

    /// <summary>A member that is a single value. What was serialized keeps the name of a constant as the text of its wrapper.</summary>
    private static string? Text(Dictionary<string, object?> members, string name)
    {
        object? value = Value(members, name);
        string? text = (value as PSObject)?.ToString();
        return InputValue.ShapeOf(ref value) switch
        {
            Shape.Text => ((string)value!).Trim(),
            Shape.Scalar => value is int or long ? text ?? InputValue.Format(value) : InputValue.Format(value!),
            _ => null,
        };
    }

    private static long Number(Dictionary<string, object?> members, string name) =>
        long.TryParse(Text(members, name), NumberStyles.Integer, CultureInfo.InvariantCulture, out long number) ? number : 0;

    private static int? CountOf(Dictionary<string, object?> members, string name) =>
        int.TryParse(Text(members, name), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : null;

    private static bool Flag(Dictionary<string, object?> members, string name) =>
        bool.TryParse(Text(members, name), out bool flag) && flag;

    private static DateTime? Time(Dictionary<string, object?> members, string name)
    {
        object? value = Value(members, name);
        InputValue.ShapeOf(ref value);
        return value switch
        {
            DateTime time => time.ToUniversalTime(),
            DateTimeOffset time => time.UtcDateTime,
            string text when DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out DateTime time) => time,
            string text when DateTime.TryParse(text, CultureInfo.CurrentCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out DateTime time) => time,
            _ => null,
        };
    }

    private List<Dictionary<string, object?>> ItemsOf(Dictionary<string, object?> members, string name)
    {
        object? value = Value(members, name);
        if (InputValue.ShapeOf(ref value) != Shape.List)
        {
            return [];
        }

        var items = new List<Dictionary<string, object?>>();
        foreach (object? item in (IEnumerable)value!)
        {
            if (item is not null && items.Count < ReadingContext.MaxItems && InputValue.IsObject(item))
            {
                items.Add(MembersOf(Unwrapped(item)));
            }
        }

        return items;
    }

    private List<EntryIssue> IssuesOf(Dictionary<string, object?> members) => ItemsOf(members, "Issues")
        .Where(static issue => Text(issue, "RuleId") is not null && Text(issue, "Message") is not null)
        .Select(static issue => new EntryIssue(
            Text(issue, "RuleId")!,
            StatusText.TryRead(Text(issue, "Severity"), out IssueSeverity severity) ? severity : IssueSeverity.Error,
            Text(issue, "Path") ?? string.Empty,
            Text(issue, "Message")!,
            Text(issue, "Value"),
            Text(issue, "Source") ?? string.Empty)
        {
            EntrySource = Text(issue, "EntrySource"),
        })
        .ToList();

    private AssociationResult ResultOf(InputFacts facts, Dictionary<string, object?> members)
    {
        if (!StatusText.TryRead(facts.StatusText, out AssociationStatus status))
        {
            status = AssociationStatus.Unknown;
        }

        AssociationResult result = status is AssociationStatus.Created or AssociationStatus.Existing or AssociationStatus.Updated
            ? new AssociationSuccess()
            : new AssociationFailure();
        result.AssociationVersion = facts.AssociationVersion;
        result.PreviousVersion = Text(members, "PreviousVersion");
        result.Date = Time(members, "Date");
        result.RecommendedAction = Text(members, "RecommendedAction");
        result.FromJournal = Flag(members, "FromJournal");
        result.Index = Number(members, "Index");
        result.State = status;
        result.Name = facts.Name;
        result.AssociationName = facts.AssociationName;
        result.Source = facts.Source;
        result.AssociationId = facts.AssociationId;
        result.ErrorCode = facts.ErrorCode;
        result.Message = Text(members, "Message");
        result.Fault = Text(members, "Fault");
        result.IsRetryable = Flag(members, "IsRetryable");
        result.Attempts = (int)Number(members, "Attempts");
        result.BatchNumber = (int)Number(members, "BatchNumber");
        result.RequestId = Text(members, "RequestId");
        result.Region = facts.Region;
        result.AccountId = facts.AccountId;
        result.RoleArn = facts.RoleArn;
        result.Timestamp = Time(members, "Timestamp") ?? default;
        result.Issues = IssuesOf(members);
        result.Entry = facts.Entry;
        result.InputObject = facts.Input;
        return result;
    }

    private static AssociationRemoval RemovalOf(InputFacts facts, Dictionary<string, object?> members) => new()
    {
        Index = Number(members, "Index"),
        State = StatusText.TryRead(facts.StatusText, out RemovalStatus status) ? status : RemovalStatus.Unknown,
        AssociationId = facts.AssociationId,
        Name = facts.Name,
        AssociationName = facts.AssociationName,
        AssociationVersion = facts.AssociationVersion,
        Target = Text(members, "Target") ?? string.Empty,
        ErrorCode = facts.ErrorCode,
        Message = Text(members, "Message"),
        RecommendedAction = Text(members, "RecommendedAction"),
        IsRetryable = Flag(members, "IsRetryable"),
        Attempts = (int)Number(members, "Attempts"),
        RequestId = Text(members, "RequestId"),
        Region = facts.Region,
        AccountId = facts.AccountId,
        RoleArn = facts.RoleArn,
        FromJournal = Flag(members, "FromJournal"),
        Timestamp = Time(members, "Timestamp") ?? default,
        InputObject = facts.OriginInput ?? facts.Input,
    };

    private static AssociationStart StartOf(InputFacts facts, Dictionary<string, object?> members) => new()
    {
        Index = Number(members, "Index"),
        State = StatusText.TryRead(facts.StatusText, out StartStatus status) ? status : StartStatus.Unknown,
        AssociationId = facts.AssociationId,
        Name = facts.Name,
        AssociationName = facts.AssociationName,
        Target = Text(members, "Target") ?? string.Empty,
        StartedAfter = facts.StartedAfter,
        StartedBefore = facts.StartedBefore,
        FromJournal = Flag(members, "FromJournal"),
        ErrorCode = facts.ErrorCode,
        Message = Text(members, "Message"),
        RecommendedAction = Text(members, "RecommendedAction"),
        IsRetryable = Flag(members, "IsRetryable"),
        Attempts = (int)Number(members, "Attempts"),
        BatchNumber = (int)Number(members, "BatchNumber"),
        RequestId = Text(members, "RequestId"),
        Region = facts.Region,
        AccountId = facts.AccountId,
        RoleArn = facts.RoleArn,
        Timestamp = Time(members, "Timestamp") ?? default,
        InputObject = facts.OriginInput ?? facts.Input,
    };

    private AssociationOutcome OutcomeOf(InputFacts facts, Dictionary<string, object?> members)
    {
        IReadOnlyDictionary<string, int> counts = CountsOf(members);
        return new AssociationOutcome
        {
            Index = Number(members, "Index"),
            State = StatusText.TryRead(facts.StatusText, out OutcomeStatus status) ? status : OutcomeStatus.Unknown,
            AssociationId = facts.AssociationId,
            Name = facts.Name,
            AssociationName = facts.AssociationName,
            Target = Text(members, "Target") ?? string.Empty,
            Source = facts.Source,
            AssociationVersion = facts.AssociationVersion,
            ExecutionId = facts.ExecutionId,
            DetailedStatus = Text(members, "DetailedStatus"),
            StatusCounts = counts,
            Counts = Text(members, "Counts") ?? string.Empty,
            NodeCount = Text(members, "NodeCount") is null ? null : (int)Number(members, "NodeCount"),
            FailedNodeCount = Text(members, "FailedNodeCount") is null ? null : (int)Number(members, "FailedNodeCount"),
            CreatedTime = Time(members, "CreatedTime"),
            LastExecutionDate = Time(members, "LastExecutionDate"),
            NextRun = Time(members, "NextRun"),
            Nodes = NodesOf(members),
            ErrorCode = facts.ErrorCode,
            Message = Text(members, "Message"),
            RecommendedAction = Text(members, "RecommendedAction"),
            StartedAfter = facts.StartedAfter,
            StartedBefore = facts.StartedBefore,
            Region = facts.Region,
            AccountId = facts.AccountId,
            RoleArn = facts.RoleArn,
            Timestamp = Time(members, "Timestamp") ?? default,
            InputObject = facts.OriginInput ?? facts.Input,
        };
    }

    private Dictionary<string, int> CountsOf(Dictionary<string, object?> members)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        if (Value(members, "StatusCounts") is { } given && InputValue.IsObject(given))
        {
            Dictionary<string, object?> numbers = MembersOf(Unwrapped(given));
            foreach (string word in numbers.Keys.Take(ReadingContext.MaxItems))
            {
                counts[word] = (int)Number(numbers, word);
            }
        }

        return counts;
    }

    private List<AssociationOutcomeNode> NodesOf(Dictionary<string, object?> members) => ItemsOf(members, "Nodes")
        .Where(static node => Text(node, "ResourceId") is not null)
        .Select(static node => new AssociationOutcomeNode(Text(node, "ResourceId")!)
        {
            ResourceType = Text(node, "ResourceType"),
            Status = Text(node, "Status"),
            DetailedStatus = Text(node, "DetailedStatus"),
            LastExecutionDate = Time(node, "LastExecutionDate"),
            OutputSourceId = Text(node, "OutputSourceId"),
            OutputSourceType = Text(node, "OutputSourceType"),
        })
        .ToList();

    private AssociationComparison ComparisonOf(InputFacts facts, Dictionary<string, object?> members)
    {
        // What cannot be told is neither created nor removed.
        if (!StatusText.TryRead(facts.StatusText, out ComparisonStatus status))
        {
            status = ComparisonStatus.Same;
        }

        bool hasWanted = Value(members, "Entry") is { } entry && InputValue.IsObject(entry);
        ExistingAssociation? existing = facts.ExistingMembers is { } whole
            ? ExistingOf(facts, whole, facts.ExistingEntry ?? (hasWanted ? null : facts.Entry))
            : status != ComparisonStatus.Missing ? ExistingOf(facts, members, status == ComparisonStatus.Extra || !hasWanted ? facts.Entry : null) : null;
        var differences = ItemsOf(members, "Differences")
            .Where(static difference => Text(difference, "Path") is not null)
            .Select(static difference => new MemberDifference(Text(difference, "Path")!, Text(difference, "Wanted"), Text(difference, "Existing")))
            .ToList();
        return new AssociationComparison(status, hasWanted || status == ComparisonStatus.Missing ? facts.Entry : null, existing, differences)
        {
            Region = facts.Region,
            AccountId = facts.AccountId,
            RoleArn = facts.RoleArn,
            InputObject = facts.OriginInput,
        };
    }

    private static ExistingAssociation ExistingOf(InputFacts facts, Dictionary<string, object?> members, AssociationEntry? entry) =>
        new(facts.AssociationId ?? string.Empty, entry ?? new AssociationEntry { Name = facts.Name, AssociationName = facts.AssociationName })
        {
            AssociationVersion = facts.AssociationVersion,
            Status = Text(members, "Status"),
            DetailedStatus = Text(members, "DetailedStatus"),
            Date = Time(members, "Date"),
            LastUpdateAssociationDate = Time(members, "LastUpdateAssociationDate"),
            LastExecutionDate = Time(members, "LastExecutionDate"),
            AssociationDispatchAssumeRole = Text(members, "AssociationDispatchAssumeRole"),
            Region = facts.Region,
            AccountId = facts.AccountId,
            RoleArn = facts.RoleArn,
        };
}
