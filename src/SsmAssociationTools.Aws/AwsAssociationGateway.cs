using System;
using System.Threading;
using System.Threading.Tasks;
using Amazon.SimpleSystemsManagement.Model;
using SsmAssociationTools.Aws.Credentials;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Aws;

/// <summary>Makes the module's calls through the AWS SDK. Never retries.</summary>
internal sealed class AwsAssociationGateway : IAssociationGateway
{
    private readonly SsmClient _client;
    private readonly string? _account;
    private readonly KeyCache _keys;
    private readonly TimeSpan _callTimeout;

    /// <summary>Ticks of <see cref="ServerClockOffset"/>; <see cref="long.MinValue"/> before the first answer.</summary>
    private long _serverClockOffset = long.MinValue;

    public AwsAssociationGateway(SsmClient client, string region, string? account, KeyCache keys, TimeSpan callTimeout)
    {
        _client = client;
        Region = region;
        _account = account;
        _keys = keys;
        _callTimeout = callTimeout;
        client.ServerTime = time => Interlocked.Exchange(ref _serverClockOffset, (time - DateTime.UtcNow).Ticks);
    }

    public string Region { get; }

    public string CredentialSource => _keys.Description;

    public string? AccountId => _keys.Last?.AccountId ?? _account;

    public TimeSpan? ServerClockOffset => Interlocked.Read(ref _serverClockOffset) is var ticks && ticks == long.MinValue ? null : TimeSpan.FromTicks(ticks);

    public async Task<CreateBatchAnswer> CreateAssociationBatchAsync(CreateBatchRequest request, CancellationToken cancellationToken)
    {
        CreateAssociationBatchResponse response = await CallAsync(_client.CreateAssociationBatchAsync, RequestMapping.ToSdk(request), cancellationToken).ConfigureAwait(false);
        return AnswerMapping.FromSdk(response);
    }

    public async Task<ListAnswer> ListAssociationsAsync(ListRequest request, CancellationToken cancellationToken)
    {
        ListAssociationsResponse response = await CallAsync(_client.ListAssociationsAsync, RequestMapping.ToSdk(request), cancellationToken).ConfigureAwait(false);
        return AnswerMapping.FromSdk(response);
    }

    public async Task<AssociationRecord?> DescribeAssociationAsync(string associationId, CancellationToken cancellationToken)
    {
        try
        {
            DescribeAssociationResponse response = await CallAsync(_client.DescribeAssociationAsync, new DescribeAssociationRequest { AssociationId = associationId }, cancellationToken).ConfigureAwait(false);
            return AnswerMapping.FromSdk(response.AssociationDescription);
        }
        catch (GatewayException error) when (IsGone(error))
        {
            return null;
        }
    }

    public async Task<bool> DeleteAssociationAsync(string associationId, CancellationToken cancellationToken)
    {
        try
        {
            DeleteAssociationResponse response = await CallAsync(_client.DeleteAssociationAsync, new DeleteAssociationRequest { AssociationId = associationId }, cancellationToken).ConfigureAwait(false);
            return IsOfService(response) ? true : throw new GatewayException(GatewayErrorKind.Ambiguous, ErrorCodes.UnreadableAnswer, "The answer is not one of the service.");
        }
        catch (GatewayException error) when (IsGone(error))
        {
            return false;
        }
    }

    public void Dispose() => _client.Dispose();

    /// <summary>
    /// The answer to DeleteAssociation has nothing in it, so the SDK takes any success for one, also the page of a proxy.
    /// The service's own has an id, and at most an empty object.
    /// </summary>
    private static bool IsOfService(DeleteAssociationResponse response) =>
        !string.IsNullOrEmpty(response.ResponseMetadata?.RequestId) && response.ContentLength <= "{}".Length;

    private static bool IsGone(GatewayException error) => error.ErrorCode == ErrorCodes.AssociationDoesNotExist;

    private async Task<TResponse> CallAsync<TRequest, TResponse>(
        Func<TRequest, CancellationToken, Task<TResponse>> call,
        TRequest request,
        CancellationToken cancellationToken)
    {
        // Renewed before the call, an error of which is then known not to have reached the service.
        await _keys.GetAsync(cancellationToken).ConfigureAwait(false);

        // A time limit of the SDK's own would give each client a connection pool of its own.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_callTimeout);
        try
        {
            return await call(request, limit.Token).ConfigureAwait(false);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception error) when (limit.IsCancellationRequested)
        {
            throw ErrorMapping.TimedOut(_callTimeout, error);
        }
#pragma warning disable CA1031 // Whatever comes is translated; the caller treats the unknown as ambiguous.
        catch (Exception error)
#pragma warning restore CA1031
        {
            throw ErrorMapping.ToGatewayException(error);
        }
    }
}
