using System;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Scheduling;

namespace SsmAssociationTools.Validation;

/// <summary>One entry under validation and what was found out about it. Reused from entry to entry.</summary>
internal sealed class EntryContext
{
    private readonly ValidationOptions _options;
    private readonly ScheduleCache _schedules = new();
    private readonly Func<DateTime> _utcNow;
    private string? _documentText;
    private KnownDocument? _known;

    public EntryContext(ValidationOptions options, Func<DateTime> utcNow)
    {
        _options = options;
        _utcNow = utcNow;
    }

    /// <summary>The Region that the entry goes to; null when it is not known.</summary>
    public string? Region { get; private set; }

    /// <summary>The entry.</summary>
    public AssociationEntry Entry { get; private set; } = new();

    /// <summary>Where in the entry a check stands.</summary>
    public IssuePath Path { get; } = new();

    /// <summary>Takes the problems.</summary>
    public IssueCollector Issues { get; private set; } = new();

    /// <summary>The document's name.</summary>
    public DocumentReference Document { get; private set; }

    /// <summary>What is known of the document; null when nothing is.</summary>
    public KnownDocument? Known { get; private set; }

    /// <summary>True where the document itself says what it takes: what goes against it is an error.</summary>
    public bool IsDocumentRead => Known?.Schema is not null;

    /// <summary>Type of the document, unknown where nothing is known of it.</summary>
    public DocumentType Type => Known?.Type ?? (IsConfigRemediation ? DocumentType.Automation : DocumentType.Unknown);

    /// <summary>The schedule; null when there is none.</summary>
    public ScheduleExpression? Schedule { get; private set; }

    /// <summary>The time of day, in UTC.</summary>
    public DateTime UtcNow => _utcNow();

    /// <summary>True when the entry has a legacy node id.</summary>
    public bool HasInstanceId => !string.IsNullOrEmpty(Entry.InstanceId);

    /// <summary>True when the entry has at least one target.</summary>
    public bool HasTargets => Entry.Targets is { Length: > 0 };

    /// <summary>True when the entry has at least one target map.</summary>
    public bool HasTargetMaps => Entry.TargetMaps is { Length: > 0 };

    /// <summary>True when the entry names the runbook's parameter for the targets.</summary>
    public bool HasTargetParameter => !string.IsNullOrEmpty(Entry.AutomationTargetParameterName);

    /// <summary>True when a target location has targets of its own.</summary>
    public bool HasLocationTargets
    {
        get
        {
            foreach (TargetLocation? location in Entry.TargetLocations ?? [])
            {
                if (location?.Targets is { Length: > 0 })
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>
    /// True for a runbook, and for a document of unknown type in an entry with members that only runbooks take.
    /// </summary>
    public bool LooksLikeAutomation => Type switch
    {
        DocumentType.Automation => true,
        DocumentType.Unknown => HasAutomationMember || HasAutomationKey,
        _ => false,
    };

    /// <summary>True where the entry has a member that only runbooks take, the keys of its targets left aside.</summary>
    public bool HasAutomationMember => HasTargetParameter
        || HasTargetMaps
        || Entry.TargetLocations is { Length: > 0 }
        || Entry.Parameters?.ContainsKey("AutomationAssumeRole") == true;

    private bool IsConfigRemediation => Document.Name.StartsWith("AWSConfigRemediation-", StringComparison.Ordinal);

    private bool HasAutomationKey
    {
        get
        {
            foreach (AssociationTarget? target in Entry.Targets ?? [])
            {
                if (target?.Key is { } key && TargetKey.IsAutomationOnly(TargetKey.KindOf(key)))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Turns to the next entry.</summary>
    /// <param name="document">What is known of the document; null where only the options and the table tell.</param>
    public void Begin(AssociationEntry entry, IssueCollector issues, string? region, KnownDocument? document = null)
    {
        Path.LeaveTo(0);
        Region = region ?? _options.Region;
        Entry = entry;
        Issues = issues;

        // The entries of a fleet often share the very text of the name.
        if (entry.Name != _documentText || _documentText is null)
        {
            _documentText = entry.Name;
            Document = DocumentReference.Parse(entry.Name);
            _known = _options.Documents?.Invoke(Document.Name) ?? KnownDocuments.Find(Document.Name);
        }

        Known = document ?? _known;

        Schedule = string.IsNullOrEmpty(entry.ScheduleExpression) ? null : _schedules.Get(entry.ScheduleExpression!);
    }
}
