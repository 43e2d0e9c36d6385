namespace SsmAssociationTools.Rules;

/// <summary>Error codes that the code compares with: the service's own, and this module's for what the service does not name.</summary>
internal static class ErrorCodes
{
    /// <summary>Service: the account has as many associations in the Region as it may have.</summary>
    public const string AssociationLimitExceeded = "AssociationLimitExceeded";

    /// <summary>Service: the node and document have an association already.</summary>
    public const string AssociationAlreadyExists = "AssociationAlreadyExists";

    /// <summary>Service: there is no association with the id.</summary>
    public const string AssociationDoesNotExist = "AssociationDoesNotExist";

    /// <summary>Service: one of the associations to start is not valid.</summary>
    public const string InvalidAssociation = "InvalidAssociation";

    /// <summary>Service: the association has no such version, or a later one.</summary>
    public const string InvalidAssociationVersion = "InvalidAssociationVersion";

    /// <summary>Service: the change is not valid.</summary>
    public const string InvalidUpdate = "InvalidUpdate";

    /// <summary>Service: the association has as many versions as it may have.</summary>
    public const string AssociationVersionLimitExceeded = "AssociationVersionLimitExceeded";

    /// <summary>Service: the association has no execution with the id.</summary>
    public const string AssociationExecutionDoesNotExist = "AssociationExecutionDoesNotExist";

    /// <summary>Service: the document does not exist, or is not shared with the account.</summary>
    public const string InvalidDocument = "InvalidDocument";

    /// <summary>Service: the version of the document does not exist.</summary>
    public const string InvalidDocumentVersion = "InvalidDocumentVersion";

    /// <summary>Service: the document is of another type than the operation takes.</summary>
    public const string InvalidDocumentType = "InvalidDocumentType";

    /// <summary>Service: a managed node is not known.</summary>
    public const string InvalidInstanceId = "InvalidInstanceId";

    /// <summary>Service: a value of a filter of nodes is none.</summary>
    public const string InvalidInstanceInformationFilterValue = "InvalidInstanceInformationFilterValue";

    /// <summary>Service: a member breaks a constraint of the API.</summary>
    public const string ValidationException = "ValidationException";

    /// <summary>Service: the mark of a page of a list is not, or no longer, valid.</summary>
    public const string InvalidNextToken = "InvalidNextToken";

    /// <summary>Service: the association was changed again before the service had taken the last change in.</summary>
    public const string TooManyUpdates = "TooManyUpdates";

    /// <summary>Service: the caller may not make the call.</summary>
    public const string AccessDeniedException = "AccessDeniedException";

    /// <summary>Service: the session token is no longer valid.</summary>
    public const string ExpiredTokenException = "ExpiredTokenException";

    /// <summary>Service: the access key is not known.</summary>
    public const string UnrecognizedClientException = "UnrecognizedClientException";

    /// <summary>Service: the signature is not accepted.</summary>
    public const string InvalidSignatureException = "InvalidSignatureException";

    /// <summary>Module: the list of associations does not come to an end.</summary>
    public const string ListWithoutEnd = "ListWithoutEnd";

    /// <summary>Service: too many calls.</summary>
    public const string ThrottlingException = "ThrottlingException";

    /// <summary>Service: an error on its side.</summary>
    public const string InternalServerError = "InternalServerError";

    /// <summary>Module: the entry breaks a rule and was not sent.</summary>
    public const string EntryInvalid = "EntryInvalid";

    /// <summary>Module: the service refused the entry with a text that names no known error.</summary>
    public const string EntryFailed = "EntryFailed";

    /// <summary>Module: the answer does not mention the entry.</summary>
    public const string EntryNotReported = "EntryNotReported";

    /// <summary>Module: the call was not answered in time.</summary>
    public const string RequestTimeout = "RequestTimeout";

    /// <summary>Module: the connection broke after the request was sent.</summary>
    public const string ConnectionLost = "ConnectionLost";

    /// <summary>Module: the answer could not be read.</summary>
    public const string UnreadableAnswer = "UnreadableAnswer";

    /// <summary>Module: an error that it did not expect.</summary>
    public const string InternalError = "InternalError";

    /// <summary>Module: no connection could be made, so nothing was sent.</summary>
    public const string EndpointUnreachable = "EndpointUnreachable";

    /// <summary>Module: what answered sends its callers to another address, where nothing was sent.</summary>
    public const string EndpointRedirected = "EndpointRedirected";

    /// <summary>Module: the journal cannot be written, so nothing more is sent.</summary>
    public const string JournalNotWritable = "JournalNotWritable";

    /// <summary>Module: the run was stopped before the entry was sent.</summary>
    public const string EntryNotAttempted = "EntryNotAttempted";

    /// <summary>Module: the user, -WhatIf or -Confirm kept the entry from being sent.</summary>
    public const string NotConfirmed = "NotConfirmed";

    /// <summary>Module: a comparison says that an association of the entry's name exists with other content.</summary>
    public const string AssociationDiffers = "AssociationDiffers";

    /// <summary>Module: a comparison says that the association exists and nobody wants it.</summary>
    public const string AssociationNotWanted = "AssociationNotWanted";

    /// <summary>Module: a result of a removal says that the association is gone.</summary>
    public const string AssociationRemoved = "AssociationRemoved";

    /// <summary>Module: no id of an association can be read from an input.</summary>
    public const string AssociationIdInvalid = "AssociationIdInvalid";

    /// <summary>Module: an association has another content than the input says, so it is not removed.</summary>
    public const string AssociationChanged = "AssociationChanged";

    /// <summary>Module: the input says that its association is not one to remove.</summary>
    public const string NotToBeRemoved = "NotToBeRemoved";

    /// <summary>Update: the association was changed and has not all that was meant.</summary>
    public const string UpdateIncomplete = "UpdateIncomplete";

    /// <summary>Sync: a name stands for several associations or entries.</summary>
    public const string AssociationNotUnique = "AssociationNotUnique";

    /// <summary>Update: the input is not one that is changed.</summary>
    public const string NotToBeUpdated = "NotToBeUpdated";

    /// <summary>Module: the input is not one that a run is started for.</summary>
    public const string NotToBeStarted = "NotToBeStarted";

    /// <summary>Module: the error for all associations that a stopped run did not come to.</summary>
    public const string AssociationsNotStarted = "AssociationsNotStarted";

    /// <summary>Module: an execution failed, or nodes of it did.</summary>
    public const string OutcomeFailed = "OutcomeFailed";

    /// <summary>Module: an execution was given up before its nodes were done.</summary>
    public const string OutcomeTimedOut = "OutcomeTimedOut";

    /// <summary>Module: an execution was cancelled.</summary>
    public const string OutcomeCancelled = "OutcomeCancelled";

    /// <summary>Module: nobody picked an execution up.</summary>
    public const string OutcomeReachedNobody = "OutcomeReachedNobody";

    /// <summary>Module: the time of -WaitTimeout was over before an outcome was decided.</summary>
    public const string OutcomeUndecided = "OutcomeUndecided";

    /// <summary>Module: it cannot be told how an association turned out.</summary>
    public const string OutcomeUnknown = "OutcomeUnknown";

    /// <summary>Module: the error for all associations that a stopped run did not follow to their end.</summary>
    public const string OutcomesNotFollowed = "OutcomesNotFollowed";

    /// <summary>Module: an association is in another Region or account than the command works in.</summary>
    public const string OtherDestination = "OtherDestination";

    /// <summary>Module: it is not clear in which Region or account an association is.</summary>
    public const string DestinationUnclear = "DestinationUnclear";

    /// <summary>Module: no Region was given or found.</summary>
    public const string NoRegion = "NoRegion";

    /// <summary>Module: no credentials were given or found.</summary>
    public const string NoCredentials = "NoCredentials";

    /// <summary>Module: an endpoint that is no URL, or would carry secrets unencrypted.</summary>
    public const string InvalidEndpointUrl = "InvalidEndpointUrl";

    /// <summary>Module: the login to IAM Identity Center is missing or over.</summary>
    public const string SsoTokenExpired = "SsoTokenExpired";

    /// <summary>Module: a role asks for a code of an MFA device.</summary>
    public const string MfaRequired = "MfaRequired";

    /// <summary>Module: STS, IAM Identity Center or an endpoint of the machine refused to give credentials.</summary>
    public const string CredentialsRefused = "CredentialsRefused";

    /// <summary>Module: a record of a file is no entry.</summary>
    public const string EntryNotRead = "EntryNotRead";

    /// <summary>Module: a file cannot be read any further.</summary>
    public const string FileInvalid = "FileInvalid";

    /// <summary>Module: there is no such file.</summary>
    public const string FileNotFound = "FileNotFound";

    /// <summary>Module: a path leads to no file of the file system.</summary>
    public const string PathInvalid = "PathInvalid";

    /// <summary>Module: the name of a file does not tell its form.</summary>
    public const string FormatUnknown = "FormatUnknown";

    /// <summary>Module: the system does not let a file be read.</summary>
    public const string FileNotRead = "FileNotRead";

    /// <summary>Module: a file is there and was to stay.</summary>
    public const string FileExists = "FileExists";

    /// <summary>Module: a file cannot be written.</summary>
    public const string FileNotWritten = "FileNotWritten";

    /// <summary>Module: an input of an export is no entry.</summary>
    public const string EntryNotExported = "EntryNotExported";

    /// <summary>Module: the error for all entries that a stopped run did not come to.</summary>
    public const string EntriesNotAttempted = "EntriesNotAttempted";

    /// <summary>Module: the error for all associations that a stopped run did not come to.</summary>
    public const string AssociationsNotRemoved = "AssociationsNotRemoved";

    /// <summary>Module: another run uses the journal.</summary>
    public const string JournalInUse = "JournalInUse";

    /// <summary>Module: a journal cannot be read.</summary>
    public const string JournalDamaged = "JournalDamaged";

    /// <summary>Module: a journal is one of another command.</summary>
    public const string JournalOfOtherCommand = "JournalOfOtherCommand";

    /// <summary>Module: a journal was made by another version.</summary>
    public const string JournalVersion = "JournalVersion";

    /// <summary>Module: the key file of a journal is missing.</summary>
    public const string JournalKeyMissing = "JournalKeyMissing";

    /// <summary>Module: a path that is none of a file.</summary>
    public const string JournalPathInvalid = "JournalPathInvalid";

    /// <summary>Module: a device, a pipe or the like in the place of a journal.</summary>
    public const string JournalNotAFile = "JournalNotAFile";

    /// <summary>Module: a journal of another endpoint, account or Region.</summary>
    public const string JournalOfOtherPlace = "JournalOfOtherPlace";

    /// <summary>Module: the key file of another journal.</summary>
    public const string JournalKeyMismatch = "JournalKeyMismatch";

    /// <summary>Module: a file of something else where the key would be kept.</summary>
    public const string JournalKeyForeign = "JournalKeyForeign";

    /// <summary>Service: a managed node is named by more than one entry.</summary>
    public const string DuplicateInstanceId = "DuplicateInstanceId";

    /// <summary>Service: the output location is not valid.</summary>
    public const string InvalidOutputLocation = "InvalidOutputLocation";

    /// <summary>Service: parameters do not fit the document.</summary>
    public const string InvalidParameters = "InvalidParameters";

    /// <summary>Service: the schedule expression is not valid.</summary>
    public const string InvalidSchedule = "InvalidSchedule";

    /// <summary>Service: a target is not valid.</summary>
    public const string InvalidTarget = "InvalidTarget";

    /// <summary>Service: the target maps are not valid.</summary>
    public const string InvalidTargetMaps = "InvalidTargetMaps";

    /// <summary>Service: the document does not support the platform.</summary>
    public const string UnsupportedPlatformType = "UnsupportedPlatformType";
}
