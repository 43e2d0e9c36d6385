using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Runs.Read;
using SsmAssociationTools.Tests.Runs.Create;
using Xunit;

namespace SsmAssociationTools.Tests.Runs.Read;

/// <summary>Lists whose pages shift, repeat or never end.</summary>
public sealed class ListTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_association_that_moves_to_another_page_counts_once_and_the_list_is_read_again(bool isFleet)
    {
        // In the first reading c moves to the second page, and d from there to the first, where it was not seen.
        var service = new Pages((reading, page) => (reading, page) switch
        {
            (1, 0) => (["a", "b", "c"], "1"),
            (1, 1) => (["c", "e"], null),
            (_, 0) => (["a", "b", "d"], "1"),
            _ => (["c", "e"], null),
        });

        Assert.Equal(["a", "b", "c", "d", "e"], (await ReadAsync(service, isFleet)).Order());
        Assert.Equal(4, service.Calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_list_that_shifts_all_the_time_comes_to_an_end(bool isFleet)
    {
        var service = new Pages((reading, page) => page == 0 ? (["a", "b"], "1") : (["b", $"new-{reading}"], null));

        Assert.Equal(5, (await ReadAsync(service, isFleet)).Count);
        Assert.Equal(2 * PageGuard.MaxReadings, service.Calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_mark_that_repeats_is_an_error_after_a_few_pages(bool isFleet)
    {
        var service = new Pages(static (_, page) => ([$"id-{page}"], page >= 3 ? "2" : $"{page + 1}"));

        GatewayException error = await Assert.ThrowsAsync<GatewayException>(() => ReadAsync(service, isFleet));

        Assert.Equal(ErrorCodes.InvalidNextToken, error.ErrorCode);
        Assert.InRange(service.Calls, 4, 20);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(true, false)]
    public async Task A_list_without_an_end_is_an_error_after_a_bounded_number_of_pages(bool isFleet, bool hasNew)
    {
        var service = new Pages((_, page) => ([hasNew ? $"id-{page}" : "id"], $"{page + 1}"));

        GatewayException error = await Assert.ThrowsAsync<GatewayException>(() => ReadAsync(service, isFleet));

        Assert.Equal(ErrorCodes.ListWithoutEnd, error.ErrorCode);
        Assert.InRange(service.Calls, 10, hasNew ? 4001 : 205);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_mark_that_is_no_longer_valid_begins_the_list_anew(bool isFleet)
    {
        var service = new Pages(static (reading, page) =>
            reading == 1 && page == 1 ? throw new GatewayException(GatewayErrorKind.Rejected, ErrorCodes.InvalidNextToken, "expired") : page == 0 ? (["a"], "1") : (["b"], null));

        Assert.Equal(["a", "b"], await ReadAsync(service, isFleet));
    }

    [Fact]
    public async Task Pages_without_anything_are_read_over()
    {
        var service = new Pages(static (_, page) => page < 50 ? ([], $"{page + 1}") : (["a"], null));

        Assert.Equal(["a"], await ReadAsync(service, isFleet: false));
    }

    [Fact]
    public void A_list_without_an_end_makes_nothing_unknown_that_was_not_sent()
    {
        var gateway = new FakeGateway { OnList = static _ => throw new GatewayException(GatewayErrorKind.Rejected, ErrorCodes.ListWithoutEnd, "The list does not end.") };

        IReadOnlyList<AssociationResult> results = RunHarness.Run(gateway, Enumerable.Range(0, 5).Select(RunHarness.Entry), new RunOptions { IfExists = ExistingAssociationAction.Skip });

        Assert.All(results, result => Assert.Equal((AssociationStatus.NotAttempted, true), (result.State, result.IsRetryable)));
        Assert.Empty(gateway.Requests);
    }

    [Theory]
    [InlineData(ExistingAssociationAction.Skip, AssociationStatus.Existing)]
    [InlineData(ExistingAssociationAction.Fail, AssociationStatus.Failed)]
    public void What_shifting_pages_leave_out_is_not_created_a_second_time(ExistingAssociationAction action, AssociationStatus expected)
    {
        var gateway = new FakeGateway();
        gateway.Store(Enumerable.Range(0, 5).Select(RunHarness.Entry));
        AssociationRecord left = gateway.Existing[4];
        gateway.Existing.Remove(left);
        gateway.OnList = _ =>
        {
            if (gateway.ListCalls == 3)
            {
                gateway.Existing.Insert(0, left);
            }
        };

        IReadOnlyList<AssociationResult> results = RunHarness.Run(gateway, Enumerable.Range(0, 5).Select(RunHarness.Entry), new RunOptions { IfExists = action });

        Assert.All(results, result => Assert.Equal(expected, result.State));
        Assert.Empty(gateway.Requests);
    }

    [Theory]
    [InlineData(2, 3, 1)] // one page, and one is missing
    [InlineData(5, 5, 3)] // three pages, and all are there
    [InlineData(5, 30, 6)]
    public void A_list_is_read_once_more_only_where_one_is_missing_and_pages_may_have_shifted(int existing, int wanted, int calls)
    {
        var gateway = new FakeGateway();
        gateway.Store(Enumerable.Range(0, existing).Select(RunHarness.Entry));

        RunHarness.Run(gateway, Enumerable.Range(0, wanted).Select(RunHarness.Entry), new RunOptions { IfExists = ExistingAssociationAction.Skip });

        Assert.Equal(calls, gateway.ListCalls);
    }

    private static async Task<List<string>> ReadAsync(Pages service, bool isFleet)
    {
        var reader = new AssociationReader(service, new RunOptions { MaxAttempt = 1 }, new JumpingClock(), new Backoff(new Random(1)));
        if (!isFleet)
        {
            return (await reader.ListAsync(null, null, CancellationToken.None)).ConvertAll(record => record.AssociationId!);
        }

        using var fleet = new FleetReader(reader, 2, () => { }, CancellationToken.None);
        return await Task.Run(() => fleet.ReadList(new ListRequest(), _ => true, _ => { }).Select(record => record.AssociationId!).ToList());
    }

    /// <summary>A service of which a test says what is on each page, in each reading of the list.</summary>
    private sealed class Pages(Func<int, int, (string[] Ids, string? Next)> page) : IAssociationGateway
    {
        private int _reading;

        public int Calls { get; private set; }

        public string Region => "us-east-1";

        public string CredentialSource => "the test";

        public string? AccountId => null;

        public Task<ListAnswer> ListAssociationsAsync(ListRequest request, CancellationToken cancellationToken)
        {
            Calls++;
            _reading += request.NextToken is null ? 1 : 0;
            (string[] ids, string? next) = page(_reading, request.NextToken is null ? 0 : int.Parse(request.NextToken, System.Globalization.CultureInfo.InvariantCulture));
            return Task.FromResult(new ListAnswer { Associations = [.. ids.Select(id => new AssociationRecord { AssociationId = id })], NextToken = next });
        }

        public Task<AssociationRecord?> DescribeAssociationAsync(string associationId, CancellationToken cancellationToken) =>
            Task.FromResult<AssociationRecord?>(new AssociationRecord { AssociationId = associationId });

        public Task<CreateBatchAnswer> CreateAssociationBatchAsync(CreateBatchRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> DeleteAssociationAsync(string associationId, CancellationToken cancellationToken) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
