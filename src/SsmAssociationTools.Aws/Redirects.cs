using System;
using System.Globalization;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Aws;

/// <summary>
/// Answers that send the caller elsewhere. AWS services give none, so what answers is something else: a login page of the
/// network, a wrong endpoint. None is followed or believed.
/// </summary>
internal static class Redirects
{
    /// <summary>The answer to a request is at another address: what was asked for may have been done.</summary>
    private const int SeeOther = 303;

    public static bool Is(int status) => status is >= 300 and < 400;

    /// <summary>
    /// The error of a call of Systems Manager. By the meaning of these statuses the request was not carried out where it
    /// arrived, and every later one would meet the same; 303 alone says that it may have been.
    /// </summary>
    public static GatewayException Error(int status, string? location, Exception? cause = null) =>
        new(
            status == SeeOther ? GatewayErrorKind.Ambiguous : GatewayErrorKind.Denied,
            ErrorCodes.EndpointRedirected,
            Text("The endpoint", status, location),
            cause)
        {
            StatusCode = status,
        };

    /// <summary>The error of a call for credentials.</summary>
    public static GatewayException CredentialError(string service, int status, string? location) =>
        new(GatewayErrorKind.NoCredentials, ErrorCodes.EndpointRedirected, "No credentials: " + Text(service, status, location), null) { StatusCode = status };

    private static string Text(string who, int status, string? location) =>
        $"{who} answered with a redirect (HTTP {status.ToString(CultureInfo.InvariantCulture)}) to {Host(location)}. Redirects are not followed; nothing was sent there. Check the endpoint and the proxy settings.";

    /// <summary>The host alone, in ASCII: a path or a user name may hold anything.</summary>
    private static string Host(string? location)
    {
        if (string.IsNullOrEmpty(location) || !Uri.TryCreate(location, UriKind.RelativeOrAbsolute, out Uri? url))
        {
            return "another address";
        }

        if (!url.IsAbsoluteUri)
        {
            return location!.StartsWith("//", StringComparison.Ordinal) ? Host("https:" + location) : "another path of its own";
        }

        return url.IdnHost.Length == 0 ? "another address" : MessageText.Of(url.IdnHost);
    }
}
