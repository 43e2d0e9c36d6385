using System;
using System.Collections;
using System.Management.Automation;
using SsmAssociationTools.Json;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Input;

/// <summary>
/// Recognises whatever comes through the pipeline, once and for every cmdlet: live objects of this module, copies of them
/// from jobs, files and JSON, objects of the AWS SDK, ids, and anything that may be an entry. Not safe for concurrent use;
/// one pipeline has one.
/// </summary>
internal sealed class InputReader
{
    private readonly BagProperties _bags = new();
    private readonly ReadingContext _context;
    private readonly EntryReader _entries;
    private readonly InputCopy _copies;

    /// <summary>Takes what nobody asks for.</summary>
    private readonly IssueCollector _unheard = new();

    public InputReader(bool strict = false)
    {
        _context = new ReadingContext(_bags);
        _entries = new EntryReader(strict, _bags);
        _copies = new InputCopy(_context);
    }

    /// <summary>Reads one input.</summary>
    /// <param name="issues">Takes what is wrong with its entry, by path.</param>
    /// <param name="holder">What was made of the input and stands for it, with what somebody added to that; null where there is none.</param>
    public InputFacts Read(object? input, IssueCollector issues, InputFacts? holder = null)
    {
        var facts = new InputFacts(input);
        object? content = input;
        try
        {
            _context.Start();
            Recognise(facts, input, 0);
            content = InputContent.Of(facts);
            facts.Added = InputContent.AddedTo(facts, holder?.Added);
        }
        catch (Exception problem) when (CallerCode.IsProblem(problem))
        {
            // Dictionaries and collections of the caller run his code while they are read. What they are stays open, so
            // nothing is made of them, even if they let themselves be read the next time.
            issues.Add(ReadingRules.Unreadable, string.Empty, CallerCode.Describe(problem));
            facts.IsUnclear = true;
        }

        if (!facts.IsUnclear)
        {
            ReadEntry(facts, content, issues);
        }

        _bags.Forget();
        return facts;
    }

    private void ReadEntry(InputFacts facts, object? content, IssueCollector issues)
    {
        if (!facts.IsLive && facts.Kind == InputKind.Unreadable)
        {
            // The copy says why, and has nothing to be read.
            _copies.Complete(facts);
        }

        // A result that has no entry is read from what it was made of.
        if ((facts.Unreadable ?? (content is PSObject wrapped ? wrapped.BaseObject : content) as UnreadableEntry) is { } marker)
        {
            issues.Add(marker);
        }
        else if (facts.HasLostEntry)
        {
            issues.Add(
                ReadingRules.NotAnEntry,
                string.Empty,
                $"This is a copy of {DescriptionOf(facts.Kind)} that has lost its entry: what is left are texts to look at. Keep its EntryJson, which Export-Csv and ConvertTo-Json leave whole, or pass the entry itself.");
        }
        else
        {
            facts.Entry = _entries.Read(content, issues, InputContent.Beside(facts, content));
            facts.OwnRegion = _entries.Region;
            facts.OwnRoleArn = _entries.RoleArn;
        }

        facts.Source ??= facts.Entry?.Source;
        facts.Name ??= facts.Entry?.Name;
        facts.AssociationName ??= facts.Entry?.AssociationName;
        if (!facts.IsLive)
        {
            ReadExisting(facts);
            _copies.Complete(facts);
        }
    }

    /// <summary>Of a copied comparison, the association as it exists, beside the entry as it is wanted.</summary>
    private void ReadExisting(InputFacts facts)
    {
        if (facts.ExistingContent is { } content && !ReferenceEquals(content, facts.Content))
        {
            facts.ExistingEntry = _entries.Read(content, _unheard);
            _unheard.Take();
        }
    }

    private static string DescriptionOf(InputKind kind) => kind switch
    {
        InputKind.Result => "a result of New-SsmAssociationBatch",
        InputKind.Removal => "a result of Remove-SsmAssociationBatch",
        InputKind.Start => "a result of Start-SsmAssociationBatch",
        InputKind.Outcome => "an outcome of Get-SsmAssociationOutcome",
        InputKind.Comparison => "a comparison of Compare-SsmAssociationEntry",
        InputKind.Validation => "a verdict of Test-SsmAssociationEntry",
        _ => "an association",
    };

    private void Recognise(InputFacts facts, object? input, int depth)
    {
        object? value = input;
        facts.Shape = InputValue.ShapeOf(ref value);
        facts.Value = value;
        switch (facts.Shape)
        {
            case Shape.Text:
                RecogniseText(facts, ((string)value!).Trim().TrimStart('\uFEFF').TrimStart(), depth);
                break;
            case Shape.Scalar when value is Guid id:
                facts.Kind = InputKind.Id;
                facts.AssociationId = id.ToString("D");
                break;
            case Shape.List when depth < ReadingContext.MaxDepth && OnlyOf((IEnumerable)value!, out object? only):
                Recognise(facts, only, depth + 1);
                break;
            case Shape.Object when RecogniseOwn(facts, value!, depth):
                facts.IsLive = true;
                break;
            case Shape.Object or Shape.Bag:
                _copies.Read(facts, value!);
                if (facts.OriginInput is { } origin && depth < ReadingContext.MaxDepth)
                {
                    TakeOrigin(facts, origin, depth);
                }

                break;
        }
    }

    private void RecogniseText(InputFacts facts, string text, int depth)
    {
        facts.Value = text;
        if (JsonText.LooksLikeJson(text))
        {
            if (depth < ReadingContext.MaxDepth && JsonText.Read(text, out object? value, out _) == JsonFault.None)
            {
                Recognise(facts, value, depth + 1);
            }
        }
        else if (AssociationIds.IsOne(text))
        {
            facts.Kind = InputKind.Id;
            facts.AssociationId = text;
        }
    }

    /// <summary>Takes the one item of a list. The list may have no end: two items are enough to know.</summary>
    private static bool OnlyOf(IEnumerable list, out object? only)
    {
        only = null;
        int count = 0;
        foreach (object? item in list)
        {
            only = item;
            if (++count > 1)
            {
                break;
            }
        }

        return count == 1;
    }

    private bool RecogniseOwn(InputFacts facts, object value, int depth)
    {
        facts.Own = value;
        switch (value)
        {
            case AssociationEntry entry:
                facts.Own = null;
                facts.Source = entry.Source;
                return true;

            case ExistingAssociation existing:
                facts.Kind = InputKind.Existing;
                Take(facts, existing);
                return true;

            case AssociationComparison comparison:
                facts.Kind = InputKind.Comparison;
                if (comparison.Existing is not null)
                {
                    Take(facts, comparison.Existing);
                }

                facts.StatusText = comparison.Status.ToString();
                TakePlace(facts, comparison.Region, comparison.AccountId, comparison.RoleArn);
                return true;

            case AssociationResult result:
                facts.Kind = InputKind.Result;
                facts.StatusText = result.Status.ToString();
                facts.AssociationId = result.AssociationId;
                facts.AssociationVersion = result.AssociationVersion;
                facts.ErrorCode = result.ErrorCode;
                facts.Source = result.Source;
                facts.Name = result.Name;
                facts.AssociationName = result.AssociationName;
                TakePlace(facts, result.Region, result.AccountId, result.RoleArn);
                if (result.Entry is null)
                {
                    TakeOrigin(facts, result.InputObject, depth);
                }

                return true;

            case EntryValidation validation:
                facts.Kind = InputKind.Validation;
                facts.Source = validation.Source;
                TakeOrigin(facts, validation.InputObject, depth);
                return true;

            case AssociationRemoval removal:
                facts.Kind = InputKind.Removal;
                facts.StatusText = removal.Status.ToString();
                facts.Name = removal.Name;
                facts.AssociationName = removal.AssociationName;
                TakeOrigin(facts, removal.InputObject, depth);
                facts.AssociationId = removal.AssociationId ?? facts.AssociationId;
                facts.ErrorCode = removal.ErrorCode;
                TakePlace(facts, removal.Region, removal.AccountId, removal.RoleArn);
                return true;

            case AssociationStart start:
                facts.Kind = InputKind.Start;
                facts.StatusText = start.Status.ToString();
                facts.Name = start.Name;
                facts.AssociationName = start.AssociationName;
                facts.AssociationId = start.AssociationId;
                facts.ErrorCode = start.ErrorCode;
                facts.StartedAfter = start.StartedAfter;
                facts.StartedBefore = start.StartedBefore;
                TakePlace(facts, start.Region, start.AccountId, start.RoleArn);
                TakeOrigin(facts, start.InputObject, depth);
                return true;

            case AssociationOutcome outcome:
                facts.Kind = InputKind.Outcome;
                facts.StatusText = outcome.Status.ToString();
                facts.Name = outcome.Name;
                facts.AssociationName = outcome.AssociationName;
                facts.Source = outcome.Source;
                facts.AssociationId = outcome.AssociationId;
                facts.AssociationVersion = outcome.AssociationVersion;
                facts.ExecutionId = outcome.ExecutionId;
                facts.ErrorCode = outcome.ErrorCode;
                facts.StartedAfter = outcome.StartedAfter;
                facts.StartedBefore = outcome.StartedBefore;
                TakePlace(facts, outcome.Region, outcome.AccountId, outcome.RoleArn);
                TakeOrigin(facts, outcome.InputObject, depth);
                return true;

            case UnreadableEntry marker:
                facts.Kind = InputKind.Unreadable;
                facts.Source = marker.Source;
                facts.ErrorCode = marker.ErrorCode;
                return true;

            default:
                facts.Own = null;
                return false;
        }
    }

    private void TakeOrigin(InputFacts facts, object? input, int depth)
    {
        var origin = new InputFacts(input);
        if (depth < ReadingContext.MaxDepth)
        {
            Recognise(origin, input, depth + 1);
        }

        if (origin.Kind == InputKind.Entry)
        {
            return;
        }

        facts.Origin = origin;
        if (facts.Kind == InputKind.Removal)
        {
            facts.AssociationId ??= origin.AssociationId;
            facts.AssociationVersion ??= origin.AssociationVersion;
            facts.Region ??= origin.Region;
            facts.AccountId ??= origin.AccountId;
            facts.RoleArn ??= origin.RoleArn;
        }
    }

    private static void Take(InputFacts facts, ExistingAssociation existing)
    {
        facts.AssociationId = existing.AssociationId.Length == 0 ? null : existing.AssociationId;
        facts.AssociationVersion = existing.AssociationVersion;
        facts.StatusText = existing.Status;
        TakePlace(facts, existing.Region, existing.AccountId, existing.RoleArn);
    }

    private static void TakePlace(InputFacts facts, string? region, string? accountId, string? roleArn)
    {
        facts.Region = region ?? facts.Region;
        facts.AccountId = accountId ?? facts.AccountId;
        facts.RoleArn = roleArn ?? facts.RoleArn;
    }
}
