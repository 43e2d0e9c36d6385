using System;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Aws;

/// <summary>
/// Looks at the head of each answer before the SDK reads its body: takes the time, stops at a redirect, which the SDK would take for an
/// answer, and unpacks what was packed without being asked for.
/// </summary>
internal sealed class AnswerGuard(SigningClock clock) : PipelineHandler
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
            Look(response);
            if (PackedAnswer.IsPacked(response))
            {
                throw new HttpErrorResponseException(error.Message, error, await PackedAnswer.UnpackAsync(response).ConfigureAwait(false));
            }

            throw;
        }

        if (executionContext.ResponseContext.HttpResponse is { } answer)
        {
            Look(answer);
            if (PackedAnswer.IsPacked(answer))
            {
                executionContext.ResponseContext.HttpResponse = await PackedAnswer.UnpackAsync(answer).ConfigureAwait(false);
            }
        }

        return result;
    }

    private void Look(IWebResponseData answer)
    {
        if (ServiceTime.Read(answer.GetHeaderValue("Date")) is { } time)
        {
            clock.Observe(time);
            ServerTime.Value?.Invoke(time);
        }

        if (Redirects.Is((int)answer.StatusCode))
        {
            throw Redirects.Error((int)answer.StatusCode, answer.GetHeaderValue("Location"));
        }
    }
}
