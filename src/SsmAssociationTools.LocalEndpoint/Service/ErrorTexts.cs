using System.Collections.Generic;

namespace SsmAssociationTools.LocalEndpoint.Service;

/// <summary>Texts of errors that come from a fault and not from a check: the service's own where one is known.</summary>
internal static class ErrorTexts
{
    private static readonly Dictionary<string, string> s_texts = new()
    {
        ["AssociationAlreadyExists"] = AlreadyExists,
        ["InvalidDocument"] = "Document does not exist: rehearsal",
        ["InvalidDocumentVersion"] = "Document version can not be used with Amazon document",
        ["InvalidInstanceId"] = "Invalid InstanceId format: rehearsal",
        ["InvalidParameters"] = "Parameter \"rehearsal\" is not defined in the document.",
        ["InvalidSchedule"] = "Only schedule expressions of type rate, cron, and at are supported.",
        ["InvalidTarget"] = "Instance ID or targets must be specified",
        ["ThrottlingException"] = "Rate exceeded",
        ["ExpiredTokenException"] = "The security token included in the request is expired",
        ["ValidationException"] =
            "1 validation error detected: Value null at 'entries.1.member.name' failed to satisfy constraint: Member must not be null",
    };

    /// <summary>The service's text for a document that already is on a managed node.</summary>
    public const string AlreadyExists = "Association Already Exists";

    /// <summary>The service's text for a runbook whose target parameter or targets are missing.</summary>
    public const string BothOfAutomation = "Must specify both Automation Target Parameter Name and Targets";

    /// <summary>The text for an association that does not exist.</summary>
    public const string NotThere = "AssociationDoesNotExist: there is no such association.";

    /// <summary>The service's text for a second inventory of all managed nodes.</summary>
    public const string SecondInventory = $"Multiple apply all associations with document '{EntryChecks.SoftwareInventory}' are not supported";

    /// <summary>The text of an error.</summary>
    /// <param name="code">The error's name.</param>
    /// <returns>Its text; for an error without a known one, a text that starts with its name.</returns>
    public static string For(string code) => s_texts.TryGetValue(code, out string? text) ? text : code + ": a fault of the local endpoint.";
}
