using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using System.Xml;
using System.Xml.Linq;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Aws.Credentials;

/// <summary>
/// Calls AssumeRole and AssumeRoleWithWebIdentity of AWS STS. The AWS SDK finds its STS client among all assemblies of the
/// process by simple name, which fails as soon as AWS.Tools has one too; so these two calls are made here.
/// </summary>
internal sealed class StsClient
{
    private const string ContentType = "application/x-www-form-urlencoded; charset=utf-8";

    private readonly CredentialHttp _http;
    private readonly Uri _endpoint;
    private readonly string _region;
    private readonly MachineEnvironment _environment;

    public StsClient(CredentialHttp http, Uri endpoint, string region, MachineEnvironment environment)
    {
        _http = http;
        _endpoint = endpoint;
        _region = region;
        _environment = environment;
    }

    /// <summary>Assumes a role with the keys of another identity.</summary>
    /// <exception cref="GatewayException">STS refused or could not be reached.</exception>
    public Task<AccessKeys> AssumeRoleAsync(RoleRequest role, AccessKeys source, CancellationToken cancellationToken) =>
        CallAsync("AssumeRole", role, role.ExternalId is null ? [] : [new("ExternalId", role.ExternalId)], source, null, cancellationToken);

    /// <summary>Assumes a role with a token of a web identity. The call is not signed.</summary>
    /// <exception cref="GatewayException">STS refused or could not be reached.</exception>
    public Task<AccessKeys> AssumeRoleWithWebIdentityAsync(RoleRequest role, string token, CancellationToken cancellationToken) =>
        CallAsync("AssumeRoleWithWebIdentity", role, [new("WebIdentityToken", token)], null, token, cancellationToken);

    /// <summary>Asks which account keys belong to. Everybody may.</summary>
    /// <returns>12 digits; null where the answer does not tell.</returns>
    /// <exception cref="GatewayException">STS could not be reached.</exception>
    public async Task<string?> FindAccountAsync(AccessKeys keys, CancellationToken cancellationToken)
    {
        CredentialAnswer answer = await _http.CallServiceAsync(
            $"{ServiceInfo.Sts.Name} at {_endpoint.Authority}",
            () => Request(Encoding.UTF8.GetBytes("Action=GetCallerIdentity&Version=2011-06-15"), keys),
            static answer => ErrorOf(answer).Code is "Throttling" or "ThrottlingException" or "RequestLimitExceeded",
            cancellationToken).ConfigureAwait(false);
        return answer.IsSuccess && Find(Parse(answer.Body), "Account")?.Value.Trim() is { } account && Arns.IsAccount(account) ? account : null;
    }

    private async Task<AccessKeys> CallAsync(
        string action,
        RoleRequest role,
        IEnumerable<KeyValuePair<string, string>> more,
        AccessKeys? signer,
        string? token,
        CancellationToken cancellationToken)
    {
        var form = new List<KeyValuePair<string, string>>
        {
            new("Action", action),
            new("Version", "2011-06-15"),
            new("RoleArn", role.RoleArn),
            new("RoleSessionName", role.SessionName(_environment.UtcNow())),
        };
        if (role.Duration is { } duration)
        {
            form.Add(new("DurationSeconds", ((long)duration.TotalSeconds).ToString(CultureInfo.InvariantCulture)));
        }

        form.AddRange(more);
        byte[] body = Encoding.UTF8.GetBytes(string.Join("&", form.Select(static pair => pair.Key + "=" + Uri.EscapeDataString(pair.Value))));
        CredentialAnswer answer = await _http.CallServiceAsync(
            $"{ServiceInfo.Sts.Name} at {_endpoint.Authority}",
            () => Request(body, signer),
            static answer => ErrorOf(answer).Code is "Throttling" or "ThrottlingException" or "IDPCommunicationError" or "RequestLimitExceeded",
            cancellationToken).ConfigureAwait(false);
        if (answer.IsSuccess)
        {
            return KeysOf(answer, role);
        }

        (string? code, string? message) = ErrorOf(answer);
        if (answer.Status >= 500)
        {
            throw CredentialErrors.Unreachable($"The role {role.RoleArn} was not assumed: {ServiceInfo.Sts.Name} at {_endpoint.Authority} answered HTTP {answer.Status}. Try again later.");
        }

        // The text about a wrong signature quotes the request, session token included.
        string shown = code is "SignatureDoesNotMatch"
            ? "The signature is wrong: check the secret key and the clock of this machine."
            : CredentialErrors.Foreign(message, signer?.SecretKey, signer?.SessionToken, token, role.ExternalId);
        throw CredentialErrors.Refused($"The role {role.RoleArn} was not assumed{role.Origin}: {code ?? "HTTP " + answer.Status.ToString(CultureInfo.InvariantCulture)}. {shown}".TrimEnd());
    }

    private HttpRequestMessage Request(byte[] body, AccessKeys? signer)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(ContentType);
        var request = new HttpRequestMessage(HttpMethod.Post, _endpoint) { Content = content };
        if (signer is not null)
        {
            foreach (KeyValuePair<string, string> header in SigV4.Sign(_endpoint, ContentType, body, signer, _region, "sts", _environment.UtcNow()))
            {
                request.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
        }

        return request;
    }

    private static AccessKeys KeysOf(CredentialAnswer answer, RoleRequest role)
    {
        XElement? root = Parse(answer.Body);
        XElement? credentials = Find(root, "Credentials");
        string? accessKey = Find(credentials, "AccessKeyId")?.Value;
        string? secretKey = Find(credentials, "SecretAccessKey")?.Value;
        if (string.IsNullOrWhiteSpace(accessKey) || string.IsNullOrWhiteSpace(secretKey))
        {
            throw answer.Unreadable(ServiceInfo.Sts.Name);
        }

        return new AccessKeys(accessKey!, secretKey!, Find(credentials, "SessionToken")?.Value)
        {
            Expiration = JsonValues.ParseTime(Find(credentials, "Expiration")?.Value),
            AccountId = Arns.AccountOf(Find(Find(root, "AssumedRoleUser"), "Arn")?.Value) ?? Arns.AccountOf(role.RoleArn),
        };
    }

    private static (string? Code, string? Message) ErrorOf(CredentialAnswer answer)
    {
        XElement? error = answer.IsSuccess ? null : Find(Parse(answer.Body), "Error");
        return (Find(error, "Code")?.Value, Find(error, "Message")?.Value);
    }

    private static XElement? Find(XElement? parent, string name) =>
        parent?.Descendants().FirstOrDefault(element => element.Name.LocalName == name);

    private static XElement? Parse(string body)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(body), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return XElement.Load(reader);
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
