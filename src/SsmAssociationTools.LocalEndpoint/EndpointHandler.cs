using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.LocalEndpoint.Faults;
using SsmAssociationTools.LocalEndpoint.Http;
using SsmAssociationTools.LocalEndpoint.Model;
using SsmAssociationTools.LocalEndpoint.Service;
using SsmAssociationTools.Rehearsal;

namespace SsmAssociationTools.LocalEndpoint;

/// <summary>AWS JSON 1.1: turns calls into operations, errors into answers, and lets faults happen on the way.</summary>
internal sealed class EndpointHandler
{
    private const string TargetPrefix = "AmazonSSM.";
    private static readonly byte[] s_webPage = Encoding.UTF8.GetBytes("<html><body><h1>It works</h1></body></html>");
    private static readonly byte[] s_noJson = Encoding.UTF8.GetBytes("{\"Successful\": [{]} this is not JSON");
    private static readonly byte[] s_notActed = Encoding.UTF8.GetBytes("{\"Failed\":[],\"Successful\":[],\"Associations\":[]}");
    private static readonly JsonDocumentOptions s_jsonOptions = new() { MaxDepth = 64 };

    private readonly ApiModel _model;
    private readonly AccountRegions _regions;
    private readonly FaultPlan _faults;
    private readonly LocalEndpointOptions _options;
    private readonly HashSet<string> _operations;
    private long _requestCount;

    /// <summary>Makes a handler.</summary>
    /// <param name="model">The API model.</param>
    /// <param name="regions">The operations of each account-Region.</param>
    /// <param name="faults">What goes wrong.</param>
    /// <param name="options">The endpoint's options.</param>
    public EndpointHandler(ApiModel model, AccountRegions regions, FaultPlan faults, LocalEndpointOptions options)
    {
        _model = model;
        _regions = regions;
        _faults = faults;
        _options = options;
        _operations = [.. model.Operations];
    }

    /// <summary>Calls so far.</summary>
    public long RequestCount => Interlocked.Read(ref _requestCount);

    /// <summary>Answers a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="stop">Ends waiting when the endpoint stops.</param>
    /// <returns>The answer.</returns>
    public async Task<HttpAnswer> AnswerAsync(HttpCall call, CancellationToken stop)
    {
        Interlocked.Increment(ref _requestCount);
        HttpAnswer answer;
        using var context = new CallContext();
        try
        {
            answer = AnswerAsSts(call) ?? await AnswerAsync(ReadOperation(call), call, context, stop).ConfigureAwait(false);
        }
        catch (ServiceException error)
        {
            answer = ErrorAnswer(error.Code, error.Text, error.Status);
        }

        if (_options.Latency > TimeSpan.Zero)
        {
            await Task.Delay(_options.Latency, stop).ConfigureAwait(false);
        }

        answer.RequestId = Guid.NewGuid().ToString();
        return answer;
    }

    private async Task<HttpAnswer> AnswerAsync(string operation, HttpCall call, CallContext context, CancellationToken stop)
    {
        context.Faults = _faults.Decide(operation);
        return context.Faults.Main is FaultRule main
            ? await AnswerWithFaultAsync(operation, call, context, main, stop).ConfigureAwait(false)
            : Act(operation, call, context);
    }

    /// <summary>Answers as AWS STS where that is what is called.</summary>
    private HttpAnswer? AnswerAsSts(HttpCall call) =>
        call.Method == "POST"
        && MediaType(call).Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)
        && RoleSessions.Run(Encoding.UTF8.GetString(call.Body.Array!, call.Body.Offset, call.Body.Count), DateTime.UtcNow, AccountOf(call)) is { } answer
            ? new HttpAnswer(answer.Status, answer.Body) { ContentType = "text/xml" }
            : null;

    private static string MediaType(HttpCall call) => (call.Header("Content-Type") ?? string.Empty).Split(';')[0].Trim();

    /// <summary>The account-Region that a call is signed for; the endpoint's own where the signature does not tell.</summary>
    private AssociationService ServiceOf(HttpCall call)
    {
        var scope = CallScope.Read(call.Header("Authorization")!);
        return _regions.Of(AccountOf(call), scope?.Region ?? _options.Region);
    }

    private string AccountOf(HttpCall call) =>
        (call.Header("Authorization") is { } signature && CallScope.Read(signature) is { } scope ? RoleSessions.AccountOf(scope.AccessKey) : null) ?? _options.AccountId;

    private string ReadOperation(HttpCall call)
    {
        if (call.Method != "POST")
        {
            throw new ServiceException("UnknownOperationException", "Calls are made with POST.", 404);
        }

        string target = call.Header("X-Amz-Target") ?? string.Empty;
        string operation = target.StartsWith(TargetPrefix, StringComparison.Ordinal) ? target.Substring(TargetPrefix.Length) : string.Empty;
        string type = MediaType(call);
        if (!_operations.Contains(operation) || !string.Equals(type, HttpAnswer.AwsJson, StringComparison.OrdinalIgnoreCase))
        {
            throw new ServiceException(
                "UnknownOperationException",
                $"The local endpoint knows {string.Join(", ", _operations.Select(name => TargetPrefix + name))} as X-Amz-Target with Content-Type {HttpAnswer.AwsJson}.");
        }

        return string.IsNullOrEmpty(call.Header("Authorization"))
            ? throw new ServiceException("MissingAuthenticationTokenException", "Missing Authentication Token")
            : operation;
    }

    private HttpAnswer Act(string operation, HttpCall call, CallContext context)
    {
        try
        {
            using JsonDocument request = Parse(call.Body);
            RequestValidator.Check(_model.Input(operation), request.RootElement);
            return new HttpAnswer(200, ServiceOf(call).Run(operation, request.RootElement, context));
        }
        catch (ServiceException error)
        {
            return ErrorAnswer(error.Code, context.Faults.Text(error.Text), error.Status);
        }
        catch (IOException error)
        {
            // The state file cannot be written: the disk is full, or the share is gone.
            return ErrorAnswer("InternalServerError", "The state file cannot be written: " + error.Message, 500);
        }
        catch (LocalEndpointException error)
        {
            return ErrorAnswer("InternalServerError", error.Message, 500);
        }
    }

    private static JsonDocument Parse(ArraySegment<byte> body)
    {
        try
        {
            return JsonDocument.Parse(new ReadOnlyMemory<byte>(body.Array, body.Offset, body.Count), s_jsonOptions);
        }
        catch (JsonException)
        {
            throw new ServiceException("SerializationException", body.Count == 0 ? "The request has no body." : "The request is not JSON.");
        }
    }

    private async Task<HttpAnswer> AnswerWithFaultAsync(string operation, HttpCall call, CallContext context, FaultRule rule, CancellationToken stop)
    {
        // An answer that is spoiled on its way was made by a call that was carried out, unless the fault says otherwise.
        bool acts = rule.Acted ?? rule.Effect is FaultEffect.Delay or FaultEffect.Truncate or FaultEffect.Malformed or FaultEffect.Empty or FaultEffect.WrongType;
        HttpAnswer answer = acts ? Act(operation, call, context) : new HttpAnswer(200, s_notActed);
        switch (rule.Effect)
        {
            case FaultEffect.Reset:
                answer.Delivery = HttpDelivery.Reset;
                return answer;
            case FaultEffect.Delay:
                // The answer is late, not the work.
                context.Dispose();
                await Task.Delay(rule.Duration, stop).ConfigureAwait(false);
                answer.Delivery = acts ? HttpDelivery.Whole : HttpDelivery.Reset;
                return answer;
            case FaultEffect.Truncate:
                answer.Delivery = HttpDelivery.Truncated;
                return answer;
            case FaultEffect.Malformed:
                answer.Body = s_noJson;
                return answer;
            case FaultEffect.Empty:
                answer.Body = [];
                return answer;
            case FaultEffect.WrongType:
                answer.Body = s_webPage;
                answer.ContentType = "text/html";
                return answer;
            default:
                return InjectedError(operation, rule, context.Faults);
        }
    }

    private HttpAnswer InjectedError(string operation, FaultRule rule, CallFaults faults)
    {
        string code = rule.Code ?? (rule.Effect, rule.Status) switch
        {
            (FaultEffect.ServerError, null or 500) => "InternalServerError",
            (FaultEffect.ServerError, _) or (_, 503) => "ServiceUnavailableException",
            (_, 429) => "TooManyRequestsException",
            _ => "ThrottlingException",
        };
        int status = rule.Status ?? (_model.IsServerFault(code) || rule.Effect == FaultEffect.ServerError ? 500 : 400);
        string? text = code switch
        {
            _ when rule.Message is not null => rule.Message,
            "ServiceUnavailableException" => "Service is unable to handle the request.",
            "TooManyRequestsException" => "Rate exceeded",
            "AccessDeniedException" =>
                $"User: arn:aws:iam::{_options.AccountId}:user/rehearsal is not authorized to perform: ssm:{operation} on resource: *",
            _ => ErrorTexts.For(code),
        };
        HttpAnswer answer = ErrorAnswer(code, faults.Text(text), status, always: rule.Message is not null);
        answer.RetryAfter = rule.RetryAfter;
        return answer;
    }

    /// <summary>Answers an error; its text is left out where the error has none, unless a fault gives it one.</summary>
    private HttpAnswer ErrorAnswer(string code, string? text, int status, bool always = false) => new(status, JsonBytes.Make(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("__type", code);
        if (text is not null && (_model.MessageMember(code) ?? (always ? "Message" : null)) is string member)
        {
            writer.WriteString(member, text);
        }

        writer.WriteEndObject();
    }));
}
