using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Text.Json.Nodes;
using System.Threading;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;
using Xunit.Abstractions;

namespace SsmAssociationTools.Module.Tests.Fleet;

/// <summary>
/// Two editors change the same associations at the same time, each in a session of its own, in front of an endpoint that loses a
/// good part of its answers. Afterwards every version is read. SSM_FLEET_EDITORS says how many seeds.
/// </summary>
public sealed class TwoEditorTests(ITestOutputHelper output)
{
    private const int Associations = 5;
    private const int Lanes = 6;

    private static readonly string[] s_faults =
    [
        "UpdateAssociation 12% reset acted=yes", "UpdateAssociation 6% reset", "UpdateAssociation 6% server-error acted=yes", "UpdateAssociation 5% truncate",
        "UpdateAssociation 5% throttle", "DescribeAssociation 8% throttle", "DescribeAssociation 5% server-error",
    ];

    [Fact]
    public void No_edit_is_lost_and_every_lost_answer_is_settled()
    {
        int count = Numbers.Of("SSM_FLEET_EDITORS", 12);
        var seeds = new ConcurrentQueue<int>(Enumerable.Range(1, count));
        var broken = new ConcurrentBag<string>();
        var seen = new ConcurrentDictionary<string, int>();
        Thread[] lanes = [.. Enumerable.Range(0, Math.Min(Lanes, count)).Select(_ => new Thread(() =>
        {
            using var first = new ModuleSession();
            using var second = new ModuleSession();
            while (seeds.TryDequeue(out int seed))
            {
                string? fault;
                try
                {
                    fault = Seed(seed, first, second, seen);
                }
#pragma warning disable CA1031 // An exception of a thread would end the process; it is a failure of the seed.
                catch (Exception exception)
#pragma warning restore CA1031
                {
                    fault = $"seed {seed}: {exception}";
                }

                if (fault is not null)
                {
                    broken.Add(fault);
                }
            }
        }))];
        foreach (Thread lane in lanes)
        {
            lane.Start();
        }

        foreach (Thread lane in lanes)
        {
            lane.Join();
        }

        output.WriteLine($"{count} seeds: {string.Join(", ", seen.OrderBy(item => item.Key).Select(item => $"{item.Key} {item.Value}"))}");
        Assert.True(broken.IsEmpty, $"{broken.Count} of {count}\n\n{string.Join("\n\n", broken.Take(5))}");
        Assert.True(seen.ContainsKey("Updated"));
    }

    private static string? Seed(int seed, ModuleSession first, ModuleSession second, ConcurrentDictionary<string, int> seen)
    {
        var random = new Random(seed);
        first.Run($"$endpoint = Start-SsmLocalEndpoint -Document customer-doc, other-doc, third-doc -ClockSpeed 0 -Seed {seed} -Fault {string.Join(", ", s_faults.Select(fault => $"'{fault}'"))}").WithoutErrors();
        try
        {
            object endpoint = ((PSObject)first.Runspace.SessionStateProxy.GetVariable("endpoint")).BaseObject;
            var url = (Uri)endpoint.GetType().GetProperty("Url")!.GetValue(endpoint)!;
            using var raw = new RawClient(url);
            List<string> ids = [.. raw.Create(Enumerable.Range(0, Associations).Select(number => new JsonObject
            {
                ["Name"] = "customer-doc",
                ["AssociationName"] = $"association-{number}",
                ["Targets"] = new JsonArray(new JsonObject { ["Key"] = "tag:a", ["Values"] = new JsonArray("b") }),
                ["Parameters"] = new JsonObject { ["p"] = new JsonArray($"{number}") },
                ["ScheduleExpression"] = "rate(30 days)",
                ["MaxErrors"] = "100%",
                ["MaxConcurrency"] = "100%",
            }))];
            string connection = $"$c = @{{ EndpointUrl = '{url}'; Region = 'us-east-1'; AccessKey = 'AKIDEXAMPLE'; SecretKey = 'secret' }}\n";
            // A whole content that is to overwrite replaces what the other one did: that is what was asked for, and no edit on top of it.
            bool wholes = random.Next(3) == 0;
            bool firstOverwrites = !wholes && random.Next(2) == 0;
            bool secondOverwrites = random.Next(2) == 0;

            // The first one changes MaxErrors and MaxConcurrency, of some as whole contents that were read before; the second one schedules.
            var firstEdits = new List<Edit>();
            var secondEdits = new List<Edit>();
            foreach (string id in ids)
            {
                firstEdits.Add(new Edit(id, "MaxErrors", $"{random.Next(1, 90)}%"));
                if (!wholes && random.Next(2) == 0)
                {
                    firstEdits.Add(new Edit(id, "MaxConcurrency", $"{random.Next(1, 90)}%"));
                }

                secondEdits.Add(new Edit(id, "ScheduleExpression", string.Create(CultureInfo.InvariantCulture, $"rate({random.Next(2, 30)} days)")));
            }

            if (random.Next(2) == 0)
            {
                secondEdits.Reverse();
            }

            string scripts = connection + (wholes
                ? """
                    $all = Get-SsmAssociationEntry @c
                    $all | ForEach-Object { $e = $_; $edit = @($edits | Where-Object { $_.AssociationId -eq $e.AssociationId })[0]; $e.Entry.MaxErrors = $edit.MaxErrors; $e } |
                        Update-SsmAssociationBatch @c -Confirm:$false -ThrottleLimit 3 -MaxAttempt 30 -ErrorAction SilentlyContinue
                    """
                : "$edits | Update-SsmAssociationBatch @c -Confirm:$false -ThrottleLimit 3 -MaxAttempt 30 -ErrorAction SilentlyContinue") + (firstOverwrites ? " -Overwrite" : string.Empty);
            first.SetVariable("edits", firstEdits.Select(edit => edit.ToObject()).ToArray());
            second.SetVariable("edits", secondEdits.Select(edit => edit.ToObject()).ToArray());
            using RunningScript one = first.Start(scripts);
            using RunningScript other = second.Start(connection + "$edits | Update-SsmAssociationBatch @c -Confirm:$false -ThrottleLimit 3 -MaxAttempt 30 -ErrorAction SilentlyContinue" + (secondOverwrites ? " -Overwrite" : string.Empty));
            ScriptResult firstResult = one.Wait();
            ScriptResult secondResult = other.Wait();
            var problems = new List<string>();
            if (firstResult.Output.Count != firstEdits.Count || secondResult.Output.Count != secondEdits.Count)
            {
                return $"seed {seed}: {firstResult.Output.Count} and {secondResult.Output.Count} results for {firstEdits.Count} and {secondEdits.Count} edits; {firstResult.TerminatingError} {secondResult.TerminatingError}";
            }

            Note(firstEdits, firstResult, firstOverwrites);
            Note(secondEdits, secondResult, secondOverwrites);
            List<Edit> edits = [.. firstEdits, .. secondEdits];
            foreach (Edit edit in edits)
            {
                seen.AddOrUpdate($"{edit.Status} {edit.ErrorCode}".Trim(), 1, (_, number) => number + 1);
            }

            problems.AddRange(ids.SelectMany(id => History(raw, id, edits)));
            problems.AddRange(edits.Where(edit => edit.Status == "Unknown" || (edit.Overwrites && edit.Status != "Updated")).Select(edit => $"{edit} is not settled"));
            problems.AddRange(edits.Where(edit => edit.Status == "Failed" && edit.ErrorCode != "AssociationChanged").Select(edit => $"{edit}: expected AssociationChanged"));
            problems.AddRange(edits.Where(edit => edit.Made != (edit.Status == "Updated" ? 1 : 0)).Select(edit => $"{edit}: was made {edit.Made} times"));
            return problems.Count == 0 ? null : $"seed {seed}{(wholes ? ", whole contents" : string.Empty)}:\n{string.Join('\n', problems)}";
        }
        finally
        {
            first.Run("Stop-SsmLocalEndpoint $endpoint").WithoutErrors();
        }
    }

    private static void Note(List<Edit> edits, ScriptResult result, bool overwrites)
    {
        foreach ((Edit edit, PSObject? item) in edits.Zip(result.Output))
        {
            edit.Status = $"{item!.Properties["Status"].Value}";
            edit.ErrorCode = $"{item.Properties["ErrorCode"].Value}";
            edit.Message = $"{item.Properties["Message"].Value}";
            edit.Overwrites = overwrites;
        }
    }

    /// <summary>Every version after the first is the one before and exactly one edit.</summary>
    private static IEnumerable<string> History(RawClient raw, string id, List<Edit> edits)
    {
        JsonObject latest = Read(raw, id, null);
        JsonObject before = RawClient.Content(Read(raw, id, 1));
        for (int number = 2; number <= RawClient.Version(latest); number++)
        {
            JsonObject now = RawClient.Content(Read(raw, id, number));
            string[] changed = [.. now.Select(member => member.Key).Union(before.Select(member => member.Key)).Where(member => now[member]?.ToJsonString() != before[member]?.ToJsonString())];
            Edit? edit = changed.Length == 1 ? edits.Find(edit => edit.Id == id && edit.Member == changed[0] && edit.Value == (string?)now[changed[0]]) : null;
            if (edit is null)
            {
                yield return $"{id} version {number} changes {string.Join(", ", changed)}: from {before.ToJsonString()} to {now.ToJsonString()}";
            }
            else
            {
                edit.Made++;
            }

            before = now;
        }
    }

    private static JsonObject Read(RawClient raw, string id, int? version)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                return raw.Describe(id, version);
            }
            catch (InvalidOperationException) when (attempt < 20)
            {
                // A fault of the endpoint.
            }
        }
    }

    private sealed class Edit(string id, string member, string value)
    {
        public string Id => id;

        public string Member => member;

        public string Value => value;

        public string Status { get; set; } = string.Empty;

        public string ErrorCode { get; set; } = string.Empty;

        public string Message { get; set; } = string.Empty;

        public bool Overwrites { get; set; }

        public int Made { get; set; }

        public PSObject ToObject()
        {
            var item = new PSObject();
            item.Properties.Add(new PSNoteProperty("AssociationId", id));
            item.Properties.Add(new PSNoteProperty(member, value));
            return item;
        }

        public override string ToString() => $"{id} {member}={value}: {Status} {ErrorCode} {Message}";
    }
}
