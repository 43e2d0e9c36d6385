using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Aws.Credentials;

/// <summary>
/// The calls of services that give credentials. They may be repeated without harm, so throttles, errors of the server and
/// broken connections are tried again. No redirect is followed, because it would carry tokens elsewhere.
/// </summary>
internal sealed class CredentialHttp : IDisposable
{
    /// <summary>Bytes of an answer, at most; real ones have a few thousand.</summary>
    private const int MaxAnswer = 1 << 20;

    private readonly MachineEnvironment _environment;
    private readonly Lazy<HttpClient> _remote;
    private readonly Lazy<HttpClient> _local;

    public CredentialHttp(IWebProxy? proxy, int maxConnections, MachineEnvironment environment)
    {
        _environment = environment;
        _remote = new Lazy<HttpClient>(() => Make(useProxy: true, proxy, maxConnections));
        _local = new Lazy<HttpClient>(() => Make(useProxy: false, proxy: null, maxConnections));
    }

    /// <summary>Makes a call of a service on the network, in up to three attempts of 15 seconds.</summary>
    /// <param name="isBusy">Recognises an answer that asks to come back; those with status 429 or from 500 are recognised anyway.</param>
    /// <exception cref="GatewayException">The service could not be reached.</exception>
    public Task<CredentialAnswer> CallServiceAsync(string service, Func<HttpRequestMessage> request, Func<CredentialAnswer, bool> isBusy, CancellationToken cancellationToken) =>
        CallAsync(_remote.Value, service, request, isBusy, attempts: 3, TimeSpan.FromSeconds(15), cancellationToken);

    /// <summary>Makes a call of an endpoint of this machine, past any proxy.</summary>
    /// <exception cref="GatewayException">The endpoint could not be reached.</exception>
    public Task<CredentialAnswer> CallLocalAsync(string service, Func<HttpRequestMessage> request, int attempts, TimeSpan timeout, CancellationToken cancellationToken) =>
        CallAsync(_local.Value, service, request, static _ => false, attempts, timeout, cancellationToken);

    public void Dispose()
    {
        foreach (Lazy<HttpClient> client in new[] { _remote, _local })
        {
            if (client.IsValueCreated)
            {
                client.Value.Dispose();
            }
        }
    }

    private static HttpClient Make(bool useProxy, IWebProxy? proxy, int maxConnections)
    {
        var handler = new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = useProxy, MaxConnectionsPerServer = maxConnections };
        if (proxy is not null)
        {
            handler.Proxy = proxy;
        }

        // Each attempt has its own time limit.
        var client = new HttpClient(handler, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MaxAnswer };

        // .NET Framework would ask before it sends a body, and wait for proxies that do not answer the question.
        client.DefaultRequestHeaders.ExpectContinue = false;
        return client;
    }

    private async Task<CredentialAnswer> CallAsync(
        HttpClient client,
        string service,
        Func<HttpRequestMessage> request,
        Func<CredentialAnswer, bool> isBusy,
        int attempts,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                CredentialAnswer answer = await SendAsync(client, service, request, timeout, cancellationToken).ConfigureAwait(false);
                if (attempt == attempts || !(answer.Status == 429 || answer.Status >= 500 || isBusy(answer)))
                {
                    return answer;
                }
            }
            catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                if (attempt == attempts)
                {
                    string reason = error is OperationCanceledException ? "It did not answer in time." : CredentialErrors.Foreign(error.GetBaseException().Message);
                    throw CredentialErrors.Unreachable($"No credentials: {service} could not be reached. {reason} Check the network and the proxy settings.", error);
                }
            }

            await _environment.Delay(TimeSpan.FromMilliseconds(200 << attempt), cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<CredentialAnswer> SendAsync(HttpClient client, string service, Func<HttpRequestMessage> make, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        using HttpRequestMessage request = make();
        using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseContentRead, limit.Token).ConfigureAwait(false);
        if (Redirects.Is((int)response.StatusCode))
        {
            throw Redirects.CredentialError(service, (int)response.StatusCode, response.Headers.TryGetValues("Location", out IEnumerable<string>? locations) ? string.Concat(locations) : null);
        }

#if NET
        string body = await response.Content.ReadAsStringAsync(limit.Token).ConfigureAwait(false);
#else
        string body = await response.Content.ReadAsStringAsync().ConfigureAwait(false);
#endif
        string? errorType = response.Headers.TryGetValues("x-amzn-ErrorType", out IEnumerable<string>? values) ? string.Join(",", values) : null;
        return new CredentialAnswer((int)response.StatusCode, body, errorType);
    }
}
