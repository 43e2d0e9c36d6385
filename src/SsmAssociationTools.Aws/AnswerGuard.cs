using System;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Aws;

/// <summary>
/// Looks at the head of each answer before the SDK reads its body: takes the time, sees to it that one of no sense does no harm, and
/// stops at a redirect, which the SDK would take for an answer.
/// </summary>
internal sealed class AnswerGuard : PipelineHandler
{
    /// <summary>Takes the time that the answer of the call in hand names.</summary>
    public static AsyncLocal<Action<DateTime>?> ServerTime { get; } = new();

    /// <inheritdoc/>
    /// <exception cref="GatewayException">What answered sends its callers elsewhere.</exception>
    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        T result;
        try
        {
            result = await base.InvokeAsync<T>(executionContext).ConfigureAwait(false);
        }
        catch (HttpErrorResponseException error) when (error.Response is { } response)
        {
            Look(executionContext, response);
            throw;
        }

        if (executionContext.ResponseContext.HttpResponse is { } answer)
        {
            Look(executionContext, answer);
        }

        return result;
    }

    private static void Look(IExecutionContext executionContext, IWebResponseData answer)
    {
        if (ServiceTime.Read(answer.GetHeaderValue("Date")) is { } time)
        {
            ServerTime.Value?.Invoke(time);
        }
        else if (answer.IsHeaderPresent("Date") && executionContext.RequestContext.ClientConfig is ClientConfig config)
        {
            // The SDK corrects its clock by any date, and with one of the year 9999 it could sign nothing any more.
            config.DisableClockSkewCorrection = true;
        }

        if (Redirects.Is((int)answer.StatusCode))
        {
            throw Redirects.Error((int)answer.StatusCode, answer.GetHeaderValue("Location"));
        }
    }
}
