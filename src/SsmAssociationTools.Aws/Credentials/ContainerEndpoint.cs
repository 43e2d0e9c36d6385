using System;
using System.IO;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Aws.Credentials;

/// <summary>
/// The endpoint that gives a container its credentials (ECS, EKS Pod Identity, Greengrass, CloudShell), as two environment
/// variables name it.
/// </summary>
internal sealed class ContainerEndpoint
{
    private const string RelativeUri = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
    private const string FullUri = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
    private const string ServiceName = "the credentials endpoint of the container";

    private readonly CredentialHttp _http;
    private readonly MachineEnvironment _environment;

    private ContainerEndpoint(CredentialHttp http, Uri url, string variable, MachineEnvironment environment)
    {
        _http = http;
        Url = url;
        _environment = environment;
        Description = $"the container's endpoint ({variable})";
    }

    /// <summary>Its address.</summary>
    public Uri Url { get; }

    /// <summary>What it is, for verbose text.</summary>
    public string Description { get; }

    /// <summary>Finds the endpoint.</summary>
    /// <exception cref="GatewayException">The one that is named must not be called.</exception>
    public static ContainerEndpoint? Find(CredentialHttp http, MachineEnvironment environment)
    {
        if (environment.Variable(RelativeUri) is { } path)
        {
            return Uri.TryCreate("http://169.254.170.2" + (path[0] == '/' ? path : "/" + path), UriKind.Absolute, out Uri? fixedUrl)
                ? new ContainerEndpoint(http, fixedUrl, RelativeUri, environment)
                : throw CredentialErrors.NotFound($"{RelativeUri} is no path.");
        }

        if (environment.Variable(FullUri) is not { } text)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
        {
            throw CredentialErrors.NotFound($"{FullUri} is no http or https URL.");
        }

        // The link-local addresses of ECS and EKS lead no further than this machine.
        bool isLocal = url.IsLoopback || url.Host is "169.254.170.2" or "169.254.170.23" || url.Host.Trim('[', ']') == "fd00:ec2::23";
        return url.Scheme == Uri.UriSchemeHttps || isLocal
            ? new ContainerEndpoint(http, url, FullUri, environment)
            : throw CredentialErrors.NotFound($"{FullUri} names {url.Host}, which would send credentials unencrypted over the network. Use https.");
    }

    /// <summary>Reads the keys.</summary>
    /// <exception cref="GatewayException">The endpoint gives none.</exception>
    public async Task<AccessKeys> KeysAsync(CancellationToken cancellationToken)
    {
        string? authorization = Authorization();
        CredentialAnswer answer = await _http.CallLocalAsync(
            ServiceName,
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Get, Url);
                if (authorization is not null)
                {
                    request.Headers.TryAddWithoutValidation("Authorization", authorization);
                }

                return request;
            },
            attempts: 4,
            TimeSpan.FromSeconds(5),
            cancellationToken).ConfigureAwait(false);
        return KeysOf(answer, ServiceName);
    }

    /// <summary>Reads an answer, which is the same here and from the metadata service.</summary>
    /// <exception cref="GatewayException">There are none in it.</exception>
    public static AccessKeys KeysOf(CredentialAnswer answer, string service)
    {
        if (!answer.IsSuccess)
        {
            throw answer.Status is 429 or >= 500
                ? CredentialErrors.Unreachable($"No credentials: {service} answered {answer.JsonError()}")
                : CredentialErrors.Refused($"No credentials: {service} answered {answer.JsonError()}");
        }

        JsonElement root = answer.Json(service);
        if (root.Text("AccessKeyId") is { } accessKey && root.Text("SecretAccessKey") is { } secretKey)
        {
            return new AccessKeys(accessKey, secretKey, root.Text("Token"))
            {
                Expiration = root.Time("Expiration"),
                AccountId = Arns.IsAccount(root.Text("AccountId")) ? root.Text("AccountId") : Arns.AccountOf(root.Text("RoleArn")),
            };
        }

        // The metadata service answers with success also where it has no keys.
        throw root.Text("Code") is { } code && code != "Success"
            ? CredentialErrors.Refused($"No credentials: {service} answered {CredentialErrors.Foreign($"{code} {root.Text("Message")}")}")
            : answer.Unreadable(service);
    }

    /// <summary>The token is read anew for each call: EKS replaces the file.</summary>
    private string? Authorization()
    {
        string? token = null;
        if (_environment.Variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") is { } path)
        {
            try
            {
                token = File.ReadAllText(path).Trim();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw CredentialErrors.NotFound($"The file of AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE cannot be read: {error.Message}", error);
            }
        }

        token = string.IsNullOrEmpty(token) ? _environment.Variable("AWS_CONTAINER_AUTHORIZATION_TOKEN") : token;
        return token is null || token.IndexOfAny(['\r', '\n']) < 0
            ? token
            : throw CredentialErrors.NotFound("The authorization token of the container has more than one line.");
    }
}
