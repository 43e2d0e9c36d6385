using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using SsmAssociationTools.Rehearsal;
using Xunit;

namespace SsmAssociationTools.LocalEndpoint.Tests;

/// <summary>Every fault, as bare HTTP sees it and as the AWS SDK does.</summary>
public sealed class FaultTests
{
    private static readonly CreateAssociationBatchRequest s_batch = new()
    {
        Entries =
        [
            new CreateAssociationBatchRequestEntry
            {
                Name = "AWS-RunPatchBaseline",
                Targets = [new Target { Key = "tag:Role", Values = ["web"] }],
                Parameters = new Dictionary<string, List<string>> { ["Operation"] = ["Scan"] },
            },
        ],
    };

    [Theory]
    [InlineData("throttle", 400, "ThrottlingException", "Rate exceeded", null)]
    [InlineData("throttle status=429", 429, "TooManyRequestsException", "Rate exceeded", null)]
    [InlineData("throttle status=429 retry-after=3", 429, "TooManyRequestsException", "Rate exceeded", 3)]
    [InlineData("throttle status=503", 503, "ServiceUnavailableException", "Service is unable to handle the request.", null)]
    [InlineData("throttle status=503 retry-after=0", 503, "ServiceUnavailableException", "Service is unable to handle the request.", 0)]
    [InlineData("throttle code=RequestLimitExceeded message=\"slow down\"", 400, "RequestLimitExceeded", "slow down", null)]
    [InlineData("server-error", 500, "InternalServerError", "InternalServerError: a fault of the local endpoint.", null)]
    [InlineData("server-error status=502", 502, "ServiceUnavailableException", "Service is unable to handle the request.", null)]
    [InlineData("error code=AccessDeniedException", 400, "AccessDeniedException", "User: arn:aws:iam::123456789012:user/rehearsal is not authorized to perform: ssm:CreateAssociationBatch on resource: *", null)]
    [InlineData("error code=ExpiredTokenException", 400, "ExpiredTokenException", "The security token included in the request is expired", null)]
    [InlineData("error code=Odd status=418 message=\"I'm a teapot\"", 418, "Odd", "I'm a teapot", null)]
    public async Task An_error_in_place_of_the_answer_means_that_nothing_was_done(string fault, int status, string code, string message, int? retryAfter)
    {
        using var endpoint = new TestEndpoint("CreateAssociationBatch always " + fault);

        TestEndpoint.Reply reply = await endpoint.CreateAsync(TestEndpoint.Tagged(1));

        Assert.Equal((status, code, message), (reply.Status, reply.Type, reply.Message));
        Assert.Equal(retryAfter, reply.Headers.RetryAfter?.Delta is TimeSpan delay ? (int)delay.TotalSeconds : null);
        Assert.Equal(0, endpoint.Server.AssociationCount);
        AmazonServiceException error = await Assert.ThrowsAnyAsync<AmazonServiceException>(() => endpoint.Sdk().CreateAssociationBatchAsync(s_batch));
        Assert.Equal((status, code), ((int)error.StatusCode, error.ErrorCode));
    }

    [Theory]
    [InlineData("server-error acted=yes", true)]
    [InlineData("server-error acted=no", false)]
    [InlineData("error code=InternalServerError acted=yes", true)]
    [InlineData("reset", false)]
    [InlineData("reset acted=yes", true)]
    [InlineData("truncate", true)]
    [InlineData("truncate acted=no", false)]
    [InlineData("malformed", true)]
    [InlineData("malformed acted=no", false)]
    [InlineData("empty", true)]
    [InlineData("empty acted=no", false)]
    [InlineData("wrong-type", true)]
    [InlineData("wrong-type acted=no", false)]
    [InlineData("delay seconds=0.01 acted=no", false)]
    public async Task A_spoiled_answer_fails_in_the_sdk_and_the_call_is_carried_out_or_not_as_told(string fault, bool acted)
    {
        using var endpoint = new TestEndpoint("CreateAssociationBatch first 1 " + fault);
        AmazonSimpleSystemsManagementClient sdk = endpoint.Sdk();

        await Assert.ThrowsAnyAsync<Exception>(() => sdk.CreateAssociationBatchAsync(s_batch));

        Assert.Equal(acted ? 1 : 0, endpoint.Server.AssociationCount);
        Assert.Single((await sdk.CreateAssociationBatchAsync(s_batch)).Successful);
        Assert.Equal(2, endpoint.Server.RequestCount);
    }

    /// <summary>Nothing tells the SDK's caller that something is wrong: no exception, only no lists.</summary>
    [Fact]
    public async Task Null_lists_look_like_success_to_the_sdk()
    {
        using var endpoint = new TestEndpoint("CreateAssociationBatch always null-lists");

        CreateAssociationBatchResponse response = await endpoint.Sdk().CreateAssociationBatchAsync(s_batch);

        Assert.Null(response.Successful);
        Assert.Null(response.Failed);
        Assert.Equal(1, endpoint.Server.AssociationCount);
    }

    [Theory]
    [InlineData("yes", 1)]
    [InlineData("no", 0)]
    public async Task A_delay_outlasts_the_client(string acted, int created)
    {
        using var endpoint = new TestEndpoint("CreateAssociationBatch always delay seconds=600 acted=" + acted);

        // The client gives up once the call has been read: one that gives up after a time may do so before it has sent anything.
        using var patience = new CancellationTokenSource();
        Task call = endpoint.Sdk().CreateAssociationBatchAsync(s_batch, patience.Token);
        while (!call.IsCompleted && (endpoint.Server.RequestCount == 0 || endpoint.Server.AssociationCount < created))
        {
            await Task.Delay(5);
        }

        Assert.False(call.IsCompleted);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(created, endpoint.Server.AssociationCount);
    }

    /// <summary>Why a client that must not create twice has to set both: this is what the SDK does with one of them.</summary>
    [Fact]
    public async Task With_retries_off_the_sdk_still_sends_a_call_again_after_a_reset()
    {
        using var endpoint = new TestEndpoint("* always reset acted=yes");
        using var sdk = new AmazonSimpleSystemsManagementClient(
            new BasicAWSCredentials("AKIDEXAMPLE", "secret"),
            new AmazonSimpleSystemsManagementConfig { ServiceURL = endpoint.Server.Url.ToString(), AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 });

        await Assert.ThrowsAnyAsync<Exception>(() => sdk.CreateAssociationBatchAsync(s_batch));
        int twice = endpoint.Server.AssociationCount;
        await Assert.ThrowsAnyAsync<Exception>(() => endpoint.Sdk().CreateAssociationBatchAsync(s_batch));

        Assert.Equal(11, twice);
        Assert.Equal(12, endpoint.Server.AssociationCount);
    }

    [Fact]
    public async Task A_short_delay_only_delays()
    {
        using var endpoint = new TestEndpoint("* always delay seconds=0.01");

        Assert.Single((await endpoint.Sdk().CreateAssociationBatchAsync(s_batch)).Successful);
    }

    [Fact]
    public async Task What_bare_http_sees_of_spoiled_answers()
    {
        using var endpoint = new TestEndpoint(
            "* call 1 reset",
            "* call 2 truncate",
            "* call 3 malformed",
            "* call 4 empty",
            "* call 5 wrong-type",
            "* call 6 reset acted=yes");

        await Assert.ThrowsAsync<HttpRequestException>(() => endpoint.CreateAsync(TestEndpoint.Tagged(1)));
        await Assert.ThrowsAsync<HttpRequestException>(() => endpoint.CreateAsync(TestEndpoint.Tagged(2)));
        TestEndpoint.Reply malformed = await endpoint.CreateAsync(TestEndpoint.Tagged(3));
        TestEndpoint.Reply empty = await endpoint.CreateAsync(TestEndpoint.Tagged(4));
        TestEndpoint.Reply page = await endpoint.CreateAsync(TestEndpoint.Tagged(5));
        await Assert.ThrowsAsync<HttpRequestException>(() => endpoint.CreateAsync(TestEndpoint.Tagged(6)));

        Assert.Equal(200, malformed.Status);
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => malformed.Json);
        Assert.Equal((200, string.Empty), (empty.Status, empty.Body));
        Assert.Equal((200, "text/html"), (page.Status, page.ContentHeaders.ContentType!.MediaType));
        Assert.Equal(5, endpoint.Server.AssociationCount);
    }

    [Fact]
    public async Task A_reset_is_a_reset_and_no_orderly_end()
    {
        using var endpoint = new TestEndpoint("* always reset");

        HttpRequestException error = await Assert.ThrowsAsync<HttpRequestException>(() => endpoint.CreateAsync(TestEndpoint.Tagged(1)));

        var socketError = Assert.IsType<System.Net.Sockets.SocketException>(error.GetBaseException());
        Assert.Equal(System.Net.Sockets.SocketError.ConnectionReset, socketError.SocketErrorCode);
    }

    [Theory]
    [InlineData("AssociationLimitExceeded", typeof(AssociationLimitExceededException))]
    [InlineData("DuplicateInstanceId", typeof(DuplicateInstanceIdException))]
    [InlineData("InternalServerError", typeof(InternalServerErrorException))]
    [InlineData("InvalidDocument", typeof(InvalidDocumentException))]
    [InlineData("InvalidDocumentVersion", typeof(InvalidDocumentVersionException))]
    [InlineData("InvalidInstanceId", typeof(InvalidInstanceIdException))]
    [InlineData("InvalidOutputLocation", typeof(InvalidOutputLocationException))]
    [InlineData("InvalidParameters", typeof(InvalidParametersException))]
    [InlineData("InvalidSchedule", typeof(InvalidScheduleException))]
    [InlineData("InvalidTarget", typeof(InvalidTargetException))]
    [InlineData("InvalidTargetMaps", typeof(InvalidTargetMapsException))]
    [InlineData("UnsupportedPlatformType", typeof(UnsupportedPlatformTypeException))]
    [InlineData("ValidationException", typeof(AmazonSimpleSystemsManagementException))]
    [InlineData("ThrottlingException", typeof(AmazonSimpleSystemsManagementException))]
    [InlineData("AccessDeniedException", typeof(AmazonSimpleSystemsManagementException))]
    [InlineData("ExpiredTokenException", typeof(AmazonSimpleSystemsManagementException))]
    [InlineData("AssociationAlreadyExists", typeof(AmazonSimpleSystemsManagementException))]
    public async Task Every_error_can_be_had_for_a_whole_call_and_for_entries(string code, Type exception)
    {
        using var endpoint = new TestEndpoint(
            $"CreateAssociationBatch call 1 error code={code}",
            $"CreateAssociationBatch call 2 fail-entries code={code}");
        AmazonSimpleSystemsManagementClient sdk = endpoint.Sdk();

        var error = (AmazonServiceException)await Assert.ThrowsAsync(exception, () => sdk.CreateAssociationBatchAsync(s_batch));
        FailedCreateAssociation failed = Assert.Single((await sdk.CreateAssociationBatchAsync(s_batch)).Failed);

        Assert.Equal(code, error.ErrorCode);
        Assert.Equal(code == "InternalServerError" ? 500 : 400, (int)error.StatusCode);
        Assert.False(string.IsNullOrEmpty(failed.Message));
        Assert.Equal(code == "InternalServerError" ? "Server" : "Client", failed.Fault.Value);
        Assert.Equal("AWS-RunPatchBaseline", failed.Entry.Name);
        Assert.Equal(0, endpoint.Server.AssociationCount);
    }

    [Fact]
    public async Task Errors_have_a_message_only_where_the_model_gives_them_one()
    {
        using var endpoint = new TestEndpoint("* call 1 error code=InvalidOutputLocation", "* call 2 error code=InvalidOutputLocation message=\"no such bucket\"");

        Assert.Equal("{\"__type\":\"InvalidOutputLocation\"}", (await endpoint.CreateAsync(TestEndpoint.Tagged(1))).Body);
        Assert.Equal("no such bucket", (await endpoint.CreateAsync(TestEndpoint.Tagged(1))).Message);
    }

    [Fact]
    public async Task A_share_of_the_entries_fails_with_given_text_and_fault()
    {
        using var endpoint = new TestEndpoint("CreateAssociationBatch always fail-entries share=50% message=\"Rate exceeded\" fault=Unknown");

        TestEndpoint.Reply reply = await endpoint.CreateAsync([.. Enumerable.Range(0, 200).Select(TestEndpoint.Tagged)]);

        Assert.InRange(reply.Count("Failed"), 60, 140);
        Assert.Equal(200, reply.Count("Failed") + reply.Count("Successful"));
        Assert.Equal(reply.Count("Successful"), endpoint.Server.AssociationCount);
        Assert.All(reply.Json["Failed"]!.AsArray(), failed => Assert.Equal(("Rate exceeded", "Unknown"), ((string?)failed!["Message"], (string?)failed["Fault"])));
    }

    [Fact]
    public async Task A_failing_share_fails_single_creations_too()
    {
        using var endpoint = new TestEndpoint("CreateAssociation always fail-entries code=InvalidTarget");

        Assert.Equal("InvalidTarget", (await endpoint.CallAsync("CreateAssociation", TestEndpoint.Tagged(1))).Type);
    }

    [Theory]
    [InlineData("yes", 40)]
    [InlineData("no", -1)]
    public async Task Entries_can_be_missing_from_the_answer(string acted, int created)
    {
        using var endpoint = new TestEndpoint("CreateAssociationBatch always omit share=40% acted=" + acted);

        TestEndpoint.Reply reply = await endpoint.CreateAsync([.. Enumerable.Range(0, 40).Select(TestEndpoint.Tagged)]);

        int answered = reply.Count("Successful") + reply.Count("Failed");
        Assert.InRange(answered, 10, 39);
        Assert.Equal(created < 0 ? answered : created, endpoint.Server.AssociationCount);
    }

    [Fact]
    public async Task A_small_share_still_leaves_out_one()
    {
        using var endpoint = new TestEndpoint("CreateAssociationBatch always omit share=0.001%");

        Assert.Equal(1, (await endpoint.CreateAsync(TestEndpoint.Tagged(1), TestEndpoint.Tagged(2))).Count("Successful"));
    }

    [Fact]
    public async Task Answers_can_come_in_another_order()
    {
        using var endpoint = new TestEndpoint("* always reorder");
        string[] entries = [.. Enumerable.Range(0, 30).Select(TestEndpoint.Tagged)];

        TestEndpoint.Reply reply = await endpoint.CreateAsync(entries);
        TestEndpoint.Reply list = await endpoint.CallAsync("ListAssociations", "{}");

        string[] names = Names(reply, "Successful");
        Assert.NotEqual(names.Order(new Numbers()), names);
        Assert.Equal(30, names.Distinct().Count());
        string[] listed = Names(list, "Associations");
        Assert.NotEqual(listed.Order(new Numbers()), listed);
        Assert.Equal(30, listed.Distinct().Count());
    }

    [Fact]
    public async Task Lists_can_be_null()
    {
        using var endpoint = new TestEndpoint("* call 1 null-lists", "* call 2 null-lists lists=empty", "* call 3 null-lists");

        JsonNode all = (await endpoint.CreateAsync(TestEndpoint.Tagged(1))).Json;
        JsonNode empty = (await endpoint.CreateAsync(TestEndpoint.Tagged(2))).Json;
        JsonNode list = (await endpoint.CallAsync("ListAssociations", "{}")).Json;

        Assert.Equal("""{"Failed":null,"Successful":null}""", all.ToJsonString());
        Assert.Null(empty["Failed"]);
        Assert.Single(empty["Successful"]!.AsArray());
        Assert.Null(list["Associations"]);
        Assert.Equal(2, endpoint.Server.AssociationCount);
    }

    [Fact]
    public async Task Texts_can_be_missing_or_empty()
    {
        using var endpoint = new TestEndpoint("* call 1,3 no-message", "* call 2,4 no-message text=empty", "* call 4 throttle");
        const string Missing = """{"Name":"missing-doc"}""";

        JsonNode none = (await endpoint.CreateAsync(Missing)).Json["Failed"]![0]!;
        JsonNode empty = (await endpoint.CreateAsync(Missing)).Json["Failed"]![0]!;
        TestEndpoint.Reply error = await endpoint.CallAsync("CreateAssociation", Missing);
        TestEndpoint.Reply throttle = await endpoint.CallAsync("CreateAssociation", Missing);

        Assert.False(none.AsObject().ContainsKey("Message"));
        Assert.Equal(string.Empty, (string?)empty["Message"]);
        Assert.Equal("""{"__type":"InvalidDocument"}""", error.Body);
        Assert.Equal("""{"__type":"ThrottlingException","message":""}""", throttle.Body);
    }

    [Fact]
    public async Task A_list_lags_behind_creation_by_a_number_of_list_calls()
    {
        using var endpoint = new TestEndpoint("ListAssociations always lag calls=2", "DescribeAssociation always lag calls=2");
        string id = (string)(await endpoint.CreateAsync(TestEndpoint.Tagged(1))).Json["Successful"]![0]!["AssociationId"]!;
        string describe = $"{{\"AssociationId\":\"{id}\"}}";

        Assert.Equal("AssociationDoesNotExist", (await endpoint.CallAsync("DescribeAssociation", describe)).Type);
        Assert.Equal(0, (await endpoint.CallAsync("ListAssociations", "{}")).Count("Associations"));
        Assert.Equal(0, (await endpoint.CallAsync("ListAssociations", "{}")).Count("Associations"));
        Assert.Equal(1, (await endpoint.CallAsync("ListAssociations", "{}")).Count("Associations"));
        Assert.Equal(200, (await endpoint.CallAsync("DescribeAssociation", describe)).Status);
    }

    [Fact]
    public async Task A_list_lags_behind_creation_by_a_time()
    {
        using var endpoint = new TestEndpoint("ListAssociations first 1 lag seconds=600", "ListAssociations after 1 lag seconds=0.001");
        await endpoint.CreateAsync(TestEndpoint.Tagged(1));
        await Task.Delay(20);

        Assert.Equal(0, (await endpoint.CallAsync("ListAssociations", "{}")).Count("Associations"));
        Assert.Equal(1, (await endpoint.CallAsync("ListAssociations", "{}")).Count("Associations"));
    }

    [Fact]
    public async Task Above_a_rate_calls_are_throttled()
    {
        using var endpoint = new TestEndpoint("* always rate-limit per-second=0.001 burst=3");

        List<string?> types = [];
        for (int i = 0; i < 5; i++)
        {
            types.Add((await endpoint.CallAsync("ListAssociations", "{}")).Type);
        }

        Assert.Equal(new string?[] { null, null, null, "ThrottlingException", "ThrottlingException" }, types);
    }

    [Theory]
    [InlineData("call 3", "..x.......")]
    [InlineData("call 1,4-6", "x..xxx....")]
    [InlineData("first 2", "xx........")]
    [InlineData("after 8", "........xx")]
    [InlineData("every 5", "....x....x")]
    [InlineData("always", "xxxxxxxxxx")]
    [InlineData("100%", "xxxxxxxxxx")]
    public async Task Scripts_count_the_calls_of_their_operation(string trigger, string pattern)
    {
        using var endpoint = new TestEndpoint($"ListAssociations {trigger} throttle", "DescribeAssociation always error code=Other");

        string seen = string.Empty;
        for (int i = 0; i < pattern.Length; i++)
        {
            await endpoint.CallAsync("DescribeAssociation", "{}");
            seen += (await endpoint.CallAsync("ListAssociations", "{}")).Type is null ? '.' : 'x';
        }

        Assert.Equal(pattern, seen);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_faults_and_ids_and_another_seed_others()
    {
        string first = await PlayAsync(7);

        Assert.Equal(first, await PlayAsync(7));
        Assert.NotEqual(first, await PlayAsync(8));
    }

    [Fact]
    public async Task A_probability_is_about_right()
    {
        using var endpoint = new TestEndpoint("ListAssociations 20% throttle");

        int throttled = 0;
        for (int i = 0; i < 500; i++)
        {
            throttled += (await endpoint.CallAsync("ListAssociations", "{}")).Type is null ? 0 : 1;
        }

        Assert.InRange(throttled, 60, 140);
    }

    [Fact]
    public async Task Faults_come_from_a_file_too()
    {
        using var file = new TestEndpoint.TemporaryFile("# a comment\n\n  listassociations first 1 throttle status=429\n");
        using var endpoint = new TestEndpoint(new LocalEndpointOptions { FaultPath = file.Path, Seed = 1 });

        Assert.Equal(429, (await endpoint.CallAsync("ListAssociations", "{}")).Status);
        Assert.Equal(200, (await endpoint.CallAsync("ListAssociations", "{}")).Status);
    }

    [Theory]
    [InlineData("CreateAssociationBatsh always throttle", 1, "'CreateAssociationBatsh' is not an operation. Allowed: *, CreateAssociationBatch, CreateAssociation,")]
    [InlineData("*", 2, "which calls it happens to is missing. Allowed: always, a percentage such as 20%,")]
    [InlineData("* sometimes throttle", 3, "'sometimes' does not say which calls. Allowed: always,")]
    [InlineData("* 0% throttle", 3, "'0%' cannot stand here. Allowed: a percentage above 0%, at most 100%.")]
    [InlineData("* 101% throttle", 3, "'101%' cannot stand here.")]
    [InlineData("* call x throttle", 8, "'x' cannot stand here. Allowed: a whole number from 1 to")]
    [InlineData("* call 5-2 throttle", 8, "'2' cannot stand here. Allowed: a whole number from 5 to")]
    [InlineData("* call 1-2-3 throttle", 8, "'1-2-3' is not a range of calls.")]
    [InlineData("* every", 8, "the number after 'every' is missing.")]
    [InlineData("* always", 9, "the effect is missing. Allowed: throttle, server-error, reset,")]
    [InlineData("* always trottle", 10, "'trottle' is not an effect. Allowed: throttle,")]
    [InlineData("DeleteAssociation always reorder", 26, "'reorder' cannot happen to DeleteAssociation. Allowed: CreateAssociationBatch, ListAssociations, ListAssociationVersions, DescribeAssociationExecutions, DescribeAssociationExecutionTargets, DescribeInstanceAssociationsStatus, DescribeInstanceInformation, ListDocuments.")]
    [InlineData("* always throttle status=500", 26, "'500' cannot stand here. Allowed: 400, 429, 503.")]
    [InlineData("* always throttle acted=yes", 19, "'acted=yes' is not an option of throttle. Allowed: status=..., retry-after=..., code=..., message=....")]
    [InlineData("* always reorder now", 18, "'now' is not an option of reorder. Allowed: nothing after reorder.")]
    [InlineData("* always reset acted=maybe", 22, "'maybe' cannot stand here. Allowed: yes, no.")]
    [InlineData("* always reset acted=no acted=no", 25, "'acted' is given twice.")]
    [InlineData("* always delay", 15, "delay needs seconds=... Allowed: seconds=..., acted=....")]
    [InlineData("* always delay seconds=-1", 24, "'-1' cannot stand here. Allowed: a number above 0, at most 86400.")]
    [InlineData("* always lag", 13, "lag needs calls=... or seconds=...")]
    [InlineData("* always error code=", 21, "'' is not an error code.")]
    [InlineData("* always error code=A message=\"open", 23, "a quotation mark is not closed.")]
    [InlineData("* always omit share=half", 21, "'half' cannot stand here. Allowed: a percentage above 0%, at most 100%.")]
    public void A_bad_notation_names_the_text_the_place_and_what_is_allowed(string fault, int position, string text)
    {
        LocalEndpointException error = Assert.Throws<LocalEndpointException>(() => new TestEndpoint("* always throttle", fault));

        Assert.Equal("FaultNotation", error.ErrorId);
        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"Fault 2, '{fault}', position {position}: {text}"), error.Message);
    }

    [Fact]
    public void A_bad_line_of_a_file_is_named()
    {
        using var file = new TestEndpoint.TemporaryFile("# a comment\n* always nonsense\n");

        LocalEndpointException error = Assert.Throws<LocalEndpointException>(() => TestEndpoint.Start(new LocalEndpointOptions { FaultPath = file.Path }));

        Assert.StartsWith($"Line 2 of the fault file '{file.Path}', '* always nonsense', position 10:", error.Message);
    }

    private static string[] Names(TestEndpoint.Reply reply, string list) =>
        [.. reply.Json[list]!.AsArray().Select(item => (string)item!["AssociationName"]!)];

    private static async Task<string> PlayAsync(int seed)
    {
        using var endpoint = new TestEndpoint(new LocalEndpointOptions
        {
            Seed = seed,
            Faults = ["CreateAssociationBatch 30% throttle", "* 30% server-error acted=yes", "CreateAssociationBatch 50% omit share=30%", "* 20% reorder"],
        });
        var transcript = new List<string>();
        for (int i = 0; i < 40; i++)
        {
            TestEndpoint.Reply reply = await endpoint.CreateAsync([.. Enumerable.Range(i * 10, 10).Select(TestEndpoint.Tagged)]);
            transcript.Add(reply.Type ?? string.Join(",", reply.Json["Successful"]!.AsArray().Select(item => item!["AssociationId"]!.ToString())));
        }

        return string.Join("\n", transcript);
    }

    private sealed class Numbers : IComparer<string>
    {
        public int Compare(string? x, string? y) => Number(x).CompareTo(Number(y));

        private static int Number(string? name) => int.Parse(name!.AsSpan("patch-".Length), CultureInfo.InvariantCulture);
    }
}
