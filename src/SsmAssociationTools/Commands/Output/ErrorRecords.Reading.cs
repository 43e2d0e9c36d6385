using System.Collections.Generic;
using System.Management.Automation;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs.Read;

namespace SsmAssociationTools.Commands.Output;

/// <content>The error records of reading what exists, which changes nothing.</content>
internal static partial class ErrorRecords
{
    /// <summary>A list that cannot be read to its end.</summary>
    public static ErrorRecord ListIncomplete(GatewayException error, Destination place, FleetReader fleet)
    {
        string progress = fleet.Listed == 0
            ? "nothing was read"
            : $"{fleet.Given} were read, and {fleet.Listed} were listed until then";
        return OfReading(error.ErrorCode, $"The associations of {place} cannot be read to the end ({progress}): {Text(error)}", place.ToString(), Advice(error), error);
    }

    /// <summary>An id that no association has.</summary>
    public static ErrorRecord AssociationNotThere(string id, string? version, IEnumerable<Destination> places) =>
        OfReading(
            ErrorCodes.AssociationDoesNotExist,
            $"There is no {(version is null ? string.Empty : $"version {version} of the ")}association {id} in {string.Join("; ", places)}.",
            id,
            ErrorCatalog.Find(ErrorCodes.AssociationDoesNotExist).RecommendedAction,
            null);

    /// <summary>An association that cannot be read.</summary>
    public static ErrorRecord AssociationNotRead(string id, Destination place, GatewayException error) =>
        OfReading(error.ErrorCode, $"The association {id} of {place} cannot be read: {Text(error)}", id, Advice(error), error);

    private static string Text(GatewayException error) =>
        string.IsNullOrWhiteSpace(error.Message) ? ErrorCatalog.Find(error.ErrorCode).Meaning : error.Message;

    private static string Advice(GatewayException error) => error.Kind switch
    {
        GatewayErrorKind.Denied when error.IsOperationDenied => ErrorCatalog.Advice(error.ErrorCode, error.Message, error.Operation) + " Reading takes ssm:ListAssociations and ssm:DescribeAssociation.",
        GatewayErrorKind.Throttled => "Run the command again later, or with a smaller -ThrottleLimit.",
        GatewayErrorKind.Ambiguous => ErrorCatalog.ReadAgain,
        _ => ErrorCatalog.Find(error.ErrorCode).RecommendedAction,
    };

    private static ErrorRecord OfReading(string code, string message, string target, string advice, GatewayException? error) =>
        Make(new AssociationBatchException(code, message, [], error?.InnerException), code, target, target, advice);
}
