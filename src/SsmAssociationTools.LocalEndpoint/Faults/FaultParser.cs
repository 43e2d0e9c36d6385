using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using SsmAssociationTools.Rehearsal;

namespace SsmAssociationTools.LocalEndpoint.Faults;

/// <summary>
/// Reads the notation of faults: OPERATION WHEN EFFECT [name=value ...], such as
/// <c>CreateAssociationBatch 20% throttle status=503 retry-after=2</c>. docs/local-endpoint.md describes it.
/// </summary>
internal sealed class FaultParser
{
    private const string AnyOperation = "*";
    private const string TriggerForms = "always, a percentage such as 20%, 'call 3', 'call 1,4-6', 'first 2', 'after 10', 'every 5'";

    private static readonly string[] s_operations =
    [
        "CreateAssociationBatch", "CreateAssociation", "ListAssociations", "DescribeAssociation", "DeleteAssociation",
        "UpdateAssociation", "ListAssociationVersions", "DescribeAssociationExecutions", "DescribeAssociationExecutionTargets",
        "StartAssociationsOnce", "DescribeInstanceAssociationsStatus", "DescribeInstanceInformation", "GetDocument", "DescribeDocument",
        "ListDocuments", "GetCalendarState", "AddTagsToResource", "RemoveTagsFromResource", "ListTagsForResource",
    ];

    private static readonly string[] s_withLists =
    [
        "CreateAssociationBatch", "ListAssociations", "ListAssociationVersions", "DescribeAssociationExecutions", "DescribeAssociationExecutionTargets",
        "DescribeInstanceAssociationsStatus", "DescribeInstanceInformation", "ListDocuments",
    ];
    private static readonly string[] s_creating = ["CreateAssociationBatch", "CreateAssociation"];
    private static readonly string[] s_reading = ["ListAssociations", "DescribeAssociation"];

    /// <summary>The effects: their words, their options (those with ! must be given), the operations they can be for.</summary>
    private static readonly Dictionary<string, (FaultEffect Effect, string Options, string[] Operations)> s_effects = new(StringComparer.Ordinal)
    {
        ["throttle"] = (FaultEffect.Throttle, "status retry-after code message", s_operations),
        ["server-error"] = (FaultEffect.ServerError, "acted status retry-after code message", s_operations),
        ["reset"] = (FaultEffect.Reset, "acted", s_operations),
        ["delay"] = (FaultEffect.Delay, "seconds! acted", s_operations),
        ["truncate"] = (FaultEffect.Truncate, "acted", s_operations),
        ["malformed"] = (FaultEffect.Malformed, "acted", s_operations),
        ["empty"] = (FaultEffect.Empty, "acted", s_operations),
        ["wrong-type"] = (FaultEffect.WrongType, "acted", s_operations),
        ["error"] = (FaultEffect.Error, "code! message status acted", s_operations),
        ["rate-limit"] = (FaultEffect.RateLimit, "per-second! burst", s_operations),
        ["no-message"] = (FaultEffect.NoMessage, "text", s_operations),
        ["reorder"] = (FaultEffect.Reorder, string.Empty, s_withLists),
        ["omit"] = (FaultEffect.Omit, "share acted", s_withLists),
        ["null-lists"] = (FaultEffect.NullLists, "lists", s_withLists),
        ["lag"] = (FaultEffect.Lag, "calls seconds", s_reading),
        ["fail-entries"] = (FaultEffect.FailEntries, "share code message fault", s_creating),
    };

    private readonly string _source;
    private readonly List<FaultToken> _tokens;
    private readonly string _line;

    private FaultParser(string line, string source)
    {
        _line = line;
        _source = source;
        _tokens = Split();
    }

    /// <summary>The words for effects, each with the names of its options; documentation is checked against them.</summary>
    public static IEnumerable<(string Name, string[] Options)> Effects => s_effects.Select(
        effect => (effect.Key, effect.Value.Options.Split([' ', '!'], StringSplitOptions.RemoveEmptyEntries)));

    /// <summary>Reads all faults of an endpoint's options.</summary>
    /// <param name="options">The options.</param>
    /// <returns>The faults, those of the list before those of the file.</returns>
    /// <exception cref="LocalEndpointException">A fault is not in the notation, or the file cannot be read.</exception>
    public static List<FaultRule> ReadAll(LocalEndpointOptions options)
    {
        List<FaultRule> rules = [];
        for (int i = 0; i < options.Faults.Count; i++)
        {
            AddTo(rules, options.Faults[i], $"Fault {i + 1}");
        }

        if (options.FaultPath is string path)
        {
            string[] lines;
            try
            {
                lines = File.ReadAllLines(path);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
            {
                throw new LocalEndpointException("FaultsNotRead", $"The fault file '{path}' cannot be read: {exception.Message}", exception);
            }

            for (int i = 0; i < lines.Length; i++)
            {
                AddTo(rules, lines[i], $"Line {i + 1} of the fault file '{path}'");
            }
        }

        return rules;
    }

    private static void AddTo(List<FaultRule> rules, string line, string source)
    {
        string trimmed = line.Trim();
        if (trimmed.Length > 0 && trimmed[0] != '#')
        {
            rules.Add(new FaultParser(line, source).Read());
        }
    }

    private LocalEndpointException Bad(int position, string problem, string allowed) =>
        new("FaultNotation", $"{_source}, '{_line}', position {position}: {problem} Allowed: {allowed}.");

    private List<FaultToken> Split()
    {
        List<FaultToken> tokens = [];
        var word = new StringBuilder();
        int start = -1;
        bool quoted = false;
        for (int i = 0; i <= _line.Length; i++)
        {
            char c = i < _line.Length ? _line[i] : ' ';
            if (c == '"' && i < _line.Length)
            {
                quoted = !quoted;
                start = start < 0 ? i : start;
            }
            else if (char.IsWhiteSpace(c) && (!quoted || i == _line.Length))
            {
                if (quoted)
                {
                    throw Bad(start + 1, "a quotation mark is not closed.", "text in a pair of quotation marks");
                }

                if (start >= 0)
                {
                    tokens.Add(new FaultToken(word.ToString(), start + 1));
                    word.Clear();
                    start = -1;
                }
            }
            else
            {
                start = start < 0 ? i : start;
                word.Append(c);
            }
        }

        return tokens;
    }

    private FaultRule Read()
    {
        int next = 0;
        FaultToken operation = Take(ref next, "the operation", AnyOperation + ", " + string.Join(", ", s_operations));
        string? name = operation.Text == AnyOperation
            ? null
            : s_operations.FirstOrDefault(known => string.Equals(known, operation.Text, StringComparison.OrdinalIgnoreCase))
                ?? throw Bad(operation.Position, $"'{operation.Text}' is not an operation.", AnyOperation + ", " + string.Join(", ", s_operations));
        FaultTrigger trigger = ReadTrigger(ref next);
        FaultToken effect = Take(ref next, "the effect", string.Join(", ", s_effects.Keys));
        if (!s_effects.TryGetValue(effect.Text, out (FaultEffect Effect, string Options, string[] Operations) known))
        {
            throw Bad(effect.Position, $"'{effect.Text}' is not an effect.", string.Join(", ", s_effects.Keys));
        }

        if (name is not null && !known.Operations.Contains(name))
        {
            throw Bad(effect.Position, $"'{effect.Text}' cannot happen to {name}.", string.Join(", ", known.Operations));
        }

        var rule = new FaultRule(name, trigger, known.Effect);
        ReadOptions(rule, effect, known.Options.Split([' '], StringSplitOptions.RemoveEmptyEntries), next);
        return rule;
    }

    private FaultToken Take(ref int next, string what, string allowed) =>
        next < _tokens.Count ? _tokens[next++] : throw Bad(_line.Length + 1, what + " is missing.", allowed);

    private FaultTrigger ReadTrigger(ref int next)
    {
        FaultToken word = Take(ref next, "which calls it happens to", TriggerForms);
        if (word.Text == "always")
        {
            return FaultTrigger.Always();
        }

        if (word.Text.EndsWith("%", StringComparison.Ordinal))
        {
            return FaultTrigger.Percent(Percentage(word.Position, word.Text));
        }

        if (word.Text is not ("call" or "first" or "after" or "every"))
        {
            throw Bad(word.Position, $"'{word.Text}' does not say which calls.", TriggerForms);
        }

        FaultToken value = Take(ref next, $"the number after '{word.Text}'", TriggerForms);
        return word.Text switch
        {
            "first" => FaultTrigger.First(Whole(value.Position, value.Text, 1)),
            "after" => FaultTrigger.After(Whole(value.Position, value.Text, 1)),
            "every" => FaultTrigger.Every(Whole(value.Position, value.Text, 1)),
            _ => FaultTrigger.Calls([.. value.Text.Split(',').Select(part => Range(value.Position, part))]),
        };
    }

    private (long First, long Last) Range(int position, string text)
    {
        string[] ends = text.Split('-');
        long first = Whole(position, ends[0], 1);
        return ends.Length switch
        {
            1 => (first, first),
            2 => (first, Whole(position, ends[1], first)),
            _ => throw Bad(position, $"'{text}' is not a range of calls.", "numbers and ranges such as 1,4-6"),
        };
    }

    private void ReadOptions(FaultRule rule, FaultToken effect, string[] options, int next)
    {
        string[] names = [.. options.Select(option => option.TrimEnd('!'))];
        string allowed = names.Length == 0 ? "nothing after " + effect.Text : string.Join(", ", names.Select(name => name + "=..."));
        var given = new HashSet<string>(StringComparer.Ordinal);
        for (; next < _tokens.Count; next++)
        {
            FaultToken token = _tokens[next];
            int equals = token.Text.IndexOf('=');
            string name = equals < 0 ? token.Text : token.Text.Substring(0, equals);
            if (equals < 0 || !names.Contains(name))
            {
                throw Bad(token.Position, $"'{token.Text}' is not an option of {effect.Text}.", allowed);
            }

            if (!given.Add(name))
            {
                throw Bad(token.Position, $"'{name}' is given twice.", "each option once");
            }

            Apply(rule, name, token.Text.Substring(equals + 1), token.Position + equals + 1);
        }

        if (options.FirstOrDefault(option => option.EndsWith("!", StringComparison.Ordinal) && !given.Contains(option.TrimEnd('!'))) is string missing)
        {
            throw Bad(_line.Length + 1, $"{effect.Text} needs {missing.TrimEnd('!')}=...", allowed);
        }

        if (rule.Effect == FaultEffect.Lag && given.Count == 0)
        {
            throw Bad(_line.Length + 1, "lag needs calls=... or seconds=...", allowed);
        }

        if (rule.Effect == FaultEffect.RateLimit && !given.Contains("burst"))
        {
            rule.Burst = Math.Max(1, rule.PerSecond);
        }
    }

    private void Apply(FaultRule rule, string name, string value, int position)
    {
        switch (name)
        {
            case "acted":
                rule.Acted = OneOf(position, value, "yes", "no") == "yes";
                break;
            case "status":
                int least = rule.Effect == FaultEffect.ServerError ? 500 : 400;
                rule.Status = rule.Effect == FaultEffect.Throttle
                    ? int.Parse(OneOf(position, value, "400", "429", "503"), CultureInfo.InvariantCulture)
                    : (int)Whole(position, value, least, 599);
                break;
            case "retry-after":
                rule.RetryAfter = (int)Whole(position, value, 0, 86400);
                break;
            case "code":
                rule.Code = value.Length > 0 && value.All(char.IsLetterOrDigit)
                    ? value
                    : throw Bad(position, $"'{value}' is not an error code.", "letters and digits, such as InvalidDocument");
                break;
            case "message":
                rule.Message = value;
                break;
            case "fault":
                rule.Fault = OneOf(position, value, "Client", "Server", "Unknown");
                break;
            case "share":
                rule.Share = Percentage(position, value) / 100;
                break;
            case "seconds":
                rule.Duration = TimeSpan.FromSeconds(Number(position, value, 86400));
                break;
            case "calls":
                rule.ListCalls = Whole(position, value, 1);
                break;
            case "per-second":
                rule.PerSecond = Number(position, value, 1_000_000);
                break;
            case "burst":
                rule.Burst = Whole(position, value, 1, 1_000_000);
                break;
            case "lists":
                rule.EmptyListsOnly = OneOf(position, value, "all", "empty") == "empty";
                break;
            case "text":
                rule.EmptyText = OneOf(position, value, "null", "empty") == "empty";
                break;
        }
    }

    private string OneOf(int position, string value, params string[] allowed) =>
        allowed.Contains(value) ? value : throw Bad(position, $"'{value}' cannot stand here.", string.Join(", ", allowed));

    private long Whole(int position, string text, long least, long most = int.MaxValue) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number >= least && number <= most
            ? number
            : throw Bad(position, $"'{text}' cannot stand here.", $"a whole number from {least} to {most}");

    private double Number(int position, string text, double most) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number > 0 && number <= most
            ? number
            : throw Bad(position, $"'{text}' cannot stand here.", $"a number above 0, at most {most.ToString(CultureInfo.InvariantCulture)}");

    private double Percentage(int position, string text) =>
        text.EndsWith("%", StringComparison.Ordinal)
        && double.TryParse(text.TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
        && number > 0
        && number <= 100
            ? number
            : throw Bad(position, $"'{text}' cannot stand here.", "a percentage above 0%, at most 100%");
}
