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

/// <summary>The list and the wholes of it: in order, bounded, once each.</summary>
public sealed class FleetReaderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(64)]
    public void Answers_in_any_order_come_out_in_the_order_of_the_list_and_no_more_calls_are_in_flight_than_allowed(int limit)
    {
        var gateway = new PagedGateway(Enumerable.Range(0, 300).Select(i => "" + i).Chunk(20));
        using FleetReader fleet = Fleet(gateway, limit);

        List<string?> ids = [.. fleet.ReadList(new ListRequest(), line => line.AssociationId != "7", _ => Assert.Fail()).Select(record => record.AssociationId)];

        Assert.Equal(Enumerable.Range(0, 300).Where(i => i != 7).Select(i => "" + i), ids);
        Assert.InRange(gateway.MostInFlight, 1, limit);
        Assert.Equal((300, 15, 299), (fleet.Listed, fleet.Pages, fleet.Given));
    }

    [Fact]
    public void No_more_is_read_ahead_than_a_small_part()
    {
        var gateway = new PagedGateway(Enumerable.Range(0, 1000).Select(i => "" + i).Chunk(20));
        using FleetReader fleet = Fleet(gateway, 2);

        Assert.Equal("0", fleet.ReadList(new ListRequest(), _ => true, _ => { }).First().AssociationId);

        Assert.InRange(gateway.Described, 1, 9);
    }

    [Fact]
    public void What_a_changing_list_shows_twice_comes_out_once_and_what_is_gone_is_told_of()
    {
        var gateway = new PagedGateway([["a", "b"], ["b", "gone"], [], ["c"]]);
        using FleetReader fleet = Fleet(gateway, 4);
        List<string> gone = [];

        Assert.Equal(["a", "b", "c"], fleet.ReadList(new ListRequest(), _ => true, gone.Add).Select(record => record.AssociationId));
        Assert.Equal(["gone"], gone);
    }

    [Fact]
    public void A_list_that_does_not_advance_is_an_error()
    {
        var gateway = new PagedGateway([["a"], ["b"]]) { StaysAt = 1 };
        using FleetReader fleet = Fleet(gateway, 4);

        GatewayException error = Assert.Throws<GatewayException>(() => fleet.ReadList(new ListRequest(), _ => true, _ => { }).Count());

        Assert.Equal(ErrorCodes.InvalidNextToken, error.ErrorCode);
        Assert.Equal(2, fleet.Listed + 1);
    }

    [Fact]
    public void Filters_go_with_every_page()
    {
        var gateway = new PagedGateway([["a"], ["b"]]);
        using FleetReader fleet = Fleet(gateway, 4);

        Assert.Equal(2, fleet.ReadList(new ListRequest { Name = "n", AssociationName = "an", Status = "Failed" }, _ => true, _ => { }).Count());

        Assert.All(gateway.Requests, request => Assert.Equal(("n", "an", "Failed"), (request.Name, request.AssociationName, request.Status)));
        Assert.Equal([null, "1"], gateway.Requests.Select(request => request.NextToken));
    }

    private static FleetReader Fleet(IAssociationGateway gateway, int limit) =>
        new(new AssociationReader(gateway, new RunOptions(), new JumpingClock(), new Backoff(new Random(1))), limit, () => { }, CancellationToken.None);

    /// <summary>Lists pages and describes what is on them, each after another time.</summary>
    private sealed class PagedGateway(IEnumerable<IEnumerable<string>> pages) : IAssociationGateway
    {
        private readonly string[][] _pages = [.. pages.Select(page => page.ToArray())];
        private readonly object _gate = new();
        private int _inFlight;

        public int? StaysAt { get; init; }

        public int MostInFlight { get; private set; }

        public int Described { get; private set; }

        public List<ListRequest> Requests { get; } = [];

        public string Region => "us-east-1";

        public string CredentialSource => "the test";

        public string? AccountId => null;

        public Task<ListAnswer> ListAssociationsAsync(ListRequest request, CancellationToken cancellationToken) => CallAsync(0, () =>
        {
            Requests.Add(request);
            int page = request.NextToken is null ? 0 : int.Parse(request.NextToken, System.Globalization.CultureInfo.InvariantCulture);
            return new ListAnswer
            {
                Associations = [.. _pages[page].Select(id => new AssociationRecord { AssociationId = id })],
                NextToken = page == StaysAt ? "" + page : page + 1 < _pages.Length ? "" + (page + 1) : null,
            };
        });

        public Task<AssociationRecord?> DescribeAssociationAsync(string associationId, CancellationToken cancellationToken) => CallAsync(associationId.Length % 3, () =>
        {
            Described++;
            return associationId == "gone" ? null : new AssociationRecord { AssociationId = associationId };
        });

        public Task<CreateBatchAnswer> CreateAssociationBatchAsync(CreateBatchRequest request, CancellationToken cancellationToken) => throw new InvalidOperationException("Reading creates nothing.");

        public Task<bool> DeleteAssociationAsync(string associationId, CancellationToken cancellationToken) => throw new InvalidOperationException("Reading deletes nothing.");

        public void Dispose()
        {
        }

        private async Task<T> CallAsync<T>(int yields, Func<T> answer)
        {
            lock (_gate)
            {
                MostInFlight = Math.Max(MostInFlight, ++_inFlight);
            }

            for (int i = 0; i <= yields; i++)
            {
                await Task.Yield();
            }

            lock (_gate)
            {
                _inFlight--;
                return answer();
            }
        }
    }
}
