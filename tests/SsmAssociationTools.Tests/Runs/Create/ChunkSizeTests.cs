using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Runs;
using Xunit;

namespace SsmAssociationTools.Tests.Runs.Create;

/// <summary>Calls that carry too many entries, whether the service says so or only throttles them.</summary>
public sealed class ChunkSizeTests
{
    private readonly FakeGateway _gateway = new();

    [Theory]
    [InlineData("RequestEntityTooLarge", 413, "")]
    [InlineData("HTTP 413", 413, "")]
    [InlineData("RequestTooLargeException", 400, "Request size exceeds the limit.")]
    public void A_size_that_is_refused_is_halved_and_remembered(string code, int status, string message)
    {
        Refuse(7, () => new GatewayException(GatewayErrorKind.Rejected, code, message) { StatusCode = status });

        IReadOnlyList<AssociationResult> results = RunHarness.Run(_gateway, Entries(200), new RunOptions { ThrottleLimit = 1 });

        Assert.All(results, result => Assert.Equal(AssociationStatus.Created, result.State));
        Assert.Equal(2, _gateway.Requests.Count(request => request.Entries.Count > 7));
        Assert.All(_gateway.Requests.Skip(2), request => Assert.InRange(request.Entries.Count, 4, 5));
    }

    [Fact]
    public void A_limit_that_the_service_names_is_taken_at_once()
    {
        Refuse(15, () => new GatewayException(
            GatewayErrorKind.Rejected,
            "ValidationException",
            "1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length less than or equal to 15"));

        IReadOnlyList<AssociationResult> results = RunHarness.Run(_gateway, Entries(200), new RunOptions { BatchSize = 100, ThrottleLimit = 1 });

        Assert.All(results, result => Assert.Equal(AssociationStatus.Created, result.State));
        Assert.Equal(1 + (2 * 7), _gateway.Requests.Count);
    }

    [Fact]
    public void An_entry_that_is_too_large_alone_fails_alone()
    {
        _gateway.OnCreate = (_, request) => request.Entries.Any(entry => entry.AssociationName == "patch-3")
            ? throw new GatewayException(GatewayErrorKind.Rejected, "RequestEntityTooLarge", string.Empty) { StatusCode = 413 }
            : _gateway.Create(request);

        IReadOnlyList<AssociationResult> results = RunHarness.Run(_gateway, Entries(40), new RunOptions { ThrottleLimit = 1 });

        Assert.All(results, result => Assert.Equal(result.Index == 3 ? AssociationStatus.Failed : AssociationStatus.Created, result.State));
        Assert.Equal("RequestEntityTooLarge", results[3].ErrorCode);
    }

    [Fact]
    public void A_size_that_is_only_ever_throttled_is_doubted_and_halved()
    {
        Refuse(5, () => new GatewayException(GatewayErrorKind.Throttled, "ThrottlingException", "Rate exceeded"));

        IReadOnlyList<AssociationResult> results = RunHarness.Run(_gateway, Entries(200), new RunOptions { ThrottleLimit = 1 });

        Assert.All(results, result => Assert.Equal(AssociationStatus.Created, result.State));
        Assert.InRange(_gateway.Requests.Count(request => request.Entries.Count > 5), 6, 20);
    }

    [Fact]
    public void A_size_that_was_taken_before_is_not_doubted()
    {
        // After the first call everything is throttled for a while, as in a storm.
        _gateway.OnCreate = (call, request) => call is > 1 and < 6
            ? throw new GatewayException(GatewayErrorKind.Throttled, "ThrottlingException", "Rate exceeded")
            : _gateway.Create(request);

        IReadOnlyList<AssociationResult> results = RunHarness.Run(_gateway, Entries(100), new RunOptions { ThrottleLimit = 1 });

        Assert.All(results, result => Assert.Equal(AssociationStatus.Created, result.State));
        Assert.All(_gateway.Requests, request => Assert.Equal(20, request.Entries.Count));
    }

    [Fact]
    public void A_doubted_size_is_tried_again_after_a_while()
    {
        // The storm is over when the size has been halved.
        _gateway.OnCreate = (call, request) => call < 4
            ? throw new GatewayException(GatewayErrorKind.Throttled, "ThrottlingException", "Rate exceeded")
            : _gateway.Create(request);

        IReadOnlyList<AssociationResult> results = RunHarness.Run(_gateway, Entries(400), new RunOptions { ThrottleLimit = 1 });

        Assert.All(results, result => Assert.Equal(AssociationStatus.Created, result.State));
        Assert.Contains(_gateway.Requests.Skip(3), request => request.Entries.Count == 10);
        Assert.All(_gateway.Requests.TakeLast(5), request => Assert.Equal(20, request.Entries.Count));
    }

    private static IEnumerable<AssociationEntry> Entries(int count) => Enumerable.Range(0, count).Select(RunHarness.Entry);

    private void Refuse(int above, System.Func<GatewayException> error) =>
        _gateway.OnCreate = (_, request) => request.Entries.Count > above ? throw error() : _gateway.Create(request);
}
