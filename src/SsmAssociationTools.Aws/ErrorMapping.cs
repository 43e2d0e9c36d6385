using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net;
#if NET
using System.Net.Http;
#endif
using System.Net.Sockets;
using System.Security.Authentication;
using Amazon.Runtime;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Aws;

/// <summary>
/// Says of each error of the SDK what it means for what the call carried. What is not known for sure not to have been
/// executed counts as ambiguous.
/// </summary>
internal static class ErrorMapping
{
    /// <summary>Codes with which AWS services refuse a call for its rate (the SDKs' own lists, and TooManyUpdates).</summary>
    private static readonly HashSet<string> s_throttling = new(StringComparer.Ordinal)
    {
        "Throttling", ErrorCodes.ThrottlingException, "ThrottledException", "RequestThrottledException", "RequestThrottled",
        "TooManyRequestsException", ErrorCodes.TooManyUpdates, "ProvisionedThroughputExceededException", "TransactionInProgressException",
        "RequestLimitExceeded", "BandwidthLimitExceeded", "LimitExceededException", "SlowDown", "PriorRequestNotComplete",
        "EC2ThrottledException", "RateExceeded",
    };

    private static readonly HashSet<string> s_denied = new(StringComparer.Ordinal)
    {
        "AccessDenied", ErrorCodes.AccessDeniedException, "ExpiredToken", ErrorCodes.ExpiredTokenException, ErrorCodes.UnrecognizedClientException,
        "InvalidClientTokenId", ErrorCodes.InvalidSignatureException, "SignatureDoesNotMatch", "MissingAuthenticationToken",
        "MissingAuthenticationTokenException", "IncompleteSignature", "IncompleteSignatureException", "InvalidAccessKeyId",
        "OptInRequired", "NotAuthorized", "UnauthorizedOperation", "AuthFailure", "RequestExpired", "InvalidToken",
    };

    /// <summary>Translates an error of a call.</summary>
    /// <param name="isRead">True for a call that changes nothing, whatever became of it.</param>
    public static GatewayException ToGatewayException(Exception error, bool isRead = false) => error switch
    {
        GatewayException already => already,
        AmazonUnmarshallingException unreadable => new GatewayException(GatewayErrorKind.Ambiguous, ErrorCodes.UnreadableAnswer, "The answer could not be read.", unreadable)
        {
            RequestId = unreadable.RequestId,
            StatusCode = (int)unreadable.StatusCode,
        },
        AmazonServiceException service => FromService(service, isRead),
        _ => FromTransport(error, isRead),
    };

    /// <summary>The error for a call that was not answered in time.</summary>
    public static GatewayException TimedOut(TimeSpan timeout, Exception cause, bool isRead) =>
        new(
            GatewayErrorKind.Ambiguous,
            ErrorCodes.RequestTimeout,
            $"The service did not answer within {timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s{(isRead ? string.Empty : "; it may have acted")}.",
            cause);

    /// <summary>The error for a success that is none of the service's: what the call carried may have been done.</summary>
    public static GatewayException NotOfService() =>
        new(GatewayErrorKind.Ambiguous, ErrorCodes.UnreadableAnswer, "The answer is not one of the service.");

    private static GatewayException FromService(AmazonServiceException error, bool isRead)
    {
        int status = (int)error.StatusCode;
        if (status == 0)
        {
            return FromTransport(error.InnerException ?? error, isRead);
        }

        if (status == 400 && string.IsNullOrWhiteSpace(error.ErrorCode))
        {
            // The service names an error with every 400; without a name the body was spoiled on its way, and what it said may pass.
            return new GatewayException(GatewayErrorKind.Ambiguous, ErrorCodes.UnreadableAnswer, "The answer could not be read.", error)
            {
                RequestId = string.IsNullOrEmpty(error.RequestId) ? null : error.RequestId,
                StatusCode = status,
            };
        }

        TimeSpan? retryAfter = HeaderOf(error, "Retry-After") is { } asked ? ServiceTime.Wait(asked, SystemTime.UtcNow) : null;
        string code = string.IsNullOrWhiteSpace(error.ErrorCode) ? "HTTP " + status.ToString(CultureInfo.InvariantCulture) : CodeOf(error.ErrorCode);
        return new GatewayException(KindOf(code, status), code, TextOf(error, status), error)
        {
            RequestId = string.IsNullOrEmpty(error.RequestId) ? null : error.RequestId,
            StatusCode = status,
            RetryAfter = retryAfter,
        };
    }

    /// <summary>The API's name of an error. Some services and proxies add Exception where the API has none.</summary>
    private static string CodeOf(string code)
    {
        const string suffix = "Exception";
        string bare = code.EndsWith(suffix, StringComparison.Ordinal) ? code.Substring(0, code.Length - suffix.Length) : code;
        return bare.Length < code.Length && ErrorCatalog.IsListed(bare) && !ErrorCatalog.IsListed(code) ? bare : code;
    }

    private static GatewayErrorKind KindOf(string code, int status)
    {
        if (s_throttling.Contains(code) || status == 429)
        {
            return GatewayErrorKind.Throttled;
        }

        // A success status with an error means that the answer broke off.
        if (status >= 500 || status < 400 || status == 408)
        {
            return GatewayErrorKind.Ambiguous;
        }

        return s_denied.Contains(code) || status is 401 or 403 ? GatewayErrorKind.Denied : GatewayErrorKind.Rejected;
    }

    /// <summary>The SDK makes up a text where the service sent none; that text says nothing, and may send the reader to an exception that he does not see.</summary>
    private static string TextOf(AmazonServiceException error, int status)
    {
        bool isMadeUp = error.Message.StartsWith("Exception of type", StringComparison.Ordinal)
            || error.Message.StartsWith("Error unmarshalling", StringComparison.Ordinal)
            || error.Message.StartsWith("The service returned an error", StringComparison.Ordinal);
        return !isMadeUp ? error.Message
            : string.IsNullOrWhiteSpace(error.ErrorCode) ? $"The answer was HTTP status {status.ToString(CultureInfo.InvariantCulture)}, and nothing that says why."
            : string.Empty;
    }

    private static string? HeaderOf(Exception error, string name)
    {
        for (Exception? cause = error.InnerException; cause is not null; cause = cause.InnerException)
        {
            if (cause is Amazon.Runtime.Internal.HttpErrorResponseException { Response: { } response } && response.IsHeaderPresent(name))
            {
                return response.GetHeaderValue(name);
            }
        }

        return null;
    }

    private static GatewayException FromTransport(Exception error, bool isRead)
    {
        for (Exception? cause = error; cause is not null; cause = cause.InnerException)
        {
            if (NeverSent(cause))
            {
                return new GatewayException(GatewayErrorKind.NotSent, ErrorCodes.EndpointUnreachable, MessageText.WithoutUserInfo(WithReason(cause)), error);
            }
        }

        if (error is AmazonClientException && error.InnerException is null)
        {
            // The SDK itself could not make the request: no credentials, or members that it cannot write.
            string text = error.Message.IndexOf("hostname component", StringComparison.Ordinal) < 0
                ? error.Message
                : "The Region is not written as the code of one, such as eu-north-1; give -Region anew. " + error.Message;
            return new GatewayException(GatewayErrorKind.NoCredentials, ErrorCodes.NoCredentials, text, error);
        }

        return new GatewayException(GatewayErrorKind.Ambiguous, ErrorCodes.ConnectionLost, $"The connection broke before the service answered{(isRead ? string.Empty : "; it may have acted")}. " + MessageText.WithoutUserInfo(error.GetBaseException().Message), error);
    }

    /// <summary>What TLS says why stands in an exception that no reader of the message sees.</summary>
    private static string WithReason(Exception error)
    {
        const string Pointer = ", see inner exception.";
        return error.InnerException is not null && error.Message.EndsWith(Pointer, StringComparison.Ordinal)
            ? $"{error.Message.Substring(0, error.Message.Length - Pointer.Length)}: {error.GetBaseException().Message}"
            : error.Message;
    }

    private static bool NeverSent(Exception error)
    {
        switch (error)
        {
            case SocketException socket:
                // A network or host that is gone is no sign: an open connection ends with the same codes after the request was sent.
                return socket.SocketErrorCode is SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.TryAgain
                    or SocketError.NoData or SocketError.AddressNotAvailable;
            case AuthenticationException:
                return true;
            case WebException web:
                return web.Status is WebExceptionStatus.NameResolutionFailure or WebExceptionStatus.ConnectFailure
                    or WebExceptionStatus.ProxyNameResolutionFailure or WebExceptionStatus.TrustFailure or WebExceptionStatus.SecureChannelFailure;
#if NET
            case HttpRequestException http:
                return http.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                    or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;
#endif
            default:
                return false;
        }
    }
}
