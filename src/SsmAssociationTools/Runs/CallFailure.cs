using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Runs;

/// <summary>What a failed call means for those that would follow it.</summary>
internal static class CallFailure
{
    /// <summary>Stops the work in a place where each further call would fail for the same cause.</summary>
    /// <param name="notDone">How the reason begins: <c>Not removed</c>.</param>
    /// <param name="message">The error's text, safe to show.</param>
    public static void StopWhereNothingCanFollow(RunControl control, GatewayException error, string operation, string notDone, string? message)
    {
        switch (error.Kind)
        {
            case GatewayErrorKind.NotSent:
                // Nothing reaches the endpoint: what follows would wait for the same in vain.
                control.Stop(new StopReason(error.ErrorCode, notDone, $"the endpoint could not be reached. {message}".TrimEnd()));
                break;

            case GatewayErrorKind.Denied:
            case GatewayErrorKind.NoCredentials:
            case GatewayErrorKind.NoRegion:
                control.Stop(new StopReason(error.ErrorCode, notDone, $"an earlier {operation} was refused with {error.ErrorCode}. {message}".TrimEnd(), isFatal: true) { Operation = error.Operation ?? operation });
                break;
        }
    }
}
