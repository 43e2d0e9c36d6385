using System;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Aws.Credentials;

/// <summary>Makes the errors of the search for credentials. Their texts say what to type and hold no secret.</summary>
internal static class CredentialErrors
{
    /// <summary>Characters of a foreign text that are shown, at most.</summary>
    private const int MaxForeignText = 400;

    /// <summary>A source that is there and gives no credentials, or is incomplete.</summary>
    public static GatewayException NotFound(string message, Exception? cause = null) => Make(ErrorCodes.NoCredentials, message, cause);

    /// <summary>A login of IAM Identity Center that is missing or over.</summary>
    public static GatewayException SsoTokenExpired(string message, Exception? cause = null) => Make(ErrorCodes.SsoTokenExpired, message, cause);

    /// <summary>A profile that needs a code of an MFA device.</summary>
    public static GatewayException MfaRequired(string message) => Make(ErrorCodes.MfaRequired, message);

    /// <summary>An endpoint that cannot be called.</summary>
    public static GatewayException InvalidEndpoint(string message) => Make(ErrorCodes.InvalidEndpointUrl, message);

    /// <summary>A service that does not give the credentials that it was asked for.</summary>
    public static GatewayException Refused(string message) => Make(ErrorCodes.CredentialsRefused, message);

    /// <summary>A service of credentials that could not be reached or had an error on its side.</summary>
    public static GatewayException Unreachable(string message, Exception? cause = null) =>
        new(GatewayErrorKind.NotSent, ErrorCodes.EndpointUnreachable, message, cause);

    /// <summary>Prepares a text of another program for a message: its first line, not too long, without the given secrets.</summary>
    public static string Foreign(string? text, params string?[] secrets)
    {
        string shown = MessageText.WithoutUserInfo((text ?? string.Empty).Trim());
        foreach (string? secret in secrets)
        {
            if (!string.IsNullOrEmpty(secret))
            {
                shown = shown.Replace(secret, "***");
            }
        }

        int end = shown.IndexOfAny(['\r', '\n']);
        shown = end < 0 ? shown : shown.Substring(0, end).TrimEnd();
        shown = shown.Length > MaxForeignText ? shown.Substring(0, MaxForeignText) + "..." : shown;
        return shown.Length == 0 || shown.EndsWith(".", StringComparison.Ordinal) ? shown : shown + ".";
    }

    private static GatewayException Make(string code, string message, Exception? cause = null) =>
        new(GatewayErrorKind.NoCredentials, code, message, cause);
}
