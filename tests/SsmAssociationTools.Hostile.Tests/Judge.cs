using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using SsmAssociationTools.HostileService;

namespace SsmAssociationTools.Hostile.Tests;

/// <summary>Compares what a run says with what is true in the service.</summary>
internal sealed class Judge(Scenario scenario, HostileEndpoint service)
{
    /// <summary>What was created in this time before a run may have been created by it, for all that clocks can tell.</summary>
    private static readonly TimeSpan s_recent = TimeSpan.FromMinutes(1);

    private readonly List<Fault> _faults = [];

    public static IReadOnlyList<Fault> Faults(Scenario scenario, HostileEndpoint service, IReadOnlyList<SeenResult> results, IReadOnlyList<string> texts, bool isLate)
    {
        var judge = new Judge(scenario, service);
        if (isLate)
        {
            judge.Add(FaultKind.Endless, $"still running after the limit; {service.Calls} calls");
        }

        judge.CheckTexts(results, texts);
        if (!isLate)
        {
            foreach (string place in scenario.Places)
            {
                judge.CheckPlace(place, [.. results.Where(result => judge.PlaceOf(result) == place)]);
            }
        }

        return judge._faults;
    }

    /// <summary>What holds for every command: no value, no raw character, nothing to another host.</summary>
    public static IReadOnlyList<Fault> TextFaults(Scenario scenario, HostileEndpoint service, IReadOnlyList<SeenResult> results, IReadOnlyList<string> texts)
    {
        var judge = new Judge(scenario, service);
        judge.CheckTexts(results, texts);
        return judge._faults;
    }

    private string PlaceOf(SeenResult result)
    {
        string account = result.Account.Length > 0 ? result.Account : scenario.Places[0].Split('/')[0];
        string region = result.Region.Length > 0 ? result.Region : scenario.Places[0].Split('/')[1];
        return $"{account}/{region}";
    }

    private void Add(FaultKind kind, string text) => _faults.Add(new Fault(kind, text));

    private void CheckTexts(IReadOnlyList<SeenResult> results, IReadOnlyList<string> texts)
    {
        foreach (RawRequest leaked in service.Leaked.Take(1))
        {
            string token = leaked.Header("X-Amz-Security-Token").Length > 0 ? "with" : "without";
            Add(FaultKind.Followed, $"{service.Leaked.Count} request(s) at the other address, the first: {leaked.Method}, {leaked.Body.Length} bytes, {token} a session token");
        }

        List<string> all = [.. texts, .. results.Select(result => result.Text)];
        foreach (string secret in scenario.Secrets)
        {
            // A cut value counts as well: ten letters are enough to go on guessing.
            if (all.Find(text => text.Contains(secret[..10], StringComparison.OrdinalIgnoreCase) || Unescaped(text).Contains(secret[..10], StringComparison.OrdinalIgnoreCase)) is { } leak)
            {
                Add(FaultKind.Leak, Around(leak, secret));
                break;
            }
        }

        foreach (string text in all)
        {
            int place = 0;
            while (place < text.Length && !IsRaw(text[place]))
            {
                place++;
            }

            if (place < text.Length)
            {
                Add(FaultKind.RawText, string.Create(CultureInfo.InvariantCulture, $"U+{(int)text[place]:X4} in: {Visible(text[Math.Max(0, place - 60)..Math.Min(text.Length, place + 20)])}"));
                break;
            }
        }

        if (results.FirstOrDefault(result => result.ErrorCode == "InternalError") is { } internalError)
        {
            Add(FaultKind.InternalError, internalError.ToString());
        }
        else if (texts.FirstOrDefault(text => text.Contains("InternalError,", StringComparison.Ordinal)) is { } text)
        {
            Add(FaultKind.InternalError, Visible(text));
        }
    }

    private static bool IsRaw(char character) => character switch
    {
        '\n' or '\r' or '\t' => false,
        < ' ' or '\u007f' => true,
        >= '\u0080' and <= '\u009f' => true,
        '\u200e' or '\u200f' or '\u061c' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') => true,
        _ => false,
    };

    private static string Unescaped(string text) => System.Net.WebUtility.HtmlDecode(text);

    private static string Around(string text, string secret)
    {
        string readable = text.Contains(secret[..10], StringComparison.OrdinalIgnoreCase) ? text : Unescaped(text);
        int place = readable.IndexOf(secret[..10], StringComparison.OrdinalIgnoreCase);
        return Visible(readable[Math.Max(0, place - 80)..Math.Min(readable.Length, place + 40)]);
    }

    private static string Visible(string text) => string.Concat(text.Select(character => IsRaw(character) || character is '\n' or '\r' ? '.' : character));

    private void CheckPlace(string place, IReadOnlyList<SeenResult> results)
    {
        List<int> indices = [.. results.Select(result => result.Index)];
        List<int> expected = [.. Enumerable.Range(0, scenario.Input.Count)];
        if (!indices.SequenceEqual(expected))
        {
            List<int> missing = [.. expected.Except(indices)];
            List<int> twice = [.. indices.GroupBy(index => index).Where(group => group.Count() > 1).Select(group => group.Key)];
            Add(FaultKind.Results, $"{place}: {results.Count} results for {expected.Count} inputs; missing [{string.Join(" ", missing)}], twice [{string.Join(" ", twice)}]");
            if (missing.Count > 0)
            {
                return;
            }
        }

        IReadOnlyList<Association> made = [.. service.World.All.Where(association => association.Place == place && association.Call > 0)];
        var groups = scenario.Valid.GroupBy(index => Canonical.Of(scenario.Input[index])).ToDictionary(group => group.Key, group => group.ToList());
        foreach (Association association in made.Where(association => !groups.ContainsKey(association.Key)))
        {
            Add(FaultKind.Invented, $"{place}: {association.Key}");
        }

        foreach (IGrouping<string, SeenResult> group in results.Where(result => result.Status == "Created" && result.Id.Length > 0).GroupBy(result => result.Id).Where(group => group.Count() > 1))
        {
            Add(FaultKind.SharedId, $"{place}: {group.Key} is the id of the results {string.Join(" ", group.Select(result => result.Index))}");
        }

        foreach (SeenResult result in results.Where(result => result.Index >= 0 && result.Index < scenario.Input.Count))
        {
            CheckResult(place, result, made);
        }

        foreach ((string key, List<int> members) in groups)
        {
            List<SeenResult> ours = [.. results.Where(result => members.Contains(result.Index))];
            int exist = made.Count(association => association.Key == key);

            // What an earlier run with the same journal made may be found again as what exists.
            int created = ours.Count(result => result.Status == "Created" || (result.Status == "Existing" && made.Any(association => association.Id == result.Id)));
            int unknown = ours.Count(result => result.Status == "Unknown");
            Trace trace = service.World.Read(place, key);
            string what = $"{place}: {scenario.Label(members[0])} (inputs {string.Join(" ", members)}): {exist} made for {members.Count}, {created} Created, {unknown} Unknown, sent {trace.Sent} times";
            if (exist > members.Count && !trace.IsVeryLate)
            {
                Add(FaultKind.Doubled, what);
            }
            else if (exist > created + unknown && !trace.IsVeryLate)
            {
                Add(FaultKind.Hidden, what + ": " + string.Join("; ", ours));
            }

            // Nothing that is needed to know was missing, and still it is not known.
            bool isDated = results.Any(result => result.Status == "Created" && made.Any(association => association.Id == result.Id));
            if (unknown > 0 && WhyUndecidable(place, key, trace, isDated) is null)
            {
                Add(FaultKind.NeedlessUnknown, what + (trace.IsUnclear ? string.Empty : ", every call answered clearly") + ": " + ours.First(result => result.Status == "Unknown").Message);
            }
        }
    }

    private void CheckResult(string place, SeenResult result, IReadOnlyList<Association> made)
    {
        bool isInvalid = scenario.Invalid.Contains(result.Index);
        if (isInvalid != (result.Status == "Invalid"))
        {
            Add(FaultKind.Results, $"{place}: {result}: expected {(isInvalid ? "Invalid" : "anything but Invalid")}");
            return;
        }

        string key = Canonical.Of(scenario.Input[result.Index]);
        if (result.Status == "Created")
        {
            Association? association = made.FirstOrDefault(other => other.Id == result.Id);
            if (association is null)
            {
                bool isOld = service.World.Find(place, result.Id) is not null;
                Add(FaultKind.FalseCreated, $"{place}: {result}: {(result.Id.Length == 0 ? "no id" : isOld ? "was there before" : "does not exist")}");
            }
            else if (association.Key != key && !(service.Script.Has(Mischief.ViewMembersDropped) && Family(association.Content) == Family((JsonObject)scenario.Input[result.Index])))
            {
                // Two that differ in a member which the service does not show cannot be told apart by anybody.
                Add(FaultKind.FalseCreated, $"{place}: {result}: has the content of {(string?)association.Content["AssociationName"] ?? (string?)association.Content["Name"]}");
            }
        }
        else if (result.Status == "Existing")
        {
            Association? association = service.World.Find(place, result.Id);
            if (association is null || (association.Key != key && !service.Script.Has(Mischief.ViewMembersDropped)))
            {
                Add(FaultKind.FalseExisting, $"{place}: {result}: {(association is null ? "does not exist" : "has another content")}");
            }
        }
    }

    /// <summary>Why nobody could know what became of a content; null when it can be known.</summary>
    /// <param name="isDated">
    /// True where the run saw the date of something that it created there. Before that nobody knows by which clock the place dates what it
    /// creates, and so not whether what looks like the entry's is older.
    /// </param>
    private string? WhyUndecidable(string place, string key, Trace trace, bool isDated)
    {
        if (trace.IsVeryLate)
        {
            return "the service acted after every look-up";
        }

        bool readsFail = service.World.FailedReads(place) > 0;
        if (scenario.IfExists != "Create" && readsFail && trace.Sent == 0 && !trace.IsUnclear)
        {
            return null;
        }

        // After an answer of HTTP/1.0 the connection is gone, and a call that was sent on it never arrives: unclear to its sender alone.
        if (!trace.IsUnclear && !(service.Script.Has(Mischief.AnswerOldHttp) && trace.Acted == 0))
        {
            return null;
        }

        if (readsFail)
        {
            return "reading failed";
        }

        string family = Family((JsonObject)JsonNode.Parse(key)!);
        int relatives = scenario.Valid.Count(index => Family((JsonObject)scenario.Input[index]) == family);
        var entry = (JsonObject)JsonNode.Parse(key)!;
        bool IsOfIt(JsonObject content) => Family(content) == family || HasNameOf(content, entry);

        // Of what was never created, clocks and views can hide nothing: something else has to look like it.
        if (trace.Acted > 0 || relatives > 1 || scenario.Before.Any(before => before.Place == place && IsOfIt(before.Content)))
        {
            if (MischiefKinds.Clocks.Any(service.Script.Has))
            {
                return "the clocks disagree";
            }

            if (service.Script.Has(Mischief.ViewMembersDropped))
            {
                return "what is shown lacks members";
            }
        }

        bool LooksLikeIt((string Place, JsonObject Content, TimeSpan Age) before) => before.Place == place
            && (Family(before.Content) == family ? !isDated || before.Age < s_recent : before.Age < s_recent && HasNameOf(before.Content, entry));
        return relatives > 1 || scenario.Before.Any(LooksLikeIt) ? "others look like it" : null;
    }

    /// <summary>What has the document and the name may be the entry's with content that the service changed, unless it is known to be older.</summary>
    private static bool HasNameOf(JsonObject content, JsonObject entry) =>
        (string?)content["AssociationName"] is { Length: > 0 } name && name == (string?)entry["AssociationName"] && (string?)content["Name"] == (string?)entry["Name"];

    private static string Family(JsonObject entry) => $"{entry["Name"]}|{entry["AssociationName"]}|{entry["InstanceId"]}|{Canonical.Of(entry["Targets"])}";
}
