using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Aws.Credentials;

/// <summary>Asks the metadata service of an EC2 instance, in its version 2 only. Elsewhere the question is over within seconds.</summary>
internal sealed class InstanceMetadata
{
    private const string ServiceName = "the metadata service of the instance";
    private const string CredentialsPath = "latest/meta-data/iam/security-credentials/";

    /// <summary>A machine that is no instance does not answer at all, so nobody waits long.</summary>
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(1.5);

    private readonly CredentialHttp _http;
    private readonly Uri? _endpoint;
    private bool _isAbsent;

    public InstanceMetadata(CredentialHttp http, SharedFileSection? profile, MachineEnvironment environment)
    {
        _http = http;
        _endpoint = FindEndpoint(profile, environment);
    }

    /// <summary>Reads the Region of the instance.</summary>
    public async Task<string?> RegionAsync(CancellationToken cancellationToken)
    {
        try
        {
            string? token = await TokenAsync(cancellationToken).ConfigureAwait(false);
            CredentialAnswer? answer = token is null ? null : await GetAsync("latest/meta-data/placement/region", token, cancellationToken).ConfigureAwait(false);
            return answer is { IsSuccess: true } && answer.Body.Trim() is { Length: > 0 } region ? region : null;
        }
        catch (GatewayException error) when (error.ErrorCode != ErrorCodes.EndpointRedirected)
        {
            return null;
        }
    }

    /// <summary>Reads the keys of the instance's role.</summary>
    /// <exception cref="GatewayException">There is a role and it gives no keys.</exception>
    public async Task<AccessKeys?> KeysAsync(CancellationToken cancellationToken)
    {
        string? token = await TokenAsync(cancellationToken).ConfigureAwait(false);
        if (token is null)
        {
            return null;
        }

        CredentialAnswer roles = await GetAsync(CredentialsPath, token, cancellationToken).ConfigureAwait(false);
        string role = roles.IsSuccess ? roles.Body.Trim().Split('\n')[0].Trim() : string.Empty;
        if (role.Length == 0)
        {
            return null;
        }

        CredentialAnswer answer = await GetAsync(CredentialsPath + Uri.EscapeDataString(role), token, cancellationToken).ConfigureAwait(false);
        return ContainerEndpoint.KeysOf(answer, $"{ServiceName} (role {CredentialErrors.Foreign(role).TrimEnd('.')})");
    }

    private static Uri? FindEndpoint(SharedFileSection? profile, MachineEnvironment environment)
    {
        if (string.Equals(environment.Variable("AWS_EC2_METADATA_DISABLED"), "true", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        string? text = environment.Variable("AWS_EC2_METADATA_SERVICE_ENDPOINT") ?? profile?["ec2_metadata_service_endpoint"];
        if (text is null)
        {
            string? mode = environment.Variable("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE") ?? profile?["ec2_metadata_service_endpoint_mode"];
            text = string.Equals(mode, "IPv6", StringComparison.OrdinalIgnoreCase) ? "http://[fd00:ec2::254]" : "http://169.254.169.254";
        }

        return Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out Uri? url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            ? url
            : throw CredentialErrors.InvalidEndpoint("AWS_EC2_METADATA_SERVICE_ENDPOINT is no http or https URL.");
    }

    /// <summary>Gets a session token; null where nothing answers that is a metadata service.</summary>
    private async Task<string?> TokenAsync(CancellationToken cancellationToken)
    {
        if (_endpoint is null || _isAbsent)
        {
            return null;
        }

        try
        {
            CredentialAnswer answer = await _http.CallLocalAsync(ServiceName, TokenRequest, attempts: 2, s_timeout, cancellationToken).ConfigureAwait(false);
            return answer.IsSuccess && answer.Body.Trim() is { Length: > 0 } token ? token : null;
        }
        catch (GatewayException error) when (error.ErrorCode != ErrorCodes.EndpointRedirected)
        {
            _isAbsent = true;
            return null;
        }
    }

    private HttpRequestMessage TokenRequest()
    {
        var request = new HttpRequestMessage(HttpMethod.Put, new Uri(_endpoint!, "latest/api/token"));
        request.Headers.TryAddWithoutValidation("X-aws-ec2-metadata-token-ttl-seconds", "300");
        return request;
    }

    private Task<CredentialAnswer> GetAsync(string path, string token, CancellationToken cancellationToken) => _http.CallLocalAsync(
        ServiceName,
        () =>
        {
            var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_endpoint!, path));
            request.Headers.TryAddWithoutValidation("X-aws-ec2-metadata-token", token);
            return request;
        },
        attempts: 3,
        s_timeout,
        cancellationToken);
}
