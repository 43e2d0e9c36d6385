using System;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Tests.Credentials;
using Xunit;

namespace SsmAssociationTools.Tests.Gateway;

/// <summary>Answers that the SDK alone would not read, or would take too seriously.</summary>
public sealed class OddAnswerTests : IDisposable
{
    private readonly Machine _machine = new();

    [Fact]
    public async Task An_answer_that_came_packed_without_being_asked_for_is_read()
    {
        using var service = new StandIn(static _ => Answer("""{"AssociationDescription":{"AssociationId":"id-1","Name":"AWS-RunPatchBaseline"}}""") with { IsPacked = true });
        using IFleetGateway gateway = Connect(service);

        AssociationRecord? record = await gateway.DescribeAssociationAsync("id-1", CancellationToken.None);

        Assert.Equal(("id-1", "AWS-RunPatchBaseline"), (record!.AssociationId, record.Content.Name));
    }

    [Fact]
    public async Task A_packed_answer_without_content_counts_as_one()
    {
        using var service = new StandIn(static _ => Answer("{}") with { IsPacked = true });
        using IFleetGateway gateway = Connect(service);

        Assert.Equal("request", (await gateway.StartAssociationsOnceAsync(["id-1"], CancellationToken.None)).RequestId);
    }

    [Fact]
    public async Task A_packed_refusal_is_the_refusal_that_it_says()
    {
        using var service = new StandIn(static _ => Answer("""{"__type":"AssociationLimitExceeded","message":"No more."}""", 400) with { IsPacked = true });
        using IFleetGateway gateway = Connect(service);

        GatewayException error = await Assert.ThrowsAsync<GatewayException>(() => gateway.ListAssociationsAsync(new ListRequest(), CancellationToken.None));

        Assert.Equal((GatewayErrorKind.Rejected, "AssociationLimitExceeded"), (error.Kind, error.ErrorCode));
    }

    [Fact]
    public async Task A_refusal_names_the_operation_that_was_refused()
    {
        using var service = new StandIn(static _ => Answer("""{"__type":"AccessDeniedException"}""", 400));
        using IFleetGateway gateway = Connect(service);

        GatewayException read = await Assert.ThrowsAsync<GatewayException>(() => gateway.ListAssociationsAsync(new ListRequest(), CancellationToken.None));
        GatewayException change = await Assert.ThrowsAsync<GatewayException>(() => gateway.DeleteAssociationAsync("id-1", CancellationToken.None));

        Assert.Equal(("ListAssociations", "DeleteAssociation"), (read.Operation, change.Operation));
        Assert.StartsWith("Allow ssm:DeleteAssociation, which was refused, ", ErrorCatalog.Advice(change.ErrorCode, change.Message, change.Operation), StringComparison.Ordinal);
        Assert.StartsWith("Allow iam:PassRole, ", ErrorCatalog.Advice(change.ErrorCode, "User: arn:aws:iam::1:user/a is not authorized to perform: iam:PassRole on resource: arn", "UpdateAssociation"), StringComparison.Ordinal);
        Assert.Equal(ErrorCatalog.Find("AccessDeniedException").RecommendedAction, ErrorCatalog.Advice(change.ErrorCode, "No.", null));
    }

    [Fact]
    public async Task A_page_without_its_list_and_with_more_to_come_is_unclear()
    {
        using var service = new StandIn(static _ => Answer("""{"Associations":null,"AssociationExecutions":null,"AssociationExecutionTargets":null,"AssociationVersions":null,"NextToken":"more"}"""));
        using IFleetGateway gateway = Connect(service);
        Func<Task>[] reads =
        [
            () => gateway.ListAssociationsAsync(new ListRequest(), CancellationToken.None),
            () => gateway.ListAssociationVersionsAsync(new VersionsRequest("id-1"), CancellationToken.None),
            () => gateway.DescribeAssociationExecutionsAsync(new ExecutionsRequest("id-1"), CancellationToken.None),
            () => gateway.DescribeAssociationExecutionTargetsAsync(new ExecutionTargetsRequest("id-1", "e-1"), CancellationToken.None),
        ];

        foreach (Func<Task> read in reads)
        {
            GatewayException error = await Assert.ThrowsAsync<GatewayException>(read);
            Assert.Equal((GatewayErrorKind.Ambiguous, "UnreadableAnswer"), (error.Kind, error.ErrorCode));
        }
    }

    [Theory]
    [InlineData(200)]
    [InlineData(400)]
    public async Task What_says_it_is_packed_and_is_not_is_unclear(int status)
    {
        using var service = new StandIn(_ => Answer("""{"Associations":[]}""", status, ("Content-Encoding", "gzip")));
        using IFleetGateway gateway = Connect(service);

        GatewayException error = await Assert.ThrowsAsync<GatewayException>(() => gateway.ListAssociationsAsync(new ListRequest(), CancellationToken.None));

        Assert.Equal(GatewayErrorKind.Ambiguous, error.Kind);
    }

    [Theory]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT")]
    [InlineData("Mon, 01 Jan 0001 00:00:00 GMT")]
    [InlineData("Tue, 01 Jan 2069 00:00:00 GMT")]
    public async Task A_mad_date_that_one_session_was_answered_makes_no_call_of_another_fail(string date)
    {
        bool isMad = true;
        using var service = new StandIn(_ => isMad ? Answer("""{"Associations":[]}""", 200, ("Date", date)) : Answer("""{"Associations":[]}"""));
        using (IFleetGateway first = Connect(service))
        {
            await first.ListAssociationsAsync(new ListRequest(), CancellationToken.None);
            await first.ListAssociationsAsync(new ListRequest(), CancellationToken.None);
        }

        isMad = false;
        using IFleetGateway second = Connect(service);
        await second.ListAssociationsAsync(new ListRequest(), CancellationToken.None);

        Assert.InRange(SignedAt(service), DateTime.UtcNow.AddMinutes(-4), DateTime.UtcNow.AddMinutes(4));
    }

    [Fact]
    public async Task A_session_whose_answers_agree_with_this_computer_signs_with_its_clock_whatever_another_was_answered()
    {
        string date = DateTime.UtcNow.ToString("R", CultureInfo.InvariantCulture);
        using var service = new StandIn(_ => Answer("""{"Associations":[]}""", 200, ("Date", date)));
        using IFleetGateway one = Connect(service);
        using IFleetGateway other = Connect(service);
        await one.ListAssociationsAsync(new ListRequest(), CancellationToken.None);

        date = DateTime.UtcNow.AddHours(2).ToString("R", CultureInfo.InvariantCulture);
        await other.ListAssociationsAsync(new ListRequest(), CancellationToken.None);
        await one.ListAssociationsAsync(new ListRequest(), CancellationToken.None);

        Assert.InRange(SignedAt(service), DateTime.UtcNow.AddMinutes(-4), DateTime.UtcNow.AddMinutes(4));
    }

    [Fact]
    public async Task A_clock_of_this_computer_that_is_wrong_is_still_made_up_for()
    {
        string date = DateTime.UtcNow.AddHours(2).ToString("R", CultureInfo.InvariantCulture);
        using var service = new StandIn(_ => Answer("""{"Associations":[]}""", 200, ("Date", date)));
        using IFleetGateway gateway = Connect(service);
        await gateway.ListAssociationsAsync(new ListRequest(), CancellationToken.None);
        await gateway.ListAssociationsAsync(new ListRequest(), CancellationToken.None);

        Assert.InRange(SignedAt(service), DateTime.UtcNow.AddMinutes(116), DateTime.UtcNow.AddMinutes(124));
    }

    public void Dispose() => _machine.Dispose();

    private static StandInAnswer Answer(string body, int status = 200, params (string Name, string Value)[] headers) => new(status, body, "application/x-amz-json-1.1")
    {
        Headers = headers.Append(("x-amzn-RequestId", "request")).ToDictionary(header => header.Item1, header => header.Item2),
    };

    /// <summary>When the last request was signed, as it says.</summary>
    private static DateTime SignedAt(StandIn service) =>
        DateTime.ParseExact(service.Requests[^1].Header("X-Amz-Date")!, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);

    private IFleetGateway Connect(StandIn service) =>
        _machine.Connect(new ConnectionSettings { Region = "eu-west-1", AccessKey = "AKIA", SecretKey = "s", EndpointUrl = service.Url });
}
