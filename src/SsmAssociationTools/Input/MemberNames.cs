using System;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Input;

/// <summary>
/// Every name that a member may have, in any case. The tables are written once, before anybody can see them, and only
/// read afterwards, which is safe from any number of threads.
/// </summary>
internal static class MemberNames
{
    private static readonly Dictionary<string, MemberPath> s_members = Table(EntrySchema.Members, isEntry: true);

    /// <summary>The names in the objects of each part, by the part's row.</summary>
    private static readonly Dictionary<EntryMember, Dictionary<string, MemberPath>> s_parts = PartTables(EntrySchema.Members, []);

    private static readonly HashSet<string> s_envelope = new(OwnNames(), StringComparer.OrdinalIgnoreCase)
    {
        "Index", "Status", "Name", "AssociationName", "Target", "AssociationId", "ErrorCode", "Message", "Fault",
        "IsRetryable", "Attempts", "BatchNumber", "RequestId", "Region", "AccountId", "RoleArn", "Timestamp", "Issues", "Entry", "InputObject",
        "Source", "RecommendedAction", "FromJournal", "AssociationVersion", "Date", "IsValid", "ErrorCount", "WarningCount",
        "DetailedStatus", "LastUpdateAssociationDate", "LastExecutionDate", "AssociationDispatchAssumeRole", "Differences", "Existing",
    };

    private static readonly HashSet<string> s_description = new(StringComparer.OrdinalIgnoreCase)
    {
        "AssociationId", "AssociationVersion", "Date", "LastUpdateAssociationDate", "Status", "Overview",
        "LastExecutionDate", "LastSuccessfulExecutionDate", "TriggeredAlarms", "CreatedDate",
    };

    private static readonly HashSet<string> s_remoting = new(StringComparer.OrdinalIgnoreCase)
    {
        "PSComputerName", "PSShowComputerName", "RunspaceId", "PSSourceJobInstanceId",

        // Of answers of the AWS SDK and boto3.
        "ResponseMetadata", "ContentLength", "HttpStatusCode",
    };

    private static readonly Dictionary<string, OuterMember> s_outer = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Entry"] = OuterMember.Entry,
        ["Entries"] = OuterMember.Entries,
        ["Associations"] = OuterMember.Answer,
        ["Successful"] = OuterMember.Answer,
        ["Failed"] = OuterMember.Answer,
        ["AssociationVersions"] = OuterMember.Versions,
        ["AssociationDescription"] = OuterMember.Description,
    };

    /// <summary>Names that people give to a member and that no distance of letters would find.</summary>
    private static readonly Dictionary<string, string> s_hints = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Schedule"] = "ScheduleExpression",
        ["Cron"] = "ScheduleExpression",
        ["Document"] = "Name",
        ["Severity"] = "ComplianceSeverity",
        ["Concurrency"] = "MaxConcurrency",
        ["Calendar"] = "CalendarNames",
        ["Calendars"] = "CalendarNames",
        ["InstanceIds"] = "Targets (Targets = 'InstanceIds=i-...,i-...')",
        ["Instances"] = "Targets (Targets = 'InstanceIds=i-...,i-...')",
    };

    /// <summary>What people and tools put between the parts of a column's name.</summary>
    private static readonly char[] s_separators = ['.', '[', ']', '/', '\\', '_', ':', ' '];

    /// <summary>The names that suggestions are made from: the service's own first.</summary>
    public static IReadOnlyCollection<string> Members => s_members.Keys;

    /// <summary>The names of the members of a part.</summary>
    public static IReadOnlyCollection<string> PartsOf(EntryMember member) => s_parts[member].Keys;

    /// <summary>A name without what stands around it: column headers come with white space, or with the byte order mark of the file before the first.</summary>
    public static string Cleaned(string name) => name.Trim().TrimStart('\uFEFF');

    /// <summary>Finds a member of an entry.</summary>
    public static MemberPath? Find(string name) => s_members.TryGetValue(name, out MemberPath? path) ? path : null;

    /// <summary>Finds a member of a part.</summary>
    public static MemberPath? FindPart(EntryMember member, string name) => s_parts[member].TryGetValue(name, out MemberPath? path) ? path : null;

    /// <summary>Tells what holds an entry instead of being a member of one.</summary>
    public static OuterMember FindOuter(string name) => s_outer.TryGetValue(name, out OuterMember member) ? member : OuterMember.None;

    /// <summary>True for members of our results and verdicts and of the service's failed items.</summary>
    public static bool IsOfEnvelope(string name) => s_envelope.Contains(name) || s_remoting.Contains(name);

    /// <summary>True for what the service says of an existing association and no entry can ask for.</summary>
    public static bool IsOfDescription(string name) => s_description.Contains(name);

    /// <summary>True for what is added to every object that comes from another session, or to every answer, and says nothing of it.</summary>
    public static bool IsOfRemoting(string name) => s_remoting.Contains(name);

    /// <summary>The member meant by a word from outside the service's vocabulary.</summary>
    public static string? HintFor(string name) => s_hints.TryGetValue(name, out string? hint) ? hint : null;

    /// <summary>
    /// The column that one most likely stands for whose first part is no member, or is parted by another sign than a dot:
    /// <c>Paramters.Operation</c>, <c>Targets_0_Key</c>.
    /// </summary>
    public static string? ColumnFor(string name)
    {
        int end = name.TakeWhile(static c => Array.IndexOf(s_separators, c) < 0).Count();
        if (end == 0 || end == name.Length)
        {
            return null;
        }

        string first = name.Substring(0, end);
        string? root = Find(first) is null ? Suggestion.For(first, Members) : first;
        if (root is null || Find(root)!.Last is not { Kind: MemberKind.Map or MemberKind.Maps or MemberKind.Part or MemberKind.Parts } member)
        {
            return null;
        }

        if (name[end] is '.' or '[')
        {
            return root + name.Substring(end);
        }

        // Names that users choose are left as they are.
        string rest = name.Substring(end).TrimStart(s_separators);
        string[] parts = rest.Split(s_separators, StringSplitOptions.RemoveEmptyEntries);
        bool IsPlace(string part) => part.All(char.IsDigit);
        bool isOfParts = member.Parts.Length > 0 && parts.All(part => IsPlace(part) || FindPart(member, part) is not null);
        return rest.Length == 0 ? null : root + (isOfParts ? string.Concat(parts.Select(part => IsPlace(part) ? $"[{part}]" : "." + part)) : "." + rest);
    }

    /// <summary>The members of what this module puts out, whatever they will be.</summary>
    private static IEnumerable<string> OwnNames() =>
        new[] { typeof(AssociationSuccess), typeof(AssociationFailure), typeof(AssociationComparison), typeof(EntryValidation), typeof(ExistingAssociation) }
            .SelectMany(static type => type.GetProperties())
            .Select(static property => property.Name);

    private static Dictionary<string, MemberPath> Table(EntryMember[] members, bool isEntry)
    {
        var table = new Dictionary<string, MemberPath>(StringComparer.OrdinalIgnoreCase);
        foreach (EntryMember member in members)
        {
            var path = new MemberPath(member);
            AddNames(table, path, [member.Name, .. member.Aliases]);
        }

        foreach (EntryMember member in members)
        {
            if (isEntry)
            {
                AddColumns(table, [member]);
            }
            else if (member.IsTransparent)
            {
                foreach (EntryMember inner in member.Parts)
                {
                    AddNames(table, new MemberPath(member, inner), [inner.Name, .. inner.Aliases]);
                }
            }
        }

        return table;
    }

    /// <summary>
    /// Parts of a structure may be columns of their own, under their own names or as the AWS Tools write them, such as
    /// <c>OutputLocation_S3Location_OutputS3Region</c> and <c>S3Location_OutputS3Region</c>.
    /// </summary>
    private static void AddColumns(Dictionary<string, MemberPath> table, List<EntryMember> steps)
    {
        EntryMember member = steps[steps.Count - 1];
        if (member.Kind != MemberKind.Part)
        {
            return;
        }

        foreach (EntryMember inner in member.Parts)
        {
            List<EntryMember> path = [.. steps, inner];
            List<string> names = [.. inner.Columns];
            for (int start = path.Count - 2; start >= 0; start--)
            {
                names.Add(string.Join("_", path.Skip(start).Select(static step => step.Name)));
            }

            AddNames(table, new MemberPath([.. path]), names);
            AddColumns(table, path);
        }
    }

    private static void AddNames(Dictionary<string, MemberPath> table, MemberPath path, IReadOnlyList<string> names)
    {
        foreach (string name in names)
        {
            if (!table.TryGetValue(name, out _))
            {
                table.Add(name, path);
            }
        }
    }

    private static Dictionary<EntryMember, Dictionary<string, MemberPath>> PartTables(
        EntryMember[] members, Dictionary<EntryMember, Dictionary<string, MemberPath>> tables)
    {
        foreach (EntryMember member in members)
        {
            if (member.Parts.Length > 0)
            {
                tables[member] = Table(member.Parts, isEntry: false);
                PartTables(member.Parts, tables);
            }
        }

        return tables;
    }
}
