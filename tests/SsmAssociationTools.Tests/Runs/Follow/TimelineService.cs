using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Runs;

namespace SsmAssociationTools.Tests.Runs.Follow;

/// <summary>Shows a timeline as the service does: late, in whole seconds, and now and then not at all.</summary>
internal sealed class TimelineService(Timeline line, IClock clock, TimeSpan skew) : IFleetGateway
{
    private readonly Random _random = new(line.Seed);

    public string Region => "eu-north-1";

    public string CredentialSource => "the test";

    public string? AccountId => "111122223333";

    /// <summary>The service's time.</summary>
    public DateTime Now => clock.UtcNow + skew;

    public int Calls { get; private set; }

    public Dictionary<string, int> CallsOf { get; } = [];

    /// <summary>Starts whose answer is lost, and whether they act, in order; used up one by one.</summary>
    public Queue<bool> LostStarts { get; } = new();

    private DateTime? Date => line.HasDates ? new DateTime(Now.Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, DateTimeKind.Utc) : null;

    public async Task<ListAnswer> ListAssociationsAsync(ListRequest request, CancellationToken cancellationToken)
    {
        await CallAsync("List", cancellationToken);
        return new ListAnswer { Associations = Record(isWhole: false) is { } record ? [record] : [], ServiceTime = Date };
    }

    public async Task<AssociationRecord?> DescribeAssociationAsync(string associationId, CancellationToken cancellationToken)
    {
        await CallAsync("Describe", cancellationToken);
        return associationId == line.Id ? Record(isWhole: true) : null;
    }

    public async Task<VersionsAnswer> ListAssociationVersionsAsync(VersionsRequest request, CancellationToken cancellationToken)
    {
        await CallAsync("Versions", cancellationToken);
        DateTime seen = Now - line.ListLag;
        return new VersionsAnswer
        {
            Versions = [.. line.Versions.Where(made => made <= seen).Select((made, index) => new AssociationRecord { AssociationId = line.Id, AssociationVersion = Text(index + 1), Date = made }).Reverse()],
        };
    }

    public async Task<ExecutionsAnswer> DescribeAssociationExecutionsAsync(ExecutionsRequest request, CancellationToken cancellationToken)
    {
        await CallAsync("Executions", cancellationToken);
        if (line.Deleted <= Now)
        {
            throw new GatewayException(GatewayErrorKind.Rejected, "AssociationDoesNotExist", "The specified association does not exist.") { ServiceTime = Date };
        }

        DateTime seen = Now - line.ExecutionLag;
        return new ExecutionsAnswer
        {
            ServiceTime = Date,
            Executions =
            [
                .. line.Runs.Where(run => run.Created <= seen && !(request.CreatedAfter >= run.Created)).OrderByDescending(run => run.Created).Select(run =>
                {
                    (string word, string detail, IReadOnlyDictionary<string, int> counts) = run.At(seen);
                    return new ExecutionRecord
                    {
                        AssociationId = line.Id,
                        AssociationVersion = Text(run.Version),
                        ExecutionId = run.Id,
                        Status = word,
                        DetailedStatus = detail,
                        CreatedTime = run.Created,
                        LastExecutionDate = Last(run, seen),
                        StatusCounts = counts,
                    };
                }),
            ],
        };
    }

    public async Task<ExecutionTargetsAnswer> DescribeAssociationExecutionTargetsAsync(ExecutionTargetsRequest request, CancellationToken cancellationToken)
    {
        await CallAsync("Targets", cancellationToken);
        DateTime seen = Now - line.ExecutionLag;
        TruthRun run = line.Runs.First(one => one.Id == request.ExecutionId);
        return new ExecutionTargetsAnswer
        {
            Targets =
            [
                .. run.Nodes.Where(node => request.Status is null || node.WordAt(seen) == request.Status)
                    .Select(node => new ExecutionTargetRecord { ExecutionId = run.Id, ResourceId = node.Id, Status = node.WordAt(seen), DetailedStatus = node.WordAt(seen) }),
            ],
        };
    }

    public async Task<StartAnswer> StartAssociationsOnceAsync(IReadOnlyList<string> associationIds, CancellationToken cancellationToken)
    {
        await CallAsync("Start", cancellationToken);
        bool isLost = LostStarts.TryDequeue(out bool acts);
        if (!isLost || acts)
        {
            line.Begin(Now, line.Versions.Count, isStarted: true);
        }

        await clock.DelayAsync(line.Latency, cancellationToken);
        return isLost
            ? throw new GatewayException(GatewayErrorKind.Ambiguous, "ConnectionLost", "The connection broke before the answer.")
            : new StartAnswer { ServiceTime = Date };
    }

    public Task<CreateBatchAnswer> CreateAssociationBatchAsync(CreateBatchRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> DeleteAssociationAsync(string associationId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<UpdateAnswer> UpdateAssociationAsync(UpdateRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<AssociationRecord?> DescribeAssociationVersionAsync(string associationId, string associationVersion, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<NodesAnswer> DescribeInstanceInformationAsync(NodesRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<DocumentRecord> DescribeDocumentAsync(DocumentRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<DocumentContent> GetDocumentAsync(DocumentRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<CalendarAnswer> GetCalendarStateAsync(IReadOnlyList<string> calendarNames, DateTime? at, CancellationToken cancellationToken) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static DateTime? Last(TruthRun run, DateTime seen) => seen < run.Created.AddSeconds(1) ? null
        : run.Nodes.SelectMany(node => new[] { node.PickUp, node.End }).Where(time => time <= seen).Append(run.Created).Max();

    private async Task CallAsync(string operation, CancellationToken cancellationToken)
    {
        Calls++;
        CallsOf[operation] = CallsOf.GetValueOrDefault(operation) + 1;
        await clock.DelayAsync(line.Latency, cancellationToken);
        if (operation != "Start" && _random.Next(100) < line.FailureShare)
        {
            throw _random.Next(2) == 0
                ? new GatewayException(GatewayErrorKind.Throttled, "ThrottlingException", "Rate exceeded")
                : new GatewayException(GatewayErrorKind.Ambiguous, "InternalServerError", "An error occurred.");
        }
    }

    private AssociationRecord? Record(bool isWhole)
    {
        DateTime seen = Now - line.ListLag;
        int version = line.VersionAt(seen);
        if (version == 0 || line.Deleted <= seen)
        {
            return null;
        }

        TruthRun? run = line.Runs.Where(one => one.Created <= seen).MaxBy(one => one.Created);
        (string word, string detail, IReadOnlyDictionary<string, int> counts) = run?.At(seen) ?? ("Pending", "Creating", new Dictionary<string, int>());
        return new AssociationRecord
        {
            AssociationId = line.Id,
            AssociationVersion = Text(version),
            Date = isWhole ? line.Versions[0] : null,
            LastUpdateAssociationDate = isWhole ? line.Versions[version - 1] : null,
            LastExecutionDate = run?.Created,
            Status = word is "Success" or "Skipped" or "Cancelled" ? "Success" : word is "Failed" or "TimedOut" ? "Failed" : "Pending",
            DetailedStatus = detail,
            StatusCounts = run is null || seen < run.Created.AddSeconds(1) ? null : counts,
            Content = new AssociationEntry
            {
                Name = "AWS-UpdateSSMAgent",
                ScheduleExpression = version == line.Versions.Count ? line.Schedule : null,
                ApplyOnlyAtCronInterval = isWhole ? version == line.Versions.Count && line.IsScheduledOnly : null,
            },
        };
    }
}
