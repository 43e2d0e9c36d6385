using System;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Runs.Create;

/// <summary>
/// Finds the error code of a failed entry. The service sends a text and no code, so the code is read from the text:
/// where it names an error, that one; else by texts that the service is known to use.
/// </summary>
internal static class FailureText
{
    /// <summary>Texts of the service, or their fixed parts, with the error they stand for. The first that fits wins.</summary>
    private static readonly (string Text, string Code)[] s_texts =
    [
        ("Rate exceeded", ErrorCodes.ThrottlingException),
        ("Association Already Exists", ErrorCodes.AssociationAlreadyExists),
        ("validation error", ErrorCodes.ValidationException),
        ("is not authorized to perform", ErrorCodes.AccessDeniedException),
        ("security token included in the request is expired", ErrorCodes.ExpiredTokenException),
        ("security token included in the request is invalid", ErrorCodes.UnrecognizedClientException),
        ("Invalid InstanceId format", ErrorCodes.InvalidInstanceId),
        ("Minimum interval for rate", ErrorCodes.InvalidSchedule),
        ("Supported expressions are every half", ErrorCodes.InvalidSchedule),
        ("Only schedule expressions of type", ErrorCodes.InvalidSchedule),
        ("not a valid rate expression", ErrorCodes.InvalidSchedule),
        ("not a valid cron expression", ErrorCodes.InvalidSchedule),
        ("schedule at DateTime expression", ErrorCodes.InvalidSchedule),
        ("Schedule Expression", ErrorCodes.InvalidSchedule),
        ("ApplyOnlyAtCronInterval", ErrorCodes.InvalidSchedule),
        ("ScheduleOffset", ErrorCodes.InvalidSchedule),
        ("Unsupported target key", ErrorCodes.InvalidTarget),
        ("values cannot contain null or empty string", ErrorCodes.InvalidTarget),
        ("Instance ID or targets must be specified", ErrorCodes.InvalidTarget),
        ("Multiple apply all associations", ErrorCodes.InvalidTarget),
        ("Document version can not be used", ErrorCodes.InvalidDocumentVersion),
        ("Document version: ", ErrorCodes.InvalidDocumentVersion),
        ("Document schema version", ErrorCodes.InvalidDocument),
        ("Document does not exist", ErrorCodes.InvalidDocument),
        ("Document type ", ErrorCodes.InvalidDocument),
        ("is not defined in the document", ErrorCodes.InvalidParameters),
        ("requires a value", ErrorCodes.InvalidParameters),
        ("Automation Target Parameter Name", ErrorCodes.InvalidParameters),
    ];

    /// <summary>Finds the code.</summary>
    public static string CodeOf(string? message, string? fault)
    {
        if (!string.IsNullOrWhiteSpace(message))
        {
            foreach (ErrorInfo info in ErrorCatalog.All)
            {
                if (NamesError(message!, info.Code))
                {
                    return info.Code;
                }
            }

            foreach ((string text, string code) in s_texts)
            {
                if (message!.IndexOf(text, StringComparison.OrdinalIgnoreCase) >= 0)
                {
                    return code;
                }
            }
        }

        return fault == "Server" ? ErrorCodes.InternalServerError : ErrorCodes.EntryFailed;
    }

    /// <summary>True where the text has the code as a word, with or without the suffix Exception.</summary>
    private static bool NamesError(string message, string code)
    {
        string stem = code.EndsWith("Exception", StringComparison.Ordinal) ? code.Substring(0, code.Length - "Exception".Length) : code;
        int at = message.IndexOf(stem, StringComparison.Ordinal);
        if (at < 0 || (at > 0 && char.IsLetterOrDigit(message[at - 1])))
        {
            return false;
        }

        int end = at + stem.Length;
        if (string.CompareOrdinal(message, end, "Exception", 0, "Exception".Length) == 0)
        {
            end += "Exception".Length;
        }

        return end == message.Length || !char.IsLetterOrDigit(message[end]);
    }
}
