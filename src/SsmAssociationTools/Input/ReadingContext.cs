using System.Collections;
using System.Collections.Generic;
using SsmAssociationTools.Json;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Input;

/// <summary>
/// Where a reader stands in an input: the path for issues, what is sensitive, how much may still be read.
/// Paths become text only when there is an issue. Not safe for concurrent use.
/// </summary>
/// <param name="bags">Shared with whoever looks at the same input; null where this is the only look.</param>
internal sealed class ReadingContext(BagProperties? bags = null)
{
    /// <summary>Levels of lists, envelopes and JSON; the deepest member of an entry stands on level 8.</summary>
    public const int MaxDepth = JsonText.MaxDepth;

    /// <summary>Items read from one list: twice the longest that the service takes.</summary>
    public const int MaxItems = 10_000;

    /// <summary>Items read from one input, so that lists of lists end as well.</summary>
    private const int MaxTotalItems = 1_000_000;

    /// <summary>Issues of one input: more tell nothing, and an input may hold a million faults.</summary>
    private const int MaxIssues = 1_000;

    /// <summary>Names and values are shown up to this length, in characters; inputs may hold texts of any size.</summary>
    private const int MaxShown = 200;

    private readonly List<Pending> _pending = [];
    private readonly List<string> _unread = [];

    private readonly IssuePath _path = new();
    private int _items;
    private bool _isStopped;

    /// <summary>The properties of every bag, and of the input itself those that were seen before.</summary>
    public BagProperties Bags { get; } = bags ?? new BagProperties();

    /// <summary>How many members are entered; give it to <see cref="LeaveTo"/> after an exception.</summary>
    public int Depth => _path.Depth;

    /// <summary>True below Parameters: no value may be shown.</summary>
    public bool IsSensitive { get; set; }

    /// <summary>True where values come from cells of a flat row, in which lists are written as text.</summary>
    public bool IsFlat { get; set; }

    /// <summary>How many issues there are so far; give it to <see cref="DropFrom"/> to take back later ones.</summary>
    public int IssueCount => _pending.Count;

    /// <summary>Begins a new input.</summary>
    public void Start()
    {
        _pending.Clear();
        _unread.Clear();
        _path.LeaveTo(0);
        _items = 0;
        _isStopped = false;
        IsSensitive = false;
        IsFlat = false;
    }

    /// <summary>Hands over the issues.</summary>
    public void Finish(IssueCollector issues)
    {
        foreach (string member in _unread)
        {
            issues.AddUnread(member);
        }

        foreach (Pending pending in _pending)
        {
            if (pending.Severity == IssueSeverity.Error)
            {
                issues.AddUnread(pending.Path.Split('.', '[')[0]);
            }

            issues.Add(pending.Rule, pending.Severity, pending.Path, pending.Message, pending.Value);
        }

        _pending.Clear();
    }

    /// <summary>Goes down to a member.</summary>
    public void Enter(string name) => _path.Enter(name);

    /// <summary>Goes down to an item.</summary>
    public void Enter(int index) => _path.Enter(index);

    /// <summary>Goes back up.</summary>
    public void Leave() => _path.Leave();

    /// <summary>Goes back up to a depth seen before, to read another member.</summary>
    public void LeaveTo(int depth)
    {
        _path.LeaveTo(depth);
        _isStopped = false;
    }

    /// <summary>Takes note of a member that something unreadable was meant for.</summary>
    public void Miss(string member) => _unread.Add(member);

    /// <summary>Takes back issues: what they speak of turned out not to be read.</summary>
    public void DropFrom(int count)
    {
        _pending.RemoveRange(count, _pending.Count - count);
        _unread.Clear();
    }

    /// <summary>Counts an item about to be read.</summary>
    public bool MayRead(int index)
    {
        if (_isStopped)
        {
            return false;
        }

        if (index < MaxItems && _items < MaxTotalItems)
        {
            _items++;
            return true;
        }

        Report(ReadingRules.TooMany, "There are too many items here; only the first were read. Check that the collection has an end.");
        _isStopped = true;
        return false;
    }

    /// <summary>Looks whether lists and objects may nest once more.</summary>
    /// <returns>False on level 32; the issue is reported and no further item of this member is read.</returns>
    public bool MayDescend(int depth)
    {
        if (depth < MaxDepth)
        {
            return true;
        }

        if (!_isStopped)
        {
            Report(ReadingRules.TooDeep, "Lists and objects are nested deeper than 32 levels here. Check whether one of them contains itself.");
            _isStopped = true;
        }

        return false;
    }

    /// <summary>Reads a list item by item; stops where it is nested too deep or has too many items.</summary>
    public IEnumerable<object?> Items(IEnumerable list, int depth)
    {
        if (!MayDescend(depth))
        {
            yield break;
        }

        int index = 0;
        foreach (object? item in list)
        {
            if (!MayRead(index++))
            {
                yield break;
            }

            yield return item;
        }
    }

    /// <summary>Reports an issue here with the rule's own severity.</summary>
    public void Report(RuleDefinition rule, string message, string? value = null) =>
        Report(rule, rule.Severity, message, value);

    /// <summary>Reports an issue here.</summary>
    public void Report(RuleDefinition rule, IssueSeverity severity, string message, string? value = null)
    {
        if (_pending.Count < MaxIssues)
        {
            _pending.Add(new Pending(rule, severity, _path.ToString(), message, IsSensitive || value is null ? null : Shown(value)));
        }
        else if (_pending.Count == MaxIssues)
        {
            _pending.Add(new Pending(
                ReadingRules.TooMany, IssueSeverity.Error, string.Empty, "There are more than 1,000 issues; the others are left out.", null));
        }
    }

    /// <summary>Cuts a name or a value for a message.</summary>
    public static string Shown(string text) => text.Length <= MaxShown ? text : text.Substring(0, MaxShown - 3) + "...";

    private readonly struct Pending(RuleDefinition rule, IssueSeverity severity, string path, string message, string? value)
    {
        public RuleDefinition Rule { get; } = rule;

        public IssueSeverity Severity { get; } = severity;

        public string Path { get; } = path;

        public string Message { get; } = message;

        public string? Value { get; } = value;
    }
}
