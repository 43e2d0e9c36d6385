using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.Input;
using SsmAssociationTools.Json;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Runs.Remove;

/// <summary>
/// Reads from any object of the pipeline which association is to be removed, and what is known of it. Not safe for
/// concurrent use; one pipeline has one.
/// </summary>
internal sealed class RemovalReader
{
    private readonly bool _needsContent;
    private readonly EntryReader _entries = new();
    private readonly IssueCollector _issues = new();
    private readonly ReadingContext _context = new();
    private long _count;

    public RemovalReader(bool needsContent) => _needsContent = needsContent;

    /// <summary>Reads the next input.</summary>
    public RemovalItem Read(object? input)
    {
        var item = new RemovalItem(_count++, input);
        try
        {
            _context.Start();
            Read(item, input, 0);
        }
        catch (Exception problem) when (Foreign.IsProblem(problem))
        {
            // Dictionaries and collections of the caller run his code while they are read.
            Refuse(item, Foreign.Describe(problem));
        }

        return item;
    }

    private void Read(RemovalItem item, object? input, int depth)
    {
        object? value = input;
        switch (Shapes.Of(ref value))
        {
            case Shape.Absent:
                Refuse(item, "The input is null. Pass a result, an object with AssociationId, or an id.");
                break;
            case Shape.Text:
                ReadText(item, ((string)value!).Trim(), depth);
                break;
            case Shape.Scalar when value is Guid id:
                item.Id = id;
                break;
            case Shape.List when depth < ReadingContext.MaxDepth:
                ReadOnly(item, (IEnumerable)value!, depth);
                break;
            case Shape.Object when value is AssociationRemoval removal && depth < ReadingContext.MaxDepth:
                Read(item, removal.InputObject, depth + 1);
                item.Region ??= removal.Region;
                item.AccountId ??= removal.AccountId;
                item.RoleArn ??= removal.RoleArn;
                break;
            case Shape.Object when value is AssociationResult result:
                ReadResult(item, result);
                break;
            case Shape.Object when value is ExistingAssociation existing:
                ReadExisting(item, existing);
                break;
            case Shape.Object when value is AssociationComparison comparison:
                ReadComparison(item, comparison);
                break;
            case Shape.Object or Shape.Bag:
                ReadMembers(item, value!);
                break;
            default:
                Refuse(item, $"The input is {Shapes.Describe(value)}. Pass a result, an object with AssociationId, or an id.");
                break;
        }
    }

    private void ReadText(RemovalItem item, string text, int depth)
    {
        if (JsonText.LooksLikeJson(text) && depth < ReadingContext.MaxDepth && JsonText.Read(text, out object? value, out _) == JsonFault.None)
        {
            Read(item, value, depth + 1);
            return;
        }

        TakeId(item, text);
    }

    private void ReadOnly(RemovalItem item, IEnumerable list, int depth)
    {
        List<object?> items = list.Cast<object?>().Take(2).ToList();
        if (items.Count == 1)
        {
            Read(item, items[0], depth + 1);
        }
        else
        {
            Refuse(item, "The input is a list. Pass one association at a time: pipe the list itself.");
        }
    }

    private static void ReadResult(RemovalItem item, AssociationResult result)
    {
        item.Content = result.Entry;
        item.Region = result.Region;
        item.AccountId = result.AccountId;
        item.RoleArn = result.RoleArn;
        if (result.AssociationId is not null)
        {
            TakeId(item, result.AssociationId);
        }

        item.AssociationVersion = (result as AssociationSuccess)?.AssociationVersion;
        TakeStatus(item, result.Status);
    }

    private static void ReadExisting(RemovalItem item, ExistingAssociation existing)
    {
        TakeId(item, existing.AssociationId);
        item.Content = existing.Entry;
        item.AssociationVersion = existing.AssociationVersion;
        item.Region = existing.Region;
        item.AccountId = existing.AccountId;
        item.RoleArn = existing.RoleArn;
    }

    private static void ReadComparison(RemovalItem item, AssociationComparison comparison)
    {
        if (comparison.Existing is not null)
        {
            ReadExisting(item, comparison.Existing);
        }
        else
        {
            item.Content = comparison.Entry;
        }

        item.Region = comparison.Region ?? item.Region;
        item.AccountId = comparison.AccountId ?? item.AccountId;
        item.RoleArn = comparison.RoleArn ?? item.RoleArn;
        TakeStatus(item, comparison.Status);
    }

    /// <summary>Reads a row, a property bag, JSON, or an object of a class that is not of this module.</summary>
    private void ReadMembers(RemovalItem item, object value)
    {
        var members = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        for (var cursor = new MemberCursor(value, _context, isProbe: true); cursor.MoveNext();)
        {
            // Column headers come with white space, or with the byte order mark of the file before the first.
            members[cursor.Name.Trim().TrimStart('\uFEFF')] = cursor.Value;
        }

        if (Text(members, "AssociationId") is not { } id)
        {
            // A comparison that names nothing to remove has no id, and is none the worse for that.
            if (!members.ContainsKey("Differences") && !members.ContainsKey("BatchNumber"))
            {
                Refuse(item, "The input has no AssociationId.");
                return;
            }
        }
        else
        {
            TakeId(item, id);
        }

        item.Name = Text(members, "Name");
        item.AssociationName = Text(members, "AssociationName");
        item.AssociationVersion = Text(members, "AssociationVersion");
        item.AccountId = Text(members, "AccountId");
        item.RoleArn = Text(members, "RoleArn");
        item.Region = Text(members, "Region")?.ToLowerInvariant();
        if (item.Refusal is null && item.Region is not null && !RegionCode.IsOne(item.Region))
        {
            Refuse(item, $"Region: '{item.Region}' is no code of a Region, such as eu-north-1.");
        }
        else if (item.Refusal is null && item.RoleArn is not null && !TextPatterns.IsRoleArn(item.RoleArn))
        {
            Refuse(item, $"RoleArn: '{item.RoleArn}' is no ARN of a role.");
        }

        ReadContent(item, members);
        if (item.Refusal is null)
        {
            // What was written to a file, or came from another session, has lost its type, and not its members.
            TakeWrittenStatus(item, members);
        }
    }

    private void ReadContent(RemovalItem item, Dictionary<string, object?> members)
    {
        object? content = Value(members, "Entry");
        if (Value(members, "Existing") is { } existing && Shapes.Of(ref existing) is Shape.Bag or Shape.Object)
        {
            for (var cursor = new MemberCursor(existing!, _context, isProbe: true); cursor.MoveNext();)
            {
                content = cursor.Name == "Entry" ? cursor.Value : content;
                item.AssociationVersion = cursor.Name == "AssociationVersion" ? cursor.Value?.ToString() : item.AssociationVersion;
            }
        }

        object? shaped = content;
        if (Shapes.Of(ref shaped) is not (Shape.Bag or Shape.Object))
        {
            return;
        }

        AssociationEntry? entry = _entries.Read(content, _issues);
        EntryIssue? error = _issues.Take().FirstOrDefault(static issue => issue.Severity == IssueSeverity.Error);
        if (entry is not null && error is null)
        {
            item.Content = entry;
        }
        else if (_needsContent && item.Refusal is null)
        {
            Refuse(item, $"Entry: the content cannot be read, so that it cannot be compared ({error?.Path}: {error?.Message}). A file of JSON needs ConvertTo-Json -Depth 10. Pass the id alone, or -Force, to remove the association without a comparison.");
        }
    }

    private static void TakeWrittenStatus(RemovalItem item, Dictionary<string, object?> members)
    {
        string? status = Text(members, "Status");
        if (members.ContainsKey("Differences"))
        {
            TakeStatus(item, Enum.TryParse(status, ignoreCase: true, out ComparisonStatus comparison) ? comparison : ComparisonStatus.Same);
        }
        else if (members.ContainsKey("BatchNumber"))
        {
            TakeStatus(item, Enum.TryParse(status, ignoreCase: true, out AssociationStatus result) ? result : AssociationStatus.Unknown);
        }
        else if (Text(members, "ErrorCode") == ErrorCodes.NotToBeRemoved)
        {
            item.Refusal = NotToBeRemoved("The input says that an earlier run had reason not to remove it.");
        }
    }

    private static void TakeStatus(RemovalItem item, AssociationStatus status)
    {
        switch (status)
        {
            case AssociationStatus.Created:
                if (item.Id is null && item.Refusal is null)
                {
                    Refuse(item, "The result has no AssociationId.");
                }

                break;

            case AssociationStatus.Existing:
                item.Refusal = NotToBeRemoved("The association was there before that run, which did not create it.");
                break;

            case AssociationStatus.Unknown:
                item.Refusal = NotToBeRemoved("It is not known whether that run created the association. It may exist: look for it, and pass its id.");
                break;

            default:
                item.Refusal = NotToBeRemoved($"The status of the entry is {status}: that run created no association for it.");
                break;
        }
    }

    private static void TakeStatus(RemovalItem item, ComparisonStatus status)
    {
        if (status != ComparisonStatus.Extra)
        {
            item.Refusal = NotToBeRemoved($"The comparison says {status}; only what is Extra is removed.");
        }
    }

    private static void TakeId(RemovalItem item, string text)
    {
        text = text.Trim();
        if (IsId(text))
        {
            item.Id = Guid.Parse(text);
        }
        else
        {
            Refuse(item, $"'{(text.Length <= 80 ? text : text.Substring(0, 77) + "...")}' is no id of an association. An id looks like 33858bec-0c55-4547-a054-eb5fc0000000.");
        }
    }

    private static bool IsId(string text)
    {
        if (text.Length != 36)
        {
            return false;
        }

        for (int i = 0; i < text.Length; i++)
        {
            bool isHex = text[i] is (>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F');
            if (i is 8 or 13 or 18 or 23 ? text[i] != '-' : !isHex)
            {
                return false;
            }
        }

        return true;
    }

    private static object? Value(Dictionary<string, object?> members, string name) =>
        members.TryGetValue(name, out object? value) && !Shapes.IsBlank(value) ? value : null;

    /// <summary>A member that is a single value. What was serialized keeps the name of a constant as the text of its wrapper.</summary>
    private static string? Text(Dictionary<string, object?> members, string name)
    {
        object? value = Value(members, name);
        string? text = (value as PSObject)?.ToString();
        return Shapes.Of(ref value) switch
        {
            Shape.Text => ((string)value!).Trim(),
            Shape.Scalar => text ?? Shapes.Format(value!),
            _ => null,
        };
    }

    private static RemovalRefusal NotToBeRemoved(string reason) => new(RemovalStatus.NotAttempted, ErrorCodes.NotToBeRemoved, "Not removed: " + char.ToLowerInvariant(reason[0]) + reason.Substring(1));

    private static void Refuse(RemovalItem item, string message) => item.Refusal ??= new RemovalRefusal(RemovalStatus.Invalid, ErrorCodes.AssociationIdInvalid, message);
}
