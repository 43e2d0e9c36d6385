using System.Globalization;
using System.Text.Json;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Aws.Credentials;

/// <summary>An answer of a service that gives credentials. Its body may hold secrets and is never shown as it is.</summary>
internal sealed class CredentialAnswer
{
    public CredentialAnswer(int status, string body, string? errorType)
    {
        Status = status;
        Body = body;
        ErrorType = errorType;
    }

    /// <summary>HTTP status.</summary>
    public int Status { get; }

    /// <summary>True for a status of success.</summary>
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>Body.</summary>
    public string Body { get; }

    /// <summary>Header x-amzn-ErrorType; null where it is absent.</summary>
    public string? ErrorType { get; }

    /// <summary>Reads the body as a JSON object.</summary>
    /// <exception cref="GatewayException">It is none.</exception>
    public JsonElement Json(string service) =>
        JsonValues.TryParse(Body, out JsonElement root) ? root : throw Unreadable(service);

    /// <summary>Error code and text of a JSON error, for a message.</summary>
    public string JsonError()
    {
        string? code = null;
        string? message = null;
        if (JsonValues.TryParse(Body, out JsonElement root))
        {
            code = root.Text("__type") ?? root.Text("error") ?? root.Text("code");
            message = root.Text("message") ?? root.Text("Message") ?? root.Text("error_description");
        }

        // Written as namespace#Code or Code:address.
        code = (ErrorType ?? code)?.Split(':')[0];
        code = code is null ? "HTTP " + Status.ToString(CultureInfo.InvariantCulture) : code.Substring(code.LastIndexOf('#') + 1);
        return string.IsNullOrWhiteSpace(message) ? code + "." : CredentialErrors.Foreign($"{code}: {message}");
    }

    /// <summary>The error for an answer that is not what was expected.</summary>
    public GatewayException Unreadable(string service) =>
        CredentialErrors.Refused($"No credentials: the answer of {service} (HTTP {Status.ToString(CultureInfo.InvariantCulture)}) could not be read. Check the endpoint and the proxy settings.");
}
