using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Net.Sockets;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Cmdlets;

/// <summary>Every error of the service, for one entry and for the whole call: result, error record, what to do.</summary>
public sealed class ServiceErrorTests
{
    private const string Suffix = ",SsmAssociationTools.Commands.NewSsmAssociationBatchCommand";

    /// <summary>The 12 errors that the API documents, and those that arrive all the same.</summary>
    private static readonly (string Code, ErrorCategory Category)[] s_errors =
    [
        ("AssociationLimitExceeded", ErrorCategory.LimitsExceeded),
        ("DuplicateInstanceId", ErrorCategory.ResourceExists),
        ("InternalServerError", ErrorCategory.ResourceUnavailable),
        ("InvalidDocument", ErrorCategory.ObjectNotFound),
        ("InvalidDocumentVersion", ErrorCategory.InvalidArgument),
        ("InvalidInstanceId", ErrorCategory.ObjectNotFound),
        ("InvalidOutputLocation", ErrorCategory.InvalidArgument),
        ("InvalidParameters", ErrorCategory.InvalidArgument),
        ("InvalidSchedule", ErrorCategory.InvalidArgument),
        ("InvalidTarget", ErrorCategory.InvalidArgument),
        ("InvalidTargetMaps", ErrorCategory.InvalidArgument),
        ("UnsupportedPlatformType", ErrorCategory.InvalidArgument),
        ("AssociationAlreadyExists", ErrorCategory.ResourceExists),
        ("ValidationException", ErrorCategory.InvalidData),
        ("ThrottlingException", ErrorCategory.ResourceBusy),
        ("AccessDeniedException", ErrorCategory.PermissionDenied),
        ("ExpiredTokenException", ErrorCategory.AuthenticationError),
    ];

    public static TheoryData<string, ErrorCategory> Errors()
    {
        var data = new TheoryData<string, ErrorCategory>();
        foreach ((string code, ErrorCategory category) in s_errors)
        {
            data.Add(code, category);
        }

        return data;
    }

    public static TheoryData<string, ErrorCategory> Rejections()
    {
        var data = new TheoryData<string, ErrorCategory>();
        foreach ((string code, ErrorCategory category) in s_errors)
        {
            if (code is not ("AssociationLimitExceeded" or "InternalServerError" or "ThrottlingException" or "AccessDeniedException" or "ExpiredTokenException"))
            {
                data.Add(code, category);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public void An_error_of_one_entry_is_an_object_and_a_record_that_says_what_to_do(string code, ErrorCategory category)
    {
        using var endpoint = new EndpointSession($"-Fault 'CreateAssociationBatch always fail-entries code={code}'");

        ScriptResult result = endpoint.Run("$one = New-Good 1; $one | New-SsmAssociationBatch @c -MaxAttempt 2");

        Seen seen = Assert.Single(Seen.In(result));
        Assert.Equal("AssociationFailure", seen.Kind);
        Assert.Equal("Failed", seen.Status);
        Assert.Equal(code, seen.ErrorCode);
        Assert.Equal(code is "InternalServerError" ? "Server" : "Client", seen["Fault"]);
        Assert.Equal(code is "InternalServerError" or "ThrottlingException", seen.IsRetryable);
        Assert.Equal(code is "InternalServerError" or "ThrottlingException" ? 2 : 1, seen.Attempts);
        Assert.NotEmpty(seen.Message);
        Assert.NotEmpty((string)seen["RecommendedAction"]!);
        Assert.Null(seen.AssociationId);
        Assert.Null(result.TerminatingError);
        AssertRecord(Assert.Single(result.Errors), seen, code, category, endpoint.Session.Runspace.SessionStateProxy.GetVariable("one"));
        Assert.Equal(0, endpoint.Associations);
    }

    [Theory]
    [MemberData(nameof(Rejections))]
    public void An_error_of_a_whole_call_is_narrowed_to_its_entries(string code, ErrorCategory category)
    {
        using var endpoint = new EndpointSession($"-Fault 'CreateAssociationBatch always error code={code} message=\"{code}: said the service\"'");

        ScriptResult result = endpoint.Run("1..4 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c");

        IReadOnlyList<Seen> seen = Seen.In(result);
        Assert.Equal(4, seen.Count);
        Assert.All(seen, item => Assert.Equal(("Failed", code), (item.Status, item.ErrorCode)));
        Assert.All(seen, item => Assert.Contains("said the service", item.Message, StringComparison.Ordinal));
        Assert.Null(result.TerminatingError);
        Assert.Equal(4, result.Errors.Count);
        for (int i = 0; i < 4; i++)
        {
            AssertRecord(result.Errors[i], seen[i], code, category, seen[i]["InputObject"]!);
        }

        Assert.Equal(0, endpoint.Associations);
    }

    [Fact]
    public void One_bad_entry_of_a_refused_call_sinks_none_of_its_neighbours()
    {
        using var endpoint = new EndpointSession();

        // Without the rules the service refuses the whole call for one name that is too short.
        ScriptResult result = endpoint.Run("0..19 | ForEach-Object { $e = New-Good $_; if ($_ -eq 7 -or $_ -eq 13) { $e.Name = 'x' }; $e } | New-SsmAssociationBatch @c -SkipValidation");

        IReadOnlyList<Seen> seen = Seen.In(result);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => i is 7 or 13 ? "Failed" : "Created"), seen.Select(item => item.Status));
        Assert.Equal("ValidationException", seen[7].ErrorCode);
        Assert.Contains("name", seen[13].Message, StringComparison.Ordinal);
        Assert.Equal(18, endpoint.Associations);
        Assert.Equal(2, result.Errors.Count);
    }

    [Fact]
    public void The_errors_that_content_and_state_cause_are_told_apart()
    {
        string inventory = Path.GetTempFileName();
        File.WriteAllText(inventory, """
            {
              "documents": [ { "name": "Mine", "versions": ["1", "2"], "parameters": { "mode": { "required": true } } },
                             { "name": "OnlyWindows", "platformTypes": ["Windows"] },
                             { "name": "Runbook", "type": "Automation", "parameters": { "InstanceId": { "required": false } } } ],
              "managedNodes": [ { "id": "i-0123456789abcdef0", "platform": "Linux" }, { "id": "i-0123456789abcdef9", "state": "terminated" } ],
              "buckets": ["logs"]
            }
            """);
        try
        {
            using var endpoint = new EndpointSession($"-InventoryPath '{inventory}'");

            ScriptResult result = endpoint.Run("""
                $mode = @{ mode = 'x' }
                & {
                    @{ Name = 'AWS-UpdateSSMAgent'; InstanceId = 'i-0123456789abcdef0' }
                    @{ Name = 'Nowhere'; Targets = 'tag:A=b' }
                    @{ Name = 'Mine'; Targets = 'tag:A=b'; DocumentVersion = '9'; Parameters = $mode }
                    @{ Name = 'Mine'; Targets = 'InstanceIds=i-0123456789abcdef5'; Parameters = $mode }
                    @{ Name = 'Mine'; Targets = 'InstanceIds=i-0123456789abcdef9'; Parameters = $mode }
                    @{ Name = 'Mine'; Targets = 'tag:A=b'; Parameters = $mode; OutputLocation = @{ S3Location = @{ OutputS3BucketName = 'elsewhere' } } }
                    @{ Name = 'Mine'; Targets = 'tag:A=b' }
                    @{ Name = 'Mine'; Targets = 'tag:A=b'; Parameters = @{ mode = 'x'; other = 'y' } }
                    @{ Name = 'Mine'; Targets = 'tag:A=b'; Parameters = $mode; ScheduleExpression = 'rate(1 minute)' }
                    @{ Name = 'Mine'; Targets = 'role=web'; Parameters = $mode }
                    @{ Name = 'Runbook'; Targets = 'tag:A=b'; AutomationTargetParameterName = 'InstanceId'; TargetMaps = @(@{ InstanceId = @('i-0123456789abcdef0') }) }
                    @{ Name = 'OnlyWindows'; Targets = 'InstanceIds=i-0123456789abcdef0' }
                    @{ Name = 'AWS-UpdateSSMAgent'; InstanceId = 'i-0123456789abcdef0' }
                    @{ Name = 'Mine'; Targets = 'tag:A=b'; Parameters = $mode }
                } | New-SsmAssociationBatch @c -SkipValidation
                """);

            Assert.Equal(
                [null, "InvalidDocument", "InvalidDocumentVersion", "InvalidInstanceId", "InvalidInstanceId", "InvalidOutputLocation", "InvalidParameters", "InvalidParameters", "InvalidSchedule", "InvalidTarget", "InvalidTargetMaps", "UnsupportedPlatformType", "AssociationAlreadyExists", null],
                Seen.In(result).Select(item => item.ErrorCode));
            Assert.Equal(2, endpoint.Associations);
            Assert.Equal(12, result.Errors.Count);
        }
        finally
        {
            File.Delete(inventory);
        }
    }

    [Fact]
    public void The_limit_of_associations_stops_the_run_and_the_rest_is_not_attempted()
    {
        using var endpoint = new EndpointSession("-AssociationLimit 3");

        ScriptResult result = endpoint.Run("1..12 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c -BatchSize 2 -ThrottleLimit 1");

        IReadOnlyList<Seen> seen = Seen.In(result);
        Assert.Equal(["Created", "Created", "Created", "Failed"], seen.Take(4).Select(item => item.Status));
        Assert.All(seen.Skip(4), item => Assert.Equal("NotAttempted", item.Status));
        Assert.All(seen.Skip(4), item => Assert.True(item.IsRetryable));
        Assert.Equal(12, seen.Count);
        Assert.Equal("AssociationLimitExceeded", seen[3].ErrorCode);
        Assert.Equal(2, endpoint.Requests);
        Assert.Null(result.TerminatingError);

        // One record for the refused entry, one for all that were not attempted.
        Assert.Equal(["AssociationLimitExceeded" + Suffix, "EntriesNotAttempted" + Suffix], result.Errors.Select(error => error.FullyQualifiedErrorId));
        Assert.Equal(ErrorCategory.LimitsExceeded, result.Errors[0].CategoryInfo.Category);
        Assert.Equal(ErrorCategory.OperationStopped, result.Errors[1].CategoryInfo.Category);
        Assert.Contains("8 of the entries", result.Errors[1].ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(result.Errors[1].ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void The_limit_as_an_error_of_the_whole_call_is_not_narrowed()
    {
        using var endpoint = new EndpointSession("-Fault 'CreateAssociationBatch after 1 error code=AssociationLimitExceeded'");

        ScriptResult result = endpoint.Run("1..9 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c -BatchSize 3 -ThrottleLimit 1");

        Assert.Equal(["Created", "Failed", "NotAttempted"], Seen.In(result).Select(item => item.Status).Distinct());
        Assert.Equal(9, result.Output.Count);
        Assert.Equal(2, endpoint.Requests);
        Assert.Equal(4, result.Errors.Count);
        Assert.Null(result.TerminatingError);
    }

    [Fact]
    public void A_server_error_of_the_whole_call_is_looked_up_and_reported_as_not_created()
    {
        using var endpoint = new EndpointSession("-Fault 'CreateAssociationBatch always server-error message=\"it broke\"'");

        ScriptResult result = endpoint.Run("New-Good 1 | New-SsmAssociationBatch @c -MaxAttempt 1");

        Seen seen = Assert.Single(Seen.In(result));
        Assert.Equal(("Failed", "InternalServerError", true), (seen.Status, seen.ErrorCode, seen.IsRetryable));
        Assert.Contains("it broke", seen.Message, StringComparison.Ordinal);
        AssertRecord(Assert.Single(result.Errors), seen, "InternalServerError", ErrorCategory.ResourceUnavailable, seen["InputObject"]!);
        Assert.Equal(0, endpoint.Associations);
    }

    [Fact]
    public void A_throttle_of_the_whole_call_is_waited_out()
    {
        using var endpoint = new EndpointSession("-Fault 'CreateAssociationBatch first 2 throttle'");

        ScriptResult result = endpoint.Run("1..3 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c").WithoutErrors();

        Assert.All(Seen.In(result), item => Assert.Equal(("Created", 3), (item.Status, item.Attempts)));
        Assert.Equal(3, endpoint.Associations);
    }

    [Fact]
    public void A_throttle_that_does_not_end_is_reported_as_one()
    {
        using var endpoint = new EndpointSession("-Fault 'CreateAssociationBatch always throttle'");

        ScriptResult result = endpoint.Run("1..2 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c -MaxAttempt 2");

        IReadOnlyList<Seen> seen = Seen.In(result);
        Assert.All(seen, item => Assert.Equal(("Failed", "ThrottlingException", true), (item.Status, item.ErrorCode, item.IsRetryable)));
        Assert.Equal(2, endpoint.Requests);
        AssertRecord(result.Errors[1], seen[1], "ThrottlingException", ErrorCategory.ResourceBusy, seen[1]["InputObject"]!);
    }

    [Theory]
    [InlineData("AccessDeniedException", ErrorCategory.PermissionDenied)]
    [InlineData("ExpiredTokenException", ErrorCategory.AuthenticationError)]
    [InlineData("UnrecognizedClientException", ErrorCategory.AuthenticationError)]
    [InlineData("InvalidSignatureException", ErrorCategory.AuthenticationError)]
    public void A_caller_who_may_not_call_ends_the_run_with_a_terminating_error(string code, ErrorCategory category)
    {
        using var endpoint = new EndpointSession($"-Fault 'CreateAssociationBatch after 1 error code={code}'");

        ScriptResult result = endpoint.Run("1..9 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c -BatchSize 2 -ThrottleLimit 1");

        IReadOnlyList<Seen> seen = Seen.In(result);
        Assert.Equal(["Created", "Created", "Failed", "Failed"], seen.Take(4).Select(item => item.Status));
        Assert.All(seen.Skip(4), item => Assert.Equal("NotAttempted", item.Status));
        Assert.All(seen.Skip(2).Take(2), item => Assert.Equal(code, item.ErrorCode));
        Assert.Equal(code + Suffix, result.TerminatingError!.FullyQualifiedErrorId);
        Assert.Equal(category, result.TerminatingError.CategoryInfo.Category);
        Assert.NotEmpty(result.TerminatingError.ErrorDetails.RecommendedAction);
        Assert.Equal(2, endpoint.Requests);
        Assert.Equal(2, result.Errors.Count(error => error.FullyQualifiedErrorId == code + Suffix));
    }

    [Fact]
    public void Calls_that_are_in_flight_when_another_is_denied_keep_their_results()
    {
        using var endpoint = new EndpointSession("-Fault 'CreateAssociationBatch call 2 error code=AccessDeniedException'");

        ScriptResult result = endpoint.Run("$all = 1..40 | ForEach-Object { New-Good $_ }; New-SsmAssociationBatch $all @c -BatchSize 5 -ThrottleLimit 3");

        IReadOnlyList<Seen> seen = Seen.In(result);
        Assert.Equal(Enumerable.Range(0, 40).Select(i => (long)i), seen.Select(item => item.Index));
        Assert.Equal(endpoint.Associations, seen.Count(item => item.Status == "Created"));
        Assert.Equal(5, seen.Count(item => item.Status == "Failed"));
        Assert.Equal(40, seen.Count(item => item.Status is "Created" or "Failed" or "NotAttempted"));
        Assert.Equal("AccessDeniedException" + Suffix, result.TerminatingError!.FullyQualifiedErrorId);
    }

    [Theory]
    [InlineData("User: arn:aws:iam::123456789012:user/ops is not authorized to perform: iam:PassRole on resource: x", "AccessDeniedException")]
    [InlineData("The security token included in the request is invalid.", "UnrecognizedClientException")]
    [InlineData("Rate exceeded", "ThrottlingException")]
    [InlineData("Association Already Exists", "AssociationAlreadyExists")]
    [InlineData("Something that nobody has seen before", "EntryFailed")]
    public void A_failed_entry_gets_its_code_from_the_text_of_the_service(string text, string code)
    {
        using var endpoint = new EndpointSession($"-Fault 'CreateAssociationBatch always fail-entries message=\"{text}\" fault=Client'");

        Seen seen = Assert.Single(Seen.In(endpoint.Run("New-Good 1 | New-SsmAssociationBatch @c -MaxAttempt 1")));

        Assert.Equal((code, text), (seen.ErrorCode, seen.Message));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("empty")]
    public void A_failed_entry_without_a_text_still_says_something(string text)
    {
        using var endpoint = new EndpointSession($"-Fault 'CreateAssociationBatch always no-message text={text}'");

        ScriptResult result = endpoint.Run("(New-Good 1), (New-Refused 2) | New-SsmAssociationBatch @c");

        Seen failed = Seen.In(result)[1];
        Assert.Equal(("Failed", "EntryFailed"), (failed.Status, failed.ErrorCode));
        Assert.NotEmpty(failed.Message);
        AssertRecord(Assert.Single(result.Errors), failed, "EntryFailed", ErrorCategory.InvalidResult, failed["InputObject"]!);
    }

    [Fact]
    public void A_whole_call_error_without_a_text_still_says_something()
    {
        using var endpoint = new EndpointSession("-Fault 'CreateAssociationBatch always error code=InvalidDocument', 'CreateAssociationBatch always no-message'");

        ScriptResult result = endpoint.Run("New-Good 1 | New-SsmAssociationBatch @c");

        Seen failed = Assert.Single(Seen.In(result));
        Assert.Equal("InvalidDocument", failed.ErrorCode);
        Assert.NotEmpty(failed.Message);
        Assert.NotEmpty(Assert.Single(result.Errors).ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void A_code_that_nobody_knows_is_passed_on()
    {
        using var endpoint = new EndpointSession("-Fault 'CreateAssociationBatch always error code=BrandNewException message=\"something new\"'");

        ScriptResult result = endpoint.Run("New-Good 1 | New-SsmAssociationBatch @c");

        Seen failed = Assert.Single(Seen.In(result));
        Assert.Equal(("Failed", "BrandNewException", "something new"), (failed.Status, failed.ErrorCode, failed.Message));
        Assert.Equal("BrandNewException" + Suffix, Assert.Single(result.Errors).FullyQualifiedErrorId);
        Assert.NotEmpty(result.Errors[0].ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void An_endpoint_that_nobody_listens_on_is_told_and_nothing_more_is_tried()
    {
        using var session = new ModuleSession();

        // Taken, so that nobody else gets it, and not listened on.
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)silent.LocalEndPoint!).Port;

        ScriptResult result = session.Run($$"""
            1..5 | ForEach-Object { @{ Name = 'AWS-UpdateSSMAgent'; Targets = "tag:A=$_" } } |
                New-SsmAssociationBatch -EndpointUrl http://127.0.0.1:{{port}}/ -Region us-east-1 -AccessKey a -SecretKey b -BatchSize 1 -ThrottleLimit 1 -MaxAttempt 2
            """);

        IReadOnlyList<Seen> seen = Seen.In(result);
        Assert.Equal(5, seen.Count);
        Assert.All(seen, item => Assert.Equal("NotAttempted", item.Status));
        Assert.All(seen, item => Assert.True(item.IsRetryable));
        Assert.Equal("EndpointUnreachable", seen[0].ErrorCode);
        Assert.NotEmpty((string)seen[0]["RecommendedAction"]!);
        Assert.Null(result.TerminatingError);
        Assert.Equal(["EndpointUnreachable" + Suffix, "EntriesNotAttempted" + Suffix], result.Errors.Select(error => error.FullyQualifiedErrorId));
        Assert.Equal(ErrorCategory.ConnectionError, result.Errors[0].CategoryInfo.Category);
        Assert.Contains("could not be reached", result.Errors[1].ToString(), StringComparison.Ordinal);
        Assert.All(result.Errors, error => Assert.NotEmpty(error.ErrorDetails.RecommendedAction));
    }

    [Fact]
    public void Errors_are_written_after_the_objects_they_belong_to()
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run("(New-Good 0), (New-Refused 1), (New-Good 2), (New-Refused 3) | New-SsmAssociationBatch @c 2>&1").WithoutErrors();

        Assert.Equal(
            ["AssociationSuccess", "AssociationFailure", "AssociationSuccess", "AssociationFailure", "ErrorRecord", "ErrorRecord"],
            result.Output.Select(item => item!.BaseObject.GetType().Name));
    }

    private static void AssertRecord(ErrorRecord record, Seen failure, string code, ErrorCategory category, object input)
    {
        Assert.Equal(code + Suffix, record.FullyQualifiedErrorId);
        Assert.Equal(category, record.CategoryInfo.Category);
        Assert.Same(input is PSObject wrapped ? wrapped.BaseObject : input, record.TargetObject is PSObject target ? target.BaseObject : record.TargetObject);
        Assert.NotEmpty(record.ErrorDetails.RecommendedAction);
        Assert.Contains(failure.Message, record.ToString(), StringComparison.Ordinal);
        Assert.Contains($"Entry {failure.Index} ", record.ToString(), StringComparison.Ordinal);
        Assert.Equal("AssociationBatchException", record.Exception.GetType().Name);
        Assert.Same(failure.Object, Assert.Single(Seen.In(record)).Object);
    }
}
