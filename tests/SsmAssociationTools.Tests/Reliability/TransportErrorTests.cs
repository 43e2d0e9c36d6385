using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Authentication;
using Amazon.Runtime;
using SsmAssociationTools.Aws;
using SsmAssociationTools.Gateway;
using Xunit;

namespace SsmAssociationTools.Tests.Reliability;

/// <summary>Which broken connections prove that nothing was sent.</summary>
public sealed class TransportErrorTests
{
    [Theory]
    [InlineData(HttpRequestError.ConnectionError, SocketError.ConnectionRefused)]
    [InlineData(HttpRequestError.ConnectionError, SocketError.HostUnreachable)]
    [InlineData(HttpRequestError.ConnectionError, SocketError.NetworkUnreachable)]
    [InlineData(HttpRequestError.ConnectionError, SocketError.TimedOut)]
    [InlineData(HttpRequestError.NameResolutionError, SocketError.HostNotFound)]
    [InlineData(HttpRequestError.NameResolutionError, SocketError.TryAgain)]
    public void A_connection_that_never_stood_carried_nothing(HttpRequestError phase, SocketError code) =>
        Assert.Equal(GatewayErrorKind.NotSent, KindOf(new HttpRequestException(phase, "failed", new SocketException((int)code))));

    [Theory]
    [InlineData(SocketError.ConnectionReset)]
    [InlineData(SocketError.ConnectionAborted)]
    [InlineData(SocketError.TimedOut)]
    [InlineData(SocketError.HostUnreachable)]
    [InlineData(SocketError.NetworkUnreachable)]
    [InlineData(SocketError.NetworkDown)]
    [InlineData(SocketError.NetworkReset)]
    [InlineData(SocketError.Shutdown)]
    public void A_connection_that_breaks_later_may_have_carried_the_call(SocketError code) =>
        Assert.Equal(
            GatewayErrorKind.Ambiguous,
            KindOf(new HttpRequestException(HttpRequestError.Unknown, "failed", new IOException("failed", new SocketException((int)code)))));

    [Fact]
    public void An_answer_that_ends_too_early_may_be_that_of_a_call_that_was_carried_out() =>
        Assert.Equal(GatewayErrorKind.Ambiguous, KindOf(new HttpRequestException(HttpRequestError.ResponseEnded, "failed")));

    /// <summary>What the SDK says of an answer without a body is about its own classes.</summary>
    [Theory]
    [InlineData("", "The answer was HTTP status 503, and nothing that says why.")]
    [InlineData("ServiceUnavailable", "")]
    public void A_text_that_the_SDK_made_up_is_not_the_services(string code, string expected)
    {
        var error = new AmazonServiceException("The service returned an error. See inner exception for details.", new IOException(), ErrorType.Unknown, code, string.Empty, HttpStatusCode.ServiceUnavailable);

        Assert.Equal(expected, ErrorMapping.ToGatewayException(error).Message);
    }

    [Fact]
    public void Only_what_changes_something_may_have_acted()
    {
        var broken = new System.IO.IOException("The connection broke.");

        Assert.Contains("it may have acted", ErrorMapping.ToGatewayException(broken).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("acted", ErrorMapping.ToGatewayException(broken, isRead: true).Message, StringComparison.Ordinal);
        Assert.Contains("it may have acted", ErrorMapping.TimedOut(TimeSpan.FromSeconds(3), broken, isRead: false).Message, StringComparison.Ordinal);
        Assert.Equal("The service did not answer within 3 s.", ErrorMapping.TimedOut(TimeSpan.FromSeconds(3), broken, isRead: true).Message);
    }

    /// <summary>An administrator behind a proxy that opens TLS has to learn that the certificate was the reason.</summary>
    [Fact]
    public void Why_TLS_failed_is_in_the_message()
    {
        var reason = new AuthenticationException("Authentication failed, see inner exception.", new AuthenticationException("The certificate chain: UntrustedRoot."));
        var error = new HttpRequestException(HttpRequestError.SecureConnectionError, "The SSL connection could not be established, see inner exception.", reason);

        Assert.Equal("The SSL connection could not be established: The certificate chain: UntrustedRoot.", ErrorMapping.ToGatewayException(error).Message);
    }

    private static GatewayErrorKind KindOf(Exception error) => ErrorMapping.ToGatewayException(error).Kind;
}
