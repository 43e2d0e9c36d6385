using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.Json.Nodes;
using SsmAssociationTools.Module.Tests.Cmdlets;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;
using Xunit.Abstractions;

namespace SsmAssociationTools.Module.Tests.Fleet;

/// <summary>
/// Random changes of some members, in front of an endpoint that resets what an update leaves out, one that does so as in AWS's
/// samples, and one that keeps it. SSM_FLEET_UPDATES says how many changes.
/// </summary>
public sealed class PartialUpdateTests(ITestOutputHelper output)
{
    private const int Associations = 100;
    private const int PerRound = 500;

    [Theory]
    [InlineData("Reset")]
    [InlineData("AsSeen")]
    [InlineData("Keep")]
    public void A_change_of_some_members_changes_these_and_no_other(string omitted)
    {
        int rounds = (Math.Max(1, Numbers.Of("SSM_FLEET_UPDATES", 1500)) + (3 * PerRound) - 1) / (3 * PerRound);
        var seen = new Dictionary<string, int>();
        for (int round = 0; round < rounds; round++)
        {
            Round(omitted, 1000 + round, seen);
        }

        output.WriteLine($"{omitted}: {rounds * PerRound} changes: {string.Join(", ", seen.OrderBy(item => item.Key).Select(item => $"{item.Key} {item.Value}"))}");
        Assert.True(seen.GetValueOrDefault("Updated") > rounds * PerRound / 2, string.Join(", ", seen));
    }

    private static void Round(string omitted, int seed, Dictionary<string, int> seen)
    {
        var random = new Random(seed);
        using var session = new EndpointSession($"-OmittedMember {omitted} -Seed {seed} -Document customer-doc, other-doc, third-doc -ClockSpeed 0");
        using var raw = new RawClient(session.Url);
        JsonObject[] contents = [.. Enumerable.Range(0, Associations).Select(number => FleetEntries.New(random, number))];
        string role = "arn:aws:iam::123456789012:role/Dispatch";
        List<string> ids = [.. raw.Create(contents.Take(Associations / 2)), .. raw.Create(contents.Skip(Associations / 2), role)];
        int[] versions = [.. contents.Select(_ => 1)];
        for (int i = Associations / 2; i < Associations; i++)
        {
            contents[i]["AssociationDispatchAssumeRole"] = role;
        }

        for (int done = 0; done < PerRound; done += Associations)
        {
            string[] clear = random.Next(2) == 0 ? [] : [.. new[] { "MaxErrors", "MaxConcurrency", "CalendarNames", "Parameters", "OutputLocation", "AlarmConfiguration", "ComplianceSeverity", "SyncCompliance", "AssociationName", "DocumentVersion" }.Where(_ => random.Next(6) == 0)];
            bool merges = random.Next(2) == 0;
            var input = new List<object?>();
            var places = new List<int>();
            var wanted = new JsonObject[Associations];
            for (int i = 0; i < Associations; i++)
            {
                // Now and then an id comes twice, and the second change lies on top of the first.
                int place = omitted != "Keep" && i > 0 && random.Next(10) == 0 ? places[^1] : i;
                JsonObject before = wanted[place] ?? contents[place];
                JsonObject change = Change(random, before);
                wanted[place] = Applied(before, change, clear, merges);
                change["AssociationId"] = ids[place];
                input.Add(FleetEntries.ToObject(change));
                places.Add(place);
            }

            string options = (clear.Length > 0 ? $" -Clear {string.Join(", ", clear)}" : string.Empty) + (merges ? " -MergeParameter" : string.Empty);
            ScriptResult result = session.Run($"$input | Update-SsmAssociationBatch @c -Confirm:$false -ThrottleLimit 4 -ErrorAction SilentlyContinue{options}", input);
            Check(raw, result, (ids, places, contents, wanted, versions), clear, $"{omitted}, seed {seed}, from {done},{options}", seen);
        }
    }

    /// <summary>Some members with new values, or with those that are there.</summary>
    private static JsonObject Change(Random random, JsonObject content)
    {
        List<string> members = [.. FleetEntries.Optional(content)];
        if (!FleetEntries.IsRunbook(content))
        {
            members.AddRange(["Name", "Targets", "ScheduleExpression"]);
        }

        if (content["ScheduleOffset"] is not null)
        {
            members.Add("ScheduleOffset");
        }

        var change = new JsonObject();
        int count = random.Next(4) == 0 ? random.Next(2, 6) : 1;
        for (int i = 0; i < count; i++)
        {
            string member = members[random.Next(members.Count)];
            change[member] = random.Next(8) == 0 && content[member] is { } same ? same.DeepClone() : FleetEntries.Value(random, content, member);
        }

        return change;
    }

    private static JsonObject Applied(JsonObject before, JsonObject change, string[] clear, bool merges)
    {
        var after = (JsonObject)before.DeepClone();
        foreach (string member in clear)
        {
            after.Remove(member);
        }

        foreach ((string member, JsonNode? value) in change)
        {
            after[member] = value!.DeepClone();
        }

        // A map that is emptied and given is given; merged, it lies on what is there.
        if (merges && change["Parameters"] is JsonObject given && before["Parameters"] is JsonObject old && !clear.Contains("Parameters"))
        {
            var merged = (JsonObject)old.DeepClone();
            foreach ((string name, JsonNode? value) in given)
            {
                merged[name] = value!.DeepClone();
            }

            after["Parameters"] = merged;
        }

        return after;
    }

    private static void Check(
        RawClient raw,
        ScriptResult result,
        (List<string> Ids, List<int> Places, JsonObject[] Contents, JsonObject[] Wanted, int[] Versions) round,
        string[] clear,
        string where,
        Dictionary<string, int> seen)
    {
        Assert.True(result.Output.Count == round.Places.Count, $"{where}: {result.Output.Count} results; {result.TerminatingError}");
        ILookup<int, PSObject> results = result.Output.OfType<PSObject>().Zip(round.Places).ToLookup(pair => pair.Second, pair => pair.First);
        foreach (PSObject item in result.Output.OfType<PSObject>())
        {
            string status = $"{item.Properties["Status"].Value} {item.Properties["ErrorCode"].Value}".Trim();
            seen[status] = seen.GetValueOrDefault(status) + 1;
        }

        foreach (int place in round.Places.Distinct())
        {
            JsonObject description = raw.Describe(round.Ids[place]);
            JsonObject now = RawClient.Content(description);
            int made = RawClient.Version(description) - round.Versions[place];
            string told = string.Join(" / ", results[place].Select(item => $"{item.Properties["Status"].Value} {item.Properties["ErrorCode"].Value} {item.Properties["Message"].Value}"));
            string story = $"{where}, {round.Ids[place]}\n{told}\n{made} version(s) made\nbefore {FleetEntries.Meaning(round.Contents[place])}\nwanted {FleetEntries.Meaning(round.Wanted[place])}\nnow    {FleetEntries.Meaning(now)}";
            if (results[place].Any(item => $"{item.Properties["Status"].Value}" is "Invalid"))
            {
                // What would break a rule is not done at all; with two changes of one association the other may be.
                Assert.True(results[place].Count() > 1 || (made == 0 && FleetEntries.Meaning(now) == FleetEntries.Meaning(round.Contents[place])), story);
            }
            else if (results[place].Any(item => $"{item.Properties["ErrorCode"].Value}" is "UpdateIncomplete"))
            {
                // Everything is as wanted, but for members that cannot be emptied where the service keeps what is left out; they are named.
                string[] kept = [.. FleetEntries.Texts.Where(member => clear.Contains(member) && round.Wanted[place][member] is null && now[member] is { } value && FleetEntries.Meaning(new JsonObject { [member] = value.DeepClone() }).Length > 0)];
                Assert.True(kept.Length > 0 && where.StartsWith("Keep", StringComparison.Ordinal), story);
                var rest = (JsonObject)now.DeepClone();
                foreach (string member in kept)
                {
                    Assert.True(told.Contains(member, StringComparison.Ordinal), story);
                    Assert.True(now[member]!.ToJsonString() == round.Contents[place][member]?.ToJsonString(), story);
                    rest.Remove(member);
                }

                Assert.True(FleetEntries.Meaning(rest) == FleetEntries.Meaning(round.Wanted[place]), story);
            }
            else
            {
                Assert.True(FleetEntries.Meaning(now) == FleetEntries.Meaning(round.Wanted[place]), story);
                int updated = results[place].Count(item => $"{item.Properties["Status"].Value}" == "Updated");
                Assert.True(made == updated && results[place].All(item => $"{item.Properties["Status"].Value}" is "Updated" or "Existing"), story);
                Assert.True(results[place].Count() > 1 || (updated == 1) == (FleetEntries.Meaning(round.Contents[place]) != FleetEntries.Meaning(round.Wanted[place])), story);
            }

            round.Contents[place] = now;
            round.Versions[place] += made;
        }
    }
}
