using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Aws;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Runs;
using Xunit;

namespace SsmAssociationTools.Tests.Credentials;

/// <summary>What a service says of time may be anything; a wait is bounded, and a date that makes no sense is none.</summary>
public sealed class ServiceTimeTests : IDisposable
{
    private static readonly DateTime s_now = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly Machine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData("7", 7.0)]
    [InlineData(" 1.5 ", 1.5)]
    [InlineData("0", 0.0)]
    [InlineData("86400", 300.0)]
    [InlineData("999999999999999999999999999999", 300.0)]
    [InlineData("Infinity", 300.0)]
    [InlineData("NaN", null)]
    [InlineData("-5", null)]
    [InlineData("-Infinity", null)]
    [InlineData("1e9", null)]
    [InlineData("soon", null)]
    [InlineData("", null)]
    [InlineData("Thu, 01 Jan 2026 00:00:30 GMT", 30.0)]
    [InlineData("Thu, 01 Jan 2026 02:00:00 GMT", 300.0)]
    [InlineData("Tue, 01 Jan 2086 00:00:00 GMT", 300.0)]
    [InlineData("Wed, 31 Dec 2025 23:59:00 GMT", 0.0)]
    [InlineData("Mon, 01 Jan 0001 00:00:00 GMT", 0.0)]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT", 300.0)]
    [InlineData("Fri, 99 Foo 2086 00:00:00 GMT", null)]
    public void A_wait_is_bounded_whatever_the_service_says(string text, double? seconds) =>
        Assert.Equal(seconds, ServiceTime.Wait(text, s_now)?.TotalSeconds);

    [Theory]
    [InlineData("NaN")]
    [InlineData("-1")]
    [InlineData("Infinity")]
    [InlineData("Tue, 01 Jan 2086 00:00:00 GMT")]
    [InlineData("rubbish")]
    public async Task A_throttle_with_any_wait_is_a_throttle(string retryAfter)
    {
        using var service = new StandIn(_ => new StandInAnswer(400, """{"__type":"ThrottlingException","message":"Rate exceeded"}""", "application/x-amz-json-1.1")
        {
            Headers = new Dictionary<string, string> { ["Retry-After"] = retryAfter },
        });
        using IAssociationGateway gateway = Connect(service);

        GatewayException error = await Assert.ThrowsAsync<GatewayException>(() => gateway.ListAssociationsAsync(new ListRequest(), CancellationToken.None));

        Assert.Equal((GatewayErrorKind.Throttled, "ThrottlingException"), (error.Kind, error.ErrorCode));
        Assert.InRange(error.RetryAfter ?? TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromMinutes(5));
    }

    [Theory]
    [InlineData("Mon, 01 Jan 0001 00:00:00 GMT")]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT")]
    [InlineData("Thu, 01 Jan 1970 00:00:00 GMT")]
    [InlineData("yesterday")]
    [InlineData("")]
    public async Task A_date_of_no_sense_tells_nothing_of_the_clock(string date)
    {
        using var service = new StandIn(_ => new StandInAnswer(200, """{"Associations":[]}""", "application/x-amz-json-1.1") { Headers = new Dictionary<string, string> { ["Date"] = date } });
        using IAssociationGateway gateway = Connect(service);

        ListAnswer answer = await gateway.ListAssociationsAsync(new ListRequest(), CancellationToken.None);

        Assert.Null(answer.ServiceTime);
    }

    [Fact]
    public async Task A_date_tells_the_time_of_the_service()
    {
        using var service = new StandIn(_ => new StandInAnswer(200, """{"Associations":[]}""", "application/x-amz-json-1.1") { Headers = new Dictionary<string, string> { ["Date"] = DateTime.UtcNow.AddHours(3).ToString("r") } });
        using IAssociationGateway gateway = Connect(service);

        ListAnswer answer = await gateway.ListAssociationsAsync(new ListRequest(), CancellationToken.None);

        Assert.InRange(answer.ServiceTime!.Value, DateTime.UtcNow.AddHours(2), DateTime.UtcNow.AddHours(4));
    }

    [Theory]
    [InlineData("-62135596800")]
    [InlineData("0")]
    [InlineData("253402300799")]
    public async Task A_date_of_no_sense_in_a_record_is_none(string seconds)
    {
        using var service = new StandIn(_ => new StandInAnswer(200, $$$"""{"AssociationDescription":{"Name":"AWS-UpdateSSMAgent","AssociationId":"a","Date":{{{seconds}}},"LastUpdateAssociationDate":{{{seconds}}},"LastExecutionDate":{{{seconds}}}}}""", "application/x-amz-json-1.1"));
        using IAssociationGateway gateway = Connect(service);

        AssociationRecord? record = await gateway.DescribeAssociationAsync("a", CancellationToken.None);

        Assert.Equal(("a", null, null, null), (record!.AssociationId, record.Date, record.LastUpdateAssociationDate, record.LastExecutionDate));
    }

    [Theory]
    [InlineData("1e300")]
    [InlineData("\"tomorrow\"")]
    public async Task A_date_that_no_calendar_has_makes_the_answer_unreadable_and_nothing_worse(string value)
    {
        using var service = new StandIn(_ => new StandInAnswer(200, $$$"""{"AssociationDescription":{"Name":"AWS-UpdateSSMAgent","AssociationId":"a","Date":{{{value}}}}}""", "application/x-amz-json-1.1"));
        using IAssociationGateway gateway = Connect(service);

        GatewayException error = await Assert.ThrowsAsync<GatewayException>(() => gateway.DescribeAssociationAsync("a", CancellationToken.None));

        Assert.Equal((GatewayErrorKind.Ambiguous, "UnreadableAnswer"), (error.Kind, error.ErrorCode));
    }

    [Theory]
    [InlineData(100.0, 10.0, 10.0)]
    [InlineData(5.0, 10.0, 5.0)]
    [InlineData(5.0, -3.0, 0.0)]
    [InlineData(null, 3.0, null)]
    public void A_run_waits_no_longer_than_it_has_time(double? asked, double left, double? expected) =>
        Assert.Equal(expected, Backoff.Within(asked is { } seconds ? TimeSpan.FromSeconds(seconds) : null, TimeSpan.FromSeconds(left))?.TotalSeconds);

    [Fact]
    public void The_wait_before_a_next_try_ends_with_the_time_that_is_left() =>
        Assert.Equal(TimeSpan.FromSeconds(2), new Backoff(new Random(1)).Next(3, TimeSpan.FromSeconds(300), TimeSpan.FromSeconds(2)));

    private IAssociationGateway Connect(StandIn service) =>
        _machine.Connect(new ConnectionSettings { Region = "eu-west-1", AccessKey = "AKIA", SecretKey = "s", EndpointUrl = service.Url });
}
