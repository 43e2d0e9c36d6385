using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using SsmAssociationTools.Aws.Credentials;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Aws;

/// <summary>Makes the module's calls through the AWS SDK. Never retries.</summary>
internal sealed class AwsAssociationGateway : IFleetGateway
{
    private readonly SsmClient _client;
    private readonly string? _account;
    private readonly KeyCache _keys;
    private readonly TimeSpan _callTimeout;

    public AwsAssociationGateway(SsmClient client, string region, string endpoint, string? account, KeyCache keys, TimeSpan callTimeout)
    {
        Endpoint = endpoint;
        _client = client;
        Region = region;
        _account = account;
        _keys = keys;
        _callTimeout = callTimeout;
    }

    public string Region { get; }

    /// <summary>The endpoint as a journal names it.</summary>
    public string Endpoint { get; }

    /// <summary>What the calls are signed with.</summary>
    public KeyCache Keys => _keys;

    /// <summary>Asks for the account of the keys; null where a role's ARN names it.</summary>
    public StsClient? Sts { get; init; }

    public string CredentialSource => _keys.Description;

    public string? AccountId => _keys.Last?.AccountId ?? _account;

    public async Task<CreateBatchAnswer> CreateAssociationBatchAsync(CreateBatchRequest request, CancellationToken cancellationToken)
    {
        (CreateAssociationBatchResponse response, DateTime? time) = await CallTimedAsync(_client.CreateAssociationBatchAsync, RequestMapping.ToSdk(request), cancellationToken).ConfigureAwait(false);
        return AnswerMapping.FromSdk(response, time);
    }

    public async Task<ListAnswer> ListAssociationsAsync(ListRequest request, CancellationToken cancellationToken)
    {
        (ListAssociationsResponse response, DateTime? time) = await CallTimedAsync(_client.ListAssociationsAsync, RequestMapping.ToSdk(request), cancellationToken).ConfigureAwait(false);
        return AnswerMapping.FromSdk(response, time);
    }

    public Task<AssociationRecord?> DescribeAssociationAsync(string associationId, CancellationToken cancellationToken) =>
        DescribeAsync(new DescribeAssociationRequest { AssociationId = associationId }, cancellationToken);

    public Task<AssociationRecord?> DescribeAssociationVersionAsync(string associationId, string associationVersion, CancellationToken cancellationToken) =>
        DescribeAsync(new DescribeAssociationRequest { AssociationId = associationId, AssociationVersion = associationVersion }, cancellationToken);

    public async Task<bool> DeleteAssociationAsync(string associationId, CancellationToken cancellationToken)
    {
        try
        {
            DeleteAssociationResponse response = await CallAsync(_client.DeleteAssociationAsync, new DeleteAssociationRequest { AssociationId = associationId }, cancellationToken).ConfigureAwait(false);
            return IsOfService(response) ? true : throw ErrorMapping.NotOfService();
        }
        catch (GatewayException error) when (IsGone(error))
        {
            return false;
        }
    }

    public async Task<UpdateAnswer> UpdateAssociationAsync(UpdateRequest request, CancellationToken cancellationToken)
    {
        (UpdateAssociationResponse response, DateTime? time) = await CallTimedAsync(_client.UpdateAssociationAsync, RequestMapping.ToSdk(request), cancellationToken).ConfigureAwait(false);
        return new UpdateAnswer(AnswerMapping.FromSdk(response.AssociationDescription ?? throw ErrorMapping.NotOfService()))
        {
            RequestId = response.ResponseMetadata?.RequestId,
            ServiceTime = time,
        };
    }

    public async Task<VersionsAnswer> ListAssociationVersionsAsync(VersionsRequest request, CancellationToken cancellationToken)
    {
        ListAssociationVersionsResponse response = await CallAsync(_client.ListAssociationVersionsAsync, RequestMapping.ToSdk(request), cancellationToken).ConfigureAwait(false);
        return AnswerMapping.FromSdk(response);
    }

    public async Task<StartAnswer> StartAssociationsOnceAsync(IReadOnlyList<string> associationIds, CancellationToken cancellationToken)
    {
        var request = new StartAssociationsOnceRequest { AssociationIds = new List<string>(associationIds) };
        (StartAssociationsOnceResponse response, DateTime? time) = await CallTimedAsync(_client.StartAssociationsOnceAsync, request, cancellationToken).ConfigureAwait(false);
        return IsOfService(response)
            ? new StartAnswer { RequestId = response.ResponseMetadata?.RequestId, ServiceTime = time }
            : throw ErrorMapping.NotOfService();
    }

    public async Task<ExecutionsAnswer> DescribeAssociationExecutionsAsync(ExecutionsRequest request, CancellationToken cancellationToken)
    {
        (DescribeAssociationExecutionsResponse response, DateTime? time) =
            await CallTimedAsync(_client.DescribeAssociationExecutionsAsync, RequestMapping.ToSdk(request), cancellationToken).ConfigureAwait(false);
        return AnswerMapping.FromSdk(response, time);
    }

    public async Task<ExecutionTargetsAnswer> DescribeAssociationExecutionTargetsAsync(ExecutionTargetsRequest request, CancellationToken cancellationToken)
    {
        DescribeAssociationExecutionTargetsResponse response =
            await CallAsync(_client.DescribeAssociationExecutionTargetsAsync, RequestMapping.ToSdk(request), cancellationToken).ConfigureAwait(false);
        return AnswerMapping.FromSdk(response);
    }

    public async Task<NodesAnswer> DescribeInstanceInformationAsync(NodesRequest request, CancellationToken cancellationToken)
    {
        DescribeInstanceInformationResponse response = await CallAsync(_client.DescribeInstanceInformationAsync, RequestMapping.ToSdk(request), cancellationToken).ConfigureAwait(false);
        return AnswerMapping.FromSdk(response);
    }

    public async Task<DocumentRecord> DescribeDocumentAsync(DocumentRequest request, CancellationToken cancellationToken)
    {
        var asked = new DescribeDocumentRequest { Name = request.Name, DocumentVersion = request.DocumentVersion };
        DescribeDocumentResponse response = await CallAsync(_client.DescribeDocumentAsync, asked, cancellationToken).ConfigureAwait(false);
        return AnswerMapping.FromSdk(response.Document ?? throw ErrorMapping.NotOfService());
    }

    public async Task<DocumentContent> GetDocumentAsync(DocumentRequest request, CancellationToken cancellationToken)
    {
        var asked = new GetDocumentRequest { Name = request.Name, DocumentVersion = request.DocumentVersion, DocumentFormat = DocumentFormat.JSON };
        return AnswerMapping.FromSdk(await CallAsync(_client.GetDocumentAsync, asked, cancellationToken).ConfigureAwait(false));
    }

    public async Task<CalendarAnswer> GetCalendarStateAsync(IReadOnlyList<string> calendarNames, DateTime? at, CancellationToken cancellationToken)
    {
        var asked = new GetCalendarStateRequest { CalendarNames = new List<string>(calendarNames), AtTime = RequestMapping.Time(at) };
        return AnswerMapping.FromSdk(await CallAsync(_client.GetCalendarStateAsync, asked, cancellationToken).ConfigureAwait(false));
    }

    public void Dispose() => _client.Dispose();

    /// <summary>
    /// Some answers have nothing in them, so the SDK takes any success for one, also the page of a proxy. The service's own has
    /// an id, and at most an empty object.
    /// </summary>
    private static bool IsOfService(AmazonWebServiceResponse response) =>
        !string.IsNullOrEmpty(response.ResponseMetadata?.RequestId) && response.ContentLength <= "{}".Length;

    /// <summary>The API's name of an operation, which the SDK's request is named after.</summary>
    private static string OperationOf<TRequest>()
    {
        string name = typeof(TRequest).Name;
        return name.EndsWith("Request", StringComparison.Ordinal) ? name.Substring(0, name.Length - "Request".Length) : name;
    }

    private static bool IsRead(string operation) =>
        operation.StartsWith("Describe", StringComparison.Ordinal) || operation.StartsWith("List", StringComparison.Ordinal) || operation.StartsWith("Get", StringComparison.Ordinal);

    private static bool IsGone(GatewayException error) => error.ErrorCode == ErrorCodes.AssociationDoesNotExist;

    private async Task<AssociationRecord?> DescribeAsync(DescribeAssociationRequest request, CancellationToken cancellationToken)
    {
        try
        {
            DescribeAssociationResponse response = await CallAsync(_client.DescribeAssociationAsync, request, cancellationToken).ConfigureAwait(false);
            return AnswerMapping.FromSdk(response.AssociationDescription ?? throw ErrorMapping.NotOfService());
        }
        catch (GatewayException error) when (IsGone(error))
        {
            return null;
        }
    }

    private async Task<TResponse> CallAsync<TRequest, TResponse>(
        Func<TRequest, CancellationToken, Task<TResponse>> call,
        TRequest request,
        CancellationToken cancellationToken)
    {
        (TResponse response, _) = await CallTimedAsync(call, request, cancellationToken).ConfigureAwait(false);
        return response;
    }

    /// <summary>Makes a call; once more with new keys where the service calls the old ones expired, which it does before it does anything.</summary>
    /// <returns>The answer, and when the service gave it by its own clock.</returns>
    private async Task<(TResponse Response, DateTime? Time)> CallTimedAsync<TRequest, TResponse>(
        Func<TRequest, CancellationToken, Task<TResponse>> call,
        TRequest request,
        CancellationToken cancellationToken)
    {
        // Renewed before the call, an error of which is then known not to have reached the service.
        AccessKeys keys = await _keys.GetAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await CallOnceAsync(call, request, cancellationToken).ConfigureAwait(false);
        }
        catch (GatewayException error) when (error.ErrorCode is ErrorCodes.ExpiredTokenException or "ExpiredToken")
        {
            if (!await _keys.ReplaceAsync(keys, cancellationToken).ConfigureAwait(false))
            {
                throw;
            }
        }

        return await CallOnceAsync(call, request, cancellationToken).ConfigureAwait(false);
    }

    private async Task<(TResponse Response, DateTime? Time)> CallOnceAsync<TRequest, TResponse>(
        Func<TRequest, CancellationToken, Task<TResponse>> call,
        TRequest request,
        CancellationToken cancellationToken)
    {
        // A time limit of the SDK's own would give each client a connection pool of its own.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_callTimeout);
        DateTime? time = null;
        AnswerGuard.ServerTime.Value = given => time = given;
        try
        {
            TResponse response = await call(request, limit.Token).ConfigureAwait(false);
            return (response, time);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception error) when (limit.IsCancellationRequested)
        {
            string operation = OperationOf<TRequest>();
            GatewayException timedOut = ErrorMapping.TimedOut(_callTimeout, error, IsRead(operation));
            timedOut.Operation = operation;
            throw timedOut;
        }
#pragma warning disable CA1031 // Whatever comes is translated; the caller treats the unknown as ambiguous.
        catch (Exception error)
#pragma warning restore CA1031
        {
            string operation = OperationOf<TRequest>();
            GatewayException translated = ErrorMapping.ToGatewayException(error, IsRead(operation));
            translated.Operation = operation;
            translated.ServiceTime = time;
            throw translated;
        }
    }
}
