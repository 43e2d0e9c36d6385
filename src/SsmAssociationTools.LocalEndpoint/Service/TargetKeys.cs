using System;

namespace SsmAssociationTools.LocalEndpoint.Service;

/// <summary>The keys that targets of an association may have.</summary>
internal static class TargetKeys
{
    /// <summary>Set by the service for a runbook that runs without targets.</summary>
    public const string NoOperation = "aws:NoOpAutomationTag";

    /// <summary>The only value of <see cref="NoOperation"/>.</summary>
    public const string NoOperationValue = "AWS-NoOpAutomationTarget-Value";

    private const string TagPrefix = "tag:";

    /// <summary>Keys besides tags that a Command document takes.</summary>
    private static readonly string[] s_command = ["InstanceIds", NoOperation, "resource-groups:Name", "tag-key"];

    /// <summary>Further keys that a runbook takes.</summary>
    private static readonly string[] s_automation = ["ParameterValues", "AWS::EC2::Instance"];

    /// <summary>Tells whether a key names managed nodes by id.</summary>
    /// <param name="key">A target key; documented samples write it in lower case too.</param>
    /// <returns>True for InstanceIds.</returns>
    public static bool IsInstanceIds(string key) => Same(key, "InstanceIds");

    /// <summary>Tells whether a key names resource groups.</summary>
    /// <param name="key">A target key.</param>
    /// <returns>True for either spelling that the service knows.</returns>
    public static bool IsResourceGroup(string key) => Same(key, "resource-groups:Name") || Same(key, "ResourceGroup");

    /// <summary>Tells whether a key can be used.</summary>
    /// <param name="key">A target key.</param>
    /// <param name="automation">Whether the document is a runbook.</param>
    /// <returns>True when the service takes it.</returns>
    public static bool IsSupported(string key, bool automation) =>
        (key.StartsWith(TagPrefix, StringComparison.Ordinal) && key.Length > TagPrefix.Length)
        || Array.Exists(s_command, known => Same(key, known))
        || (automation && Array.Exists(s_automation, known => Same(key, known)));

    /// <summary>Tells whether a key is refused for a runbook although the API reference names it: seen with ResourceGroup.</summary>
    /// <param name="key">A target key.</param>
    /// <returns>True for ResourceGroup.</returns>
    public static bool IsRefusedForAutomation(string key) => Same(key, "ResourceGroup");

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
