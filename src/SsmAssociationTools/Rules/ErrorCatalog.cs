using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace SsmAssociationTools.Rules;

/// <summary>Every error code that a result can carry, with its treatment. The page docs/errors.md lists the same.</summary>
internal static class ErrorCatalog
{
    /// <summary>What to do with an entry that may exist.</summary>
    public const string LookFirst = "The association may exist. Look for it (Get-SsmAssociationEntry) before sending the entry again, or send it with -IfExists Skip, which looks first.";

    /// <summary>What to do where a read failed.</summary>
    public const string ReadAgain = "Nothing was changed. Run the command again.";

    private const string FixEntry = "Correct what the message names, then run the command again; nothing was done for this input.";

    /// <summary>All codes, in the order of the documentation.</summary>
    public static IReadOnlyList<ErrorInfo> All { get; } =
    [
        // The errors that the API documents for CreateAssociationBatch.
        new(ErrorCodes.AssociationLimitExceeded, ErrorCategory.LimitsExceeded, false, "The account has as many associations in this Region as it may have (2,000 unless the quota was raised).", "Delete associations that are no longer needed, or ask for a higher quota of State Manager associations, then send the rest again."),
        new(ErrorCodes.DuplicateInstanceId, ErrorCategory.ResourceExists, false, "A managed node is named by more than one entry.", "Name each managed node in one entry only, or use Targets instead of InstanceId."),
        new(ErrorCodes.InternalServerError, ErrorCategory.ResourceUnavailable, true, "The service had an error on its side.", "Try again later; if it stays, look at the AWS Health Dashboard."),
        new(ErrorCodes.InvalidDocument, ErrorCategory.ObjectNotFound, false, "The SSM document does not exist, or is not shared with this account.", "Check Name: spelling, Region and, for a document of another account, its full ARN."),
        new(ErrorCodes.InvalidDocumentVersion, ErrorCategory.InvalidArgument, false, "The version of the document does not exist or may not be used here.", "Leave DocumentVersion out, or give a version that the document has; documents owned by Amazon take none."),
        new(ErrorCodes.InvalidInstanceId, ErrorCategory.ObjectNotFound, false, "The managed node is not known, not accessible or not in a valid state.", "Check that the node is managed by Systems Manager in this Region and that its agent is running."),
        new(ErrorCodes.InvalidOutputLocation, ErrorCategory.InvalidArgument, false, "The output location is not valid or does not exist.", "Check the bucket's name and Region, and that the bucket exists."),
        new(ErrorCodes.InvalidParameters, ErrorCategory.InvalidArgument, false, "A required parameter of the document is missing, or one is given that the document does not have.", "Compare Parameters with the document's parameters."),
        new(ErrorCodes.InvalidSchedule, ErrorCategory.InvalidArgument, false, "The schedule expression is not one that associations accept.", "Check ScheduleExpression with Test-SsmAssociationEntry."),
        new(ErrorCodes.InvalidTarget, ErrorCategory.InvalidArgument, false, "The target is not valid, does not exist or may not be used.", "Check the keys and values of Targets."),
        new(ErrorCodes.InvalidTargetMaps, ErrorCategory.InvalidArgument, false, "The target maps are not valid.", "Check TargetMaps; they exclude Targets."),
        new(ErrorCodes.UnsupportedPlatformType, ErrorCategory.InvalidArgument, false, "The document does not support the platform of the managed node.", "Use a document for the node's platform, or target nodes of the document's platform."),

        // Errors that the API does not list for this operation and that arrive all the same.
        new(ErrorCodes.AssociationAlreadyExists, ErrorCategory.ResourceExists, false, "The managed node has an association with this document already.", "Nothing to do if that association is the wanted one; otherwise delete it first."),
        new(ErrorCodes.AssociationDoesNotExist, ErrorCategory.ObjectNotFound, false, "There is no association with this id.", "Check the id, and -Region and the account it belongs to; Get-SsmAssociationEntry without ids lists what exists."),
        new(ErrorCodes.InvalidAssociation, ErrorCategory.ObjectNotFound, false, "One of the associations is not valid or does not exist.", "Check the ids; Get-SsmAssociationEntry without ids lists what exists."),
        new(ErrorCodes.InvalidAssociationVersion, ErrorCategory.ObjectNotFound, false, "The association has no such version, or has a later one by now.", "Read the association again, then repeat the change."),
        new(ErrorCodes.InvalidUpdate, ErrorCategory.InvalidOperation, false, "The change is not valid.", "Read the association again, then repeat the change."),
        new(ErrorCodes.TooManyUpdates, ErrorCategory.ResourceBusy, true, "The association was changed a moment ago, and the service takes one change of it at a time.", "Repeat the change later; it was not made."),
        new(ErrorCodes.AssociationVersionLimitExceeded, ErrorCategory.LimitsExceeded, false, "The association has as many versions as it may have (1,000).", "Create the association anew and delete the old one."),
        new(ErrorCodes.InvalidNextToken, ErrorCategory.InvalidResult, false, "The list of associations cannot be read on: the mark of its next page is no longer valid.", "Run the command again; it reads the list from the beginning."),
        new(ErrorCodes.ValidationException, ErrorCategory.InvalidData, false, "A member breaks a constraint of the API.", FixEntry),
        new(ErrorCodes.ListWithoutEnd, ErrorCategory.InvalidResult, false, "The list of associations does not come to an end: the service names pages that were read before, or ever more.", "Check what stands between this computer and the service, such as a proxy that keeps answers, then run the command again."),
        new(ErrorCodes.ThrottlingException, ErrorCategory.ResourceBusy, true, "The service took no more calls.", "Run the command again later, with a smaller -ThrottleLimit or -BatchSize where it has them; nothing was done for this input."),
        new(ErrorCodes.AccessDeniedException, ErrorCategory.PermissionDenied, false, "The caller may not make this call.", "Allow the permission that was refused, which the error names, for the identity in use, or use another identity (-ProfileName, -RoleArn)."),
        new(ErrorCodes.ExpiredTokenException, ErrorCategory.AuthenticationError, false, "The session token is no longer valid.", "Get new temporary credentials, then run the command again for what was not done."),
        new(ErrorCodes.UnrecognizedClientException, ErrorCategory.AuthenticationError, false, "The access key is not known to the service.", "Check the access key, its account and its partition."),
        new(ErrorCodes.InvalidSignatureException, ErrorCategory.AuthenticationError, false, "The signature of the call was not accepted.", "Check the secret key and the clock of this machine."),

        // What this module says where the service says nothing.
        new(ErrorCodes.EntryInvalid, ErrorCategory.InvalidData, false, "The entry breaks a rule and was not sent.", "Correct the members named in the message; Test-SsmAssociationEntry shows all of them. A rule can be turned off with -ExcludeRule."),
        new(ErrorCodes.EntryFailed, ErrorCategory.InvalidResult, false, "The service refused the entry without saying why.", FixEntry),
        new(ErrorCodes.EntryNotReported, ErrorCategory.InvalidResult, false, "The service's answer does not mention the entry.", LookFirst),
        new(ErrorCodes.RequestTimeout, ErrorCategory.OperationTimeout, false, "The service did not answer in time; it may have acted.", LookFirst),
        new(ErrorCodes.ConnectionLost, ErrorCategory.ConnectionError, false, "The connection broke before the answer; the service may have acted.", LookFirst),
        new(ErrorCodes.UnreadableAnswer, ErrorCategory.InvalidResult, false, "The answer could not be read; the service may have acted.", LookFirst),
        new(ErrorCodes.InternalError, ErrorCategory.NotSpecified, false, "The module met an error that it did not expect; the service may have acted.", LookFirst + " Please report the error."),
        new(ErrorCodes.EndpointUnreachable, ErrorCategory.ConnectionError, true, "No connection to the endpoint could be made; nothing was sent.", "Check -Region or -EndpointUrl, name resolution, proxy and firewall, then run the command again."),
        new(ErrorCodes.EndpointRedirected, ErrorCategory.ConnectionError, true, "What answered sends its callers to another address. Redirects are not followed, so nothing was sent there and nothing was acted on.", "Check -EndpointUrl, AWS_ENDPOINT_URL and the proxy settings: a login page of the network may stand in the way. Then run the command again."),
        new(ErrorCodes.JournalNotWritable, ErrorCategory.WriteError, false, "The journal cannot be written; nothing more was sent.", "Make room or restore access, then run again with the same -JournalPath."),
        new(ErrorCodes.JournalInUse, ErrorCategory.ResourceBusy, false, "Another run uses the journal.", "Wait for that run, or give another -JournalPath."),
        new(ErrorCodes.JournalPathInvalid, ErrorCategory.InvalidArgument, false, "The path cannot be that of a file: it is the name of a device, or has a character that the system does not allow.", "Give -JournalPath the path of a file."),
        new(ErrorCodes.JournalNotAFile, ErrorCategory.InvalidArgument, false, "The path leads to a device, a pipe or something else that keeps nothing.", "Give -JournalPath the path of a file."),
        new(ErrorCodes.JournalDamaged, ErrorCategory.InvalidData, false, "The file is no journal, or it was changed, or a line of it cannot be read.", "Restore the file. Or give another -JournalPath: a new journal knows nothing of what was done, so New-SsmAssociationBatch then needs -IfExists Skip."),
        new(ErrorCodes.JournalOfOtherCommand, ErrorCategory.InvalidArgument, false, "The journal was made by another command; each command has its own.", "Give -JournalPath a file that does not exist yet, or one that this command made."),
        new(ErrorCodes.JournalOfOtherPlace, ErrorCategory.InvalidArgument, false, "The journal belongs to another endpoint, account or Region.", "Give -JournalPath a file that does not exist yet, or the one of this place."),
        new(ErrorCodes.JournalVersion, ErrorCategory.InvalidData, false, "The journal was made by another version of the module.", "Finish the run with that version. Or give another -JournalPath: a new journal knows nothing of what was done, so New-SsmAssociationBatch then needs -IfExists Skip."),
        new(ErrorCodes.JournalKeyMissing, ErrorCategory.ObjectNotFound, false, "The key file beside the journal is missing or damaged.", "Put the key file back. Or give another -JournalPath: a new journal knows nothing of what was done, so New-SsmAssociationBatch then needs -IfExists Skip."),
        new(ErrorCodes.JournalKeyMismatch, ErrorCategory.InvalidData, false, "The key file beside the journal belongs to another journal.", "Put the right key file back. Or give another -JournalPath: a new journal knows nothing of what was done, so New-SsmAssociationBatch then needs -IfExists Skip."),
        new(ErrorCodes.JournalKeyForeign, ErrorCategory.ResourceExists, false, "Where the key of the journal would be kept, there is a file of something else; it was left as it is.", "Give another -JournalPath."),
        new(ErrorCodes.EntryNotAttempted, ErrorCategory.OperationStopped, true, "The run stopped before the entry was sent.", "Remove the cause of the stop, then send the entry again."),
        new(ErrorCodes.NotConfirmed, ErrorCategory.OperationStopped, true, "The entry was not sent because it was not confirmed.", "Run again without -WhatIf, or confirm."),
        new(ErrorCodes.AssociationDiffers, ErrorCategory.ResourceExists, false, "An association of this name exists with other content; nothing was created.", "Look at the members that differ (Compare-SsmAssociationEntry). Change the association (Update-SsmAssociationBatch), or remove it by its id and create the entry."),
        new(ErrorCodes.AssociationNotWanted, ErrorCategory.ResourceExists, false, "The association exists and no wanted entry belongs to it; nothing was created.", "Nothing to create. Pipe the comparison to Remove-SsmAssociationBatch to remove it, or add its entry to the wanted ones."),
        new(ErrorCodes.AssociationRemoved, ErrorCategory.ObjectNotFound, false, "The input is the result of a removal, which asks for no new association.", "Nothing to do. To create the association again, pipe the Entry of what was removed."),
        new(ErrorCodes.AssociationIdInvalid, ErrorCategory.InvalidData, false, "No id of an association can be read from the input.", "Pass ids, or objects or rows with a member AssociationId, such as results of New-SsmAssociationBatch."),
        new(ErrorCodes.AssociationChanged, ErrorCategory.InvalidOperation, false, "Somebody changed the association since the input was made; it was left as it is.", "Look at the association, then repeat the command with what is there now. -Force of Remove-SsmAssociationBatch deletes it all the same, -Overwrite of Update-SsmAssociationBatch puts the change on top."),
        new(ErrorCodes.NotToBeRemoved, ErrorCategory.InvalidOperation, false, "The input says that the association is not one to remove.", "Nothing to do. To remove the association all the same, pass its id alone."),
        new(ErrorCodes.UpdateIncomplete, ErrorCategory.InvalidResult, false, "The association was changed, and the service did not take all that was meant.", "Compare it with Get-SsmAssociationEntry. A member that the API cannot empty stays until the association is created anew."),
        new(ErrorCodes.NotToBeUpdated, ErrorCategory.InvalidOperation, false, "The input is not one that an update can be made of.", "Do what the message says; nothing was changed."),
        new(ErrorCodes.NotToBeStarted, ErrorCategory.InvalidOperation, false, "The input is not one that a run can be started for.", "Do what the message says; nothing was started."),
        new(ErrorCodes.OutcomeFailed, ErrorCategory.InvalidResult, false, "The association failed on nodes.", "Look at the output of the nodes (-Detailed names them, with the id of the command or automation that has it), remove the cause, then run the association again with Start-SsmAssociationBatch."),
        new(ErrorCodes.OutcomeTimedOut, ErrorCategory.OperationTimeout, false, "The association was given up before all nodes were done, or a newer run began before.", "Look whether the nodes are online and what they are busy with, then run the association again with Start-SsmAssociationBatch."),
        new(ErrorCodes.OutcomeCancelled, ErrorCategory.OperationStopped, false, "Somebody cancelled the run of the association.", "Run the association again with Start-SsmAssociationBatch, if that is wanted."),
        new(ErrorCodes.OutcomeReachedNobody, ErrorCategory.ObjectNotFound, false, "No node has picked the association up.", "Look whether the targets select nodes, whether these are online, and whether a change calendar is closed. Nodes that come online later run it then."),
        new(ErrorCodes.OutcomeUndecided, ErrorCategory.OperationTimeout, true, "The association was not decided when the time of -WaitTimeout was over.", "Pipe the outcome to Get-SsmAssociationOutcome -Wait again, with a longer -WaitTimeout."),
        new(ErrorCodes.OutcomeUnknown, ErrorCategory.InvalidResult, true, "It cannot be told how the association turned out.", "Remove the cause that the message names, then ask again with Get-SsmAssociationOutcome."),
        new(ErrorCodes.AssociationNotUnique, ErrorCategory.ResourceExists, false, "The AssociationName stands for several associations or entries, so it cannot be told which is which.", "Give each its own AssociationName, or remove those that are not wanted; the message names their ids."),
        new(ErrorCodes.OtherDestination, ErrorCategory.InvalidArgument, false, "The association is in another Region or account than the command works in.", "Leave -Region out so that each input goes to its own, and give -RoleArn a role of its account."),
        new(ErrorCodes.DestinationUnclear, ErrorCategory.InvalidArgument, false, "It is not clear in which Region or account the association is.", "Name one Region and one role, or give the input the members Region and AccountId."),
        new(ErrorCodes.NoRegion, ErrorCategory.InvalidArgument, false, "No region specified or obtained from persisted/shell defaults.", "Give -Region, or set $StoredAWSRegion, AWS_REGION or a Region in the profile."),
        new(ErrorCodes.NoCredentials, ErrorCategory.AuthenticationError, false, "No credentials specified or obtained from persisted/shell defaults.", "Correct the profile that the message names, or give another -ProfileName, -Credential, or -AccessKey and -SecretKey, or set the AWS environment variables."),
        new(ErrorCodes.InvalidEndpointUrl, ErrorCategory.InvalidArgument, false, "The endpoint is no URL, or would carry entries or credentials unencrypted.", "Correct -EndpointUrl, AWS_ENDPOINT_URL or the endpoint_url of the profile; use https beyond this machine."),
        new(ErrorCodes.SsoTokenExpired, ErrorCategory.AuthenticationError, false, "The login to IAM Identity Center is missing or over.", "Log in with aws sso login or Invoke-AWSSSOLogin, then run the command again."),
        new(ErrorCodes.MfaRequired, ErrorCategory.AuthenticationError, false, "The role asks for a code of an MFA device.", "Get the credentials with aws configure export-credentials or AWS.Tools, and pass them with -Credential."),
        new(ErrorCodes.CredentialsRefused, ErrorCategory.PermissionDenied, false, "The credentials were asked for and refused.", "Check the role, its trust policy and the permission set that the message names."),
    ];

    /// <summary>The errors of files of entries: no service and no result names them.</summary>
    public static IReadOnlyList<ErrorInfo> OfFiles { get; } =
    [
        new(ErrorCodes.EntryNotRead, ErrorCategory.InvalidData, false, "A row, a line, an item or a resource is no entry.", "Correct what the message names, then import the file again. Every other record of it has an entry or an error of its own."),
        new(ErrorCodes.FileInvalid, ErrorCategory.InvalidData, false, "The file cannot be read any further.", "Correct the file, or give its form with -Format."),
        new(ErrorCodes.FileNotRead, ErrorCategory.ReadError, false, "The system does not let the file be read.", "Check that the file may be read and that no other program holds it."),
        new(ErrorCodes.FileNotFound, ErrorCategory.ObjectNotFound, false, "There is no such file.", "Check the path; it counts from the current location. Use -LiteralPath for names with [ or ]."),
        new(ErrorCodes.FormatUnknown, ErrorCategory.InvalidArgument, false, "The extension does not tell the form.", "Give the form with -Format."),
        new(ErrorCodes.PathInvalid, ErrorCategory.InvalidArgument, false, "The path leads to no file of the file system.", "Give the path of one file of the file system, or for the import a pattern such as *.csv."),
        new(ErrorCodes.EntryNotExported, ErrorCategory.InvalidData, false, "An input is no entry.", "Correct the entry and export again; Test-SsmAssociationEntry shows all that is wrong with it."),
        new(ErrorCodes.FileExists, ErrorCategory.ResourceExists, false, "The file is there already.", "Give another path, or leave -NoClobber out to replace the file."),
        new(ErrorCodes.FileNotWritten, ErrorCategory.WriteError, false, "The file cannot be written.", "Check the folder, the space on the disk and the permissions. What was there before is unchanged."),
    ];

    private static readonly Dictionary<string, ErrorInfo> s_byCode = Index();

    /// <summary>Finds the description of a code. A code that is not listed is described in general terms.</summary>
    public static ErrorInfo Find(string code) =>
        s_byCode.TryGetValue(code, out ErrorInfo? info)
            ? info
            : new ErrorInfo(code, ErrorCategory.NotSpecified, false, $"The service answered {code}.", FixEntry);

    /// <summary>What to do about an error, with the permission that is missing where one is.</summary>
    /// <param name="message">The error's text; a service names the permission in it.</param>
    /// <param name="operation">The API's name of the operation; null where it is not known.</param>
    public static string Advice(string code, string? message, string? operation)
    {
        if (!code.StartsWith("AccessDenied", StringComparison.Ordinal))
        {
            return Find(code).RecommendedAction;
        }

        // Where another permission is what the operation lacks, such as iam:PassRole, only the text tells.
        string? action = ActionIn(message) ?? (operation is null ? null : "ssm:" + operation);
        return action is null
            ? Find(ErrorCodes.AccessDeniedException).RecommendedAction
            : $"Allow {action}, which was refused, for the identity in use, or use another identity (-ProfileName, -RoleArn).{Others(operation)}";
    }

    /// <summary>Says whether the advice for a code is about an association that may have been created.</summary>
    public static bool IsLookFirst(string code) => Find(code).RecommendedAction.StartsWith(LookFirst, StringComparison.Ordinal);

    /// <summary>Says whether a code is listed.</summary>
    public static bool IsListed(string code) => s_byCode.ContainsKey(code);

    /// <summary>The permission in a refusal, as in <c>is not authorized to perform: ssm:DeleteAssociation on resource: ...</c>.</summary>
    private static string? ActionIn(string? message)
    {
        const string Before = "not authorized to perform:";
        int start = message?.IndexOf(Before, StringComparison.Ordinal) ?? -1;
        if (start < 0)
        {
            return null;
        }

        start += Before.Length;
        while (start < message!.Length && message[start] == ' ')
        {
            start++;
        }

        int end = start;
        while (end < message.Length && (char.IsLetterOrDigit(message[end]) || message[end] is ':' or '-'))
        {
            end++;
        }

        string action = message.Substring(start, end - start).TrimEnd(':');
        return action.IndexOf(':') > 0 ? action : null;
    }

    /// <summary>What else the work needs that an operation is part of, so that the next run does not end at the next permission.</summary>
    private static string Others(string? operation) => operation switch
    {
        "CreateAssociationBatch" => " Creating takes ssm:CreateAssociation and ssm:CreateAssociationBatch, and iam:PassRole where a role is named.",
        "UpdateAssociation" => " Changing takes ssm:DescribeAssociation and ssm:UpdateAssociation, and iam:PassRole where a role is named.",
        "DeleteAssociation" => " Removing takes ssm:DescribeAssociation and ssm:DeleteAssociation.",
        _ => string.Empty,
    };

    private static Dictionary<string, ErrorInfo> Index()
    {
        var byCode = new Dictionary<string, ErrorInfo>(StringComparer.Ordinal);
        foreach (ErrorInfo info in All.Concat(OfFiles))
        {
            byCode.Add(info.Code, info);
        }

        return byCode;
    }
}
