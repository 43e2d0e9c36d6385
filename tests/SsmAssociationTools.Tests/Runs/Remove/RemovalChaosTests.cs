using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Runs.Remove;
using SsmAssociationTools.Tests.Reliability;
using Xunit;

namespace SsmAssociationTools.Tests.Runs.Remove;

/// <summary>
/// Removal under fire, through the AWS SDK and real HTTP: whatever the connection and the service do, what was given is
/// gone, nothing else is, and every input has one true result. docs/reliability.md says how to run more seeds.
/// </summary>
public sealed class RemovalChaosTests
{
    private static readonly string[] s_insteadOfAnswer =
    [
        "throttle", "throttle status=429", "throttle status=503 retry-after=1", "server-error", "server-error acted=yes", "server-error acted=yes status=502",
        "reset", "reset acted=yes", "delay seconds=1", "delay seconds=1 acted=no", "truncate", "truncate acted=no", "malformed", "malformed acted=no",
        "empty", "empty acted=no", "wrong-type", "wrong-type acted=no",
    ];

    /// <summary>An answer to DeleteAssociation is empty, so these cannot be told from one that the service gives when it has acted.</summary>
    private static readonly string[] s_lookAlike = ["empty acted=no", "truncate acted=no"];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, Settings.Number("SSM_CHAOS_SEEDS", 20))];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void What_was_given_is_gone_and_nothing_else_is(int seed)
    {
        int count = Settings.Number("SSM_CHAOS_ENTRIES", 200);
        var random = new Random(seed);

        // A fifth of the calls fails. Young associations are not described at first.
        List<string> faults =
        [
            .. from operation in new[] { "DeleteAssociation", "DescribeAssociation" }
               from effect in s_insteadOfAnswer
               where operation == "DescribeAssociation" || !s_lookAlike.Contains(effect)
               select $"{operation} 1.2% {effect}",
        ];
        faults.Add("DescribeAssociation 20% lag calls=1");
        using var endpoint = new ChaosEndpoint(faults, seed);
        List<AssociationSuccess> created = Create(endpoint, count);
        var stays = new HashSet<string>();
        var inputs = new List<(object? Input, RemovalStatus Expected)>();
        foreach (AssociationSuccess one in created)
        {
            string id = one.AssociationId!;
            switch (random.Next(10))
            {
                case 0:
                    stays.Add(id);
                    break;
                case 1:
                    // Its content is not what the input says. Unless the description lags, it stays.
                    AssociationEntry other = ChaosEntry(-1);
                    inputs.Add((RemovalHarness.Created(id, other), RemovalStatus.Changed));
                    break;
                case 2:
                    inputs.Add((id, RemovalStatus.Removed));
                    inputs.Add((one, RemovalStatus.Absent));
                    break;
                case 3:
                    inputs.Add((Guid.NewGuid().ToString(), RemovalStatus.Absent));
                    inputs.Add((one, RemovalStatus.Removed));
                    break;
                case 4:
                    inputs.Add((new AssociationFailure { State = AssociationStatus.Failed, AssociationId = id }, RemovalStatus.NotAttempted));
                    stays.Add(id);
                    break;
                case 5:
                    inputs.Add((id, RemovalStatus.Removed));
                    break;
                default:
                    inputs.Add((one, RemovalStatus.Removed));
                    break;
            }
        }

        string? journalPath = seed % 2 == 0 ? endpoint.FileBeside("removal.journal") : null;
        IReadOnlyList<AssociationRemoval> results = Remove(endpoint, inputs, seed, journalPath);
        if (journalPath is not null)
        {
            IReadOnlyList<AssociationRemoval> again = Remove(endpoint, inputs, seed, journalPath);
            Assert.Equal(results.Select(Gone), again.Select(Gone));
            Assert.All(again.Where((result, i) => results[i].State == RemovalStatus.Removed), result => Assert.Equal((RemovalStatus.Removed, 0), (result.State, result.Attempts)));
        }

        Dictionary<string, AssociationRecord> left = endpoint.ReadBack();
        Assert.Equal(inputs.Count, results.Count);
        for (int i = 0; i < results.Count; i++)
        {
            AssociationRemoval result = results[i];
            Assert.Equal(i, result.Index);

            // After an answer that was missed, nothing tells what was never there from what the first call deleted.
            bool isMissed = inputs[i].Expected == RemovalStatus.Absent && result.State == RemovalStatus.Removed && result.Attempts > 1;
            Assert.True(result.State == inputs[i].Expected || isMissed, $"seed {seed}: {result} instead of {inputs[i].Expected}");
            Assert.Equal(result.State is RemovalStatus.Changed or RemovalStatus.NotAttempted, left.ContainsKey(result.AssociationId!));
        }

        IEnumerable<string> changed = results.Where(result => result.State == RemovalStatus.Changed).Select(result => result.AssociationId!);
        Assert.Equal(ChaosEntries.ExistingCount + stays.Count + changed.Count(), left.Count);
        Assert.All(stays, id => Assert.True(left.ContainsKey(id)));
    }

    private static IReadOnlyList<AssociationRemoval> Remove(ChaosEndpoint endpoint, List<(object? Input, RemovalStatus Expected)> inputs, int seed, string? journalPath)
    {
        using IAssociationGateway gateway = endpoint.Connect(TimeSpan.FromMilliseconds(250));
        using RemovalJournal? journal = journalPath is null ? null : RemovalJournal.Open(journalPath);
        using var harness = new RemovalHarness(gateway, new RunOptions { ThrottleLimit = new[] { 4, 1, 2, 8 }[seed % 4], MaxAttempt = 12 }, journal: journal, clock: new InstantClock());
        return harness.Remove(inputs.Select(input => input.Input));
    }

    private static (long Index, string? Id, string Status) Gone(AssociationRemoval result) =>
        (result.Index, result.AssociationId, result.State is RemovalStatus.Removed or RemovalStatus.Absent ? "gone" : result.State.ToString());

    private static List<AssociationSuccess> Create(ChaosEndpoint endpoint, int count)
    {
        using IAssociationGateway gateway = endpoint.Connect(TimeSpan.FromSeconds(60));
        List<AssociationEntry> entries = [.. Enumerable.Range(0, count).Select(ChaosEntry)];
        CreateBatchAnswer answer = gateway.CreateAssociationBatchAsync(new CreateBatchRequest(entries, null), CancellationToken.None).GetAwaiter().GetResult();
        Assert.Equal(count, answer.Successful.Count);

        // What is listed once is described from then on, whatever lags: else a description that is not there yet cannot be compared.
        gateway.ListAssociationsAsync(new ListRequest(), CancellationToken.None).GetAwaiter().GetResult();
        gateway.ListAssociationsAsync(new ListRequest(), CancellationToken.None).GetAwaiter().GetResult();
        return [.. answer.Successful.Zip(entries, (record, entry) => RemovalHarness.Created(record.AssociationId!, entry))];
    }

    private static AssociationEntry ChaosEntry(int number) => new()
    {
        Name = "AWS-UpdateSSMAgent",
        AssociationName = "removal-" + number.ToString(CultureInfo.InvariantCulture),
        Targets = [new AssociationTarget { Key = "tag:Node", Values = ["n" + number.ToString(CultureInfo.InvariantCulture)] }],
        Parameters = number % 3 == 0 ? new ParameterMap { ["allowDowngrade"] = ["false"] } : null,
        ScheduleExpression = number % 2 == 0 ? "rate(1 day)" : null,
    };
}
