using System.Linq;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Tests.Runs.Create;
using Xunit;

namespace SsmAssociationTools.Tests.Reliability;

/// <summary>A service that acts after the client has given up: what looking for it can decide, and what it cannot.</summary>
public sealed class LateServiceTests
{
    private readonly MemoryService _service = new();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void What_is_done_while_it_is_looked_for_is_found(int reading)
    {
        CreateBatchRequest? late = null;
        _service.OnCreate = (_, request, _) =>
        {
            late = request;
            throw MemoryService.TimedOut();
        };
        _service.OnList = list =>
        {
            if (list == reading)
            {
                _service.Act(late!);
            }
        };

        AssociationResult result = Run();

        Assert.Equal(AssociationStatus.Created, result.State);
        Assert.Equal(Assert.Single(_service.Records).AssociationId, result.AssociationId);
        Assert.Equal(1, _service.CreateCalls);
    }

    [Fact]
    public void What_is_done_after_every_look_comes_twice_and_is_told()
    {
        // No list can show what has not happened yet, and the API takes no token that would make the second call harmless.
        CreateBatchRequest? late = null;
        _service.OnCreate = (call, request, _) =>
        {
            if (call == 1)
            {
                late = request;
                throw MemoryService.TimedOut();
            }

            _service.Act(late!);
            return Task.FromResult(_service.Act(request));
        };

        using var harness = new RunHarness(_service, new RunOptions(), new InstantClock());
        AssociationResult result = Assert.Single(harness.Send([RunHarness.Entry(1)]));

        Assert.Equal(AssociationStatus.Created, result.State);
        Assert.Equal(2, _service.Records.Count);
        string second = _service.Records.Single(record => record.AssociationId != result.AssociationId).AssociationId!;
        Assert.Contains(second, result.Message);
        Assert.Contains(second, Assert.Single(harness.Warnings));
    }

    [Fact]
    public void Two_that_appear_at_once_are_both_named()
    {
        CreateBatchRequest? late = null;
        _service.OnCreate = (call, request, _) =>
        {
            if (call == 1)
            {
                late = request;
            }
            else
            {
                _service.Act(late!);
                _service.Act(request);
            }

            throw MemoryService.TimedOut();
        };

        AssociationResult result = Run();

        Assert.Equal(AssociationStatus.Unknown, result.State);
        Assert.All(_service.Records, record => Assert.Contains(record.AssociationId!, result.Message));
        Assert.Equal(2, _service.CreateCalls);
    }

    [Fact]
    public void Calls_that_carry_an_entry_are_counted_over_all_its_failures()
    {
        _service.OnCreate = (call, request, _) => (call % 2) switch
        {
            1 => Task.FromResult(new CreateBatchAnswer { Failed = [new FailedEntry { Entry = request.Entries[0], Message = "Internal error", Fault = "Server" }] }),
            _ => throw new GatewayException(GatewayErrorKind.Throttled, "ThrottlingException", "Rate exceeded"),
        };

        using var harness = new RunHarness(_service, new RunOptions { MaxAttempt = 5 }, new InstantClock());
        AssociationResult result = Assert.Single(harness.Send([RunHarness.Entry(1)]));

        Assert.Equal(AssociationStatus.Failed, result.State);
        Assert.Equal(5, result.Attempts);
        Assert.Equal(5, _service.CreateCalls);
    }

    [Fact]
    public void A_node_that_has_its_association_by_a_late_call_counts_as_created()
    {
        // The service keeps a second association of a document away from a node, so nothing comes twice here.
        var entry = new AssociationEntry { Name = "AWS-UpdateSSMAgent", InstanceId = "i-0123456789abcdef0" };
        CreateBatchRequest? late = null;
        _service.OnCreate = (call, request, _) =>
        {
            if (call == 1)
            {
                late = request;
                throw MemoryService.TimedOut();
            }

            _service.Act(late!);
            return Task.FromResult(new CreateBatchAnswer { Failed = [new FailedEntry { Entry = entry, Message = "Association Already Exists.", Fault = "Client" }] });
        };

        AssociationResult result = Run(entry);

        Assert.Equal(AssociationStatus.Created, result.State);
        Assert.Equal(Assert.Single(_service.Records).AssociationId, result.AssociationId);
    }

    [Fact]
    public void A_node_that_had_its_association_before_is_refused()
    {
        var entry = new AssociationEntry { Name = "AWS-UpdateSSMAgent", InstanceId = "i-0123456789abcdef0" };
        _service.OnCreate = (call, _, _) => call == 1
            ? throw MemoryService.TimedOut()
            : Task.FromResult(new CreateBatchAnswer { Failed = [new FailedEntry { Entry = entry, Message = "Association Already Exists.", Fault = "Client" }] });

        AssociationResult result = Run(entry);

        Assert.Equal(AssociationStatus.Failed, result.State);
        Assert.Equal("AssociationAlreadyExists", result.ErrorCode);
        Assert.Equal(2, _service.CreateCalls);
    }

    private AssociationResult Run(AssociationEntry? entry = null)
    {
        using var harness = new RunHarness(_service, new RunOptions(), new InstantClock());
        return Assert.Single(harness.Send([entry ?? RunHarness.Entry(1)]));
    }
}
