using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using SsmAssociationTools.HostileService;

namespace SsmAssociationTools.Hostile.Tests.Fleet;

/// <summary>
/// A process that synchronises or changes a fleet is killed, several times, and runs to its end with the same journal; then once
/// more in front of a service that does nothing bad. Nothing may be missing then, and nothing there twice.
/// </summary>
internal static class FleetKillRun
{
    private const string Place = "111122223333/eu-north-1";
    private const int Size = 40;

    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    /// <summary>What stops a run for good says nothing about a kill, and a service that shows other content than it has cannot be compared with a file.</summary>
    private static readonly Mischief[] s_without =
        [.. MischiefKinds.Standing, .. MischiefKinds.Views, Mischief.VeryLateActing, Mischief.TokensExpire, Mischief.OtherEditor];

    public static KillRun Sync(int seed, IReadOnlyCollection<Mischief> allowed) =>
        Sync(seed, dice => new Script(seed, [.. allowed.Except(s_without)])
        {
            // Where the service keeps what is left out, a text cannot be emptied, and the wanted state is out of reach.
            Reading = dice.Pick([UpdateReading.ResetsAll, UpdateReading.AsInSamples]),
        });

    /// <summary>The same in front of a service that does nothing but show late what was created.</summary>
    public static KillRun SyncBehindLag(int seed) =>
        Sync(seed, _ => new Script(Mischief.ListLags, Mischief.DescribeLags) { ListLag = TimeSpan.FromSeconds(3) });

    private static KillRun Sync(int seed, Func<Dice, Script> script)
    {
        FleetPair pair = FleetPair.Of(seed, Size);
        using var run = new Killed(seed, script, "Sync-SsmAssociationBatch");
        List<Association> before = [.. pair.Before.Select(run.Add)];
        List<JsonObject> contents = [.. before.Select(association => association.Content)];
        FleetOracle oracle = FleetOracle.Of(pair, contents);
        run.Parameters["IfChanged"] = pair.IfChanged;
        if (pair.Scope is not null)
        {
            run.Parameters["Prune"] = true;
            run.Parameters["Scope"] = pair.Scope.ToArray();
        }

        run.KillAndEnd(pair.Wanted);
        if (run.Results is { } results)
        {
            int count = pair.Wanted.Count;
            for (int place = 0; place < count; place++)
            {
                string status = results[place].Status;
                string wanted = oracle.Statuses[place];
                if (status != wanted && !(status == "Existing" && wanted is "Created" or "Updated"))
                {
                    run.Add(FaultKind.Hidden, $"after a calm run: {results[place]}: expected {wanted}");
                }
            }

            for (int place = 0; place < before.Count; place++)
            {
                int asked = Enumerable.Range(0, count).FirstOrDefault(other => oracle.Partner[other] == place && oracle.Statuses[other] == "Updated", -1);
                JsonObject wanted = asked >= 0 ? FleetOracle.Entry(pair, asked) : contents[place];
                Association association = before[place];
                if (Meaning.Of(association.Content) != Meaning.Of(wanted))
                {
                    run.Add(FaultKind.LostMember, $"{association.Id} has {Meaning.Of(association.Content)}, wanted {Meaning.Of(wanted)}");
                }

                if (association.Versions.Count > (asked >= 0 ? 2 : 1))
                {
                    run.Add(FaultKind.Doubled, $"{association.Id} has {association.Versions.Count} versions");
                }
            }

            string[] gone = [.. before.Where(association => association.IsDeleted).Select(association => Meaning.Of(association.Content)).Order()];
            string[] expected = [.. oracle.Removed.Select(place => Meaning.Of(contents[place])).Order()];
            if (!gone.SequenceEqual(expected))
            {
                run.Add(FaultKind.WrongRemoval, $"gone {string.Join(" ", gone)}, expected {string.Join(" ", expected)}");
            }

            List<string> missing = [.. Enumerable.Range(0, count).Where(place => oracle.Statuses[place] == "Created").Select(place => Meaning.Of(FleetOracle.Entry(pair, place)))];
            run.CheckMade(missing);
        }

        return run.End();
    }

    public static KillRun Update(int seed, IReadOnlyCollection<Mischief> allowed)
    {
        var dice = new Dice(seed, "update-kill");
        using var run = new Killed(
            seed,
            other => new Script(seed, [.. allowed.Except(s_without)]) { Reading = other.Pick([UpdateReading.ResetsAll, UpdateReading.AsInSamples]) },
            "Update-SsmAssociationBatch");
        var input = new List<JsonNode>();
        var targets = new List<Association>();
        var wanted = new List<string>();
        for (int number = 0; number < Size; number++)
        {
            var entry = new JsonObject
            {
                ["Name"] = "Fleet-Baseline",
                ["AssociationName"] = $"a{number}-x",
                ["Targets"] = new JsonArray(new JsonObject { ["Key"] = "tag:Role", ["Values"] = new JsonArray($"role{number}") }),
                ["Parameters"] = new JsonObject { ["Level"] = new JsonArray("1") },
                ["ScheduleExpression"] = "rate(1 day)",
                ["MaxErrors"] = "10%",
            };
            Association association = run.Add(entry);
            var change = new JsonObject { ["AssociationId"] = association.Id };
            (string member, JsonNode value) = dice.Next(4) switch
            {
                0 => ("ScheduleExpression", (JsonNode)"rate(3 days)"),
                1 => ("Parameters", new JsonObject { ["Level"] = new JsonArray("2") }),
                2 => ("MaxConcurrency", "9"),
                _ => ("MaxErrors", "10%"),
            };
            change[member] = value.DeepClone();
            entry[member] = value;
            input.Add(change);
            targets.Add(association);
            wanted.Add(Meaning.Of(entry));
        }

        run.KillAndEnd(input);
        if (run.Results is { } results)
        {
            for (int place = 0; place < input.Count; place++)
            {
                Association association = targets[place];
                if (results[place].Status is not ("Updated" or "Existing") || Meaning.Of(association.Content) != wanted[place])
                {
                    run.Add(FaultKind.LostMember, $"after a calm run: {results[place]}: has {Meaning.Of(association.Content)}, wanted {wanted[place]}");
                }

                if (association.Versions.Count > 2)
                {
                    run.Add(FaultKind.Doubled, $"{results[place]}: {association.Versions.Count} versions");
                }
            }

            run.CheckMade([]);
        }

        return run.End();
    }

    private sealed class Killed : IDisposable
    {
        private readonly int _seed;
        private readonly string _command;
        private readonly Dice _dice;
        private readonly HostileEndpoint _service;
        private readonly string _folder = Directory.CreateTempSubdirectory("hostile").FullName;
        private readonly List<Fault> _faults = [];
        private readonly List<string> _story = [];
        private int _kills;
        private bool _isCalm;

        public Killed(int seed, Func<Dice, Script> script, string command)
        {
            (_seed, _command) = (seed, command);
            _dice = new Dice(seed, "kills", command);
            _service = new HostileEndpoint(seed, script(_dice));
            _service.Script.Override = _ => _isCalm ? Fate.Plain() : null;
            Parameters = new Dictionary<string, object>
            {
                ["EndpointUrl"] = _service.Url.ToString(),
                ["Region"] = "eu-north-1",
                ["AccessKey"] = "AKIDEXAMPLE",
                ["SecretKey"] = "secret",
                ["TimeoutSec"] = 3,
                ["RetryTimeout"] = 20,
                ["BatchSize"] = _dice.Pick([3, 5, 20]),
                ["ThrottleLimit"] = _dice.Between(1, 4),
                ["JournalPath"] = Path.Combine(_folder, "run.journal"),
            };
            if (!command.StartsWith("Sync", StringComparison.Ordinal))
            {
                Parameters.Remove("BatchSize");
            }
        }

        public Dictionary<string, object> Parameters { get; }

        /// <summary>What the calm run at the end said; null where it said nothing.</summary>
        public IReadOnlyList<SeenResult>? Results { get; private set; }

        public Association Add(JsonObject content) => _service.World.Create(Place, content, DateTimeOffset.UtcNow - s_hour, 0, s_hour);

        public void Add(FaultKind kind, string text) => _faults.Add(new Fault(kind, text));

        public void KillAndEnd(IReadOnlyList<JsonNode> input)
        {
            string order = Path.Combine(_folder, "order.json");
            string answer = Path.Combine(_folder, "answer.json");
            File.WriteAllText(order, new JsonObject
            {
                ["Command"] = _command,
                ["Parameters"] = JsonSerializer.SerializeToNode(Parameters),
                ["Input"] = new JsonArray([.. input.Select(item => item.DeepClone())]),
            }.ToJsonString());
            for (int i = _dice.Between(1, 3); i > 0; i--)
            {
                _kills += KillRun.RunAndKill(_service, _dice, order, answer) ? 1 : 0;
            }

            IReadOnlyList<SeenResult>? bad = Run(order, answer, input.Count);
            _service.SettleAsync().Wait(TimeSpan.FromSeconds(30));
            if (bad is null)
            {
                return;
            }

            // What a run says is there must be there, whatever the service did.
            foreach (SeenResult result in bad.Take(input.Count).Where(result => result.Status is "Created" or "Updated" or "Existing"))
            {
                if (_service.World.Find(Place, result.Id) is null)
                {
                    Add(FaultKind.FalseExisting, $"{result}: does not exist");
                }
            }

            // Lists and descriptions that lag have caught up.
            Thread.Sleep(_service.Script.ListLag);
            _isCalm = true;
            _service.Transcript.Add(_service.Calls, "=== calm");
            Results = Run(order, answer, input.Count);
        }

        public void CheckMade(IReadOnlyList<string> missing)
        {
            string[] made = [.. _service.World.All.Where(association => association.Call > 0 && !association.IsDeleted).Select(association => Meaning.Of(association.Content)).Order()];
            foreach (string meaning in made.Concat(missing).Distinct())
            {
                int there = made.Count(other => other == meaning);
                int wanted = missing.Count(other => other == meaning);
                if (there != wanted)
                {
                    Add(there > wanted ? FaultKind.Doubled : FaultKind.Hidden, $"{there} made of {meaning}, {wanted} wanted");
                }
            }
        }

        public KillRun End() => new()
        {
            Seed = _seed,
            Kills = _kills,
            Faults = _faults,
            Story = _faults.Count == 0 ? string.Empty : $"{_service.Script}\n{File.ReadAllText(Path.Combine(_folder, "order.json"))}\n"
                + string.Join('\n', _service.World.All.SelectMany(association => association.Versions.Select(version => $"{association.Id}{(association.IsDeleted ? " (deleted)" : string.Empty)} {version.Number} by #{version.Call}: {version.Key}")))
                + $"\n{_service.Transcript}\n{string.Join('\n', _story)}",
        };

        public void Dispose()
        {
            _service.Dispose();
            Directory.Delete(_folder, recursive: true);
        }

        private IReadOnlyList<SeenResult>? Run(string order, string answer, int count)
        {
            File.Delete(answer);
            using (Process process = KillRun.Start("child", order, answer))
            {
                process.WaitForExit();
            }

            if (!File.Exists(answer))
            {
                Add(FaultKind.Results, "a run left no results");
                return null;
            }

            using var left = JsonDocument.Parse(File.ReadAllText(answer));
            SeenResult[] results = [.. left.RootElement.GetProperty("Results").EnumerateArray().Select(SeenResult.Of)];
            _story.AddRange(results.Select(result => result.ToString()));
            _story.AddRange(left.RootElement.GetProperty("Texts").EnumerateArray().Select(text => text.GetString()!).Where(text => text.Length < 400));
            if (left.RootElement.GetProperty("IsLate").GetBoolean())
            {
                Add(FaultKind.Endless, "still running after the limit");
                return null;
            }

            if (results.Length < count || !results.Select(result => result.Index).SequenceEqual(Enumerable.Range(0, results.Length)))
            {
                Add(FaultKind.Results, $"{results.Length} results for {count} inputs");
                return null;
            }

            return results;
        }
    }
}
