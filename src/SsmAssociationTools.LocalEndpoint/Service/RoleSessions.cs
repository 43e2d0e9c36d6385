using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Xml.Linq;

namespace SsmAssociationTools.LocalEndpoint.Service;

/// <summary>
/// AssumeRole of AWS STS, for rehearsing work in several accounts: every role of every account can be assumed. The access
/// key of a session names the account, so that calls signed with it reach that account's associations.
/// </summary>
internal static class RoleSessions
{
    private const string KeyPrefix = "ASIAROLE";
    private const string Namespace = "https://sts.amazonaws.com/doc/2011-06-15/";

    /// <summary>The account of a session's access key.</summary>
    /// <param name="accessKey">Access key id.</param>
    /// <returns>12 digits, or null for a key that is no session of a role.</returns>
    public static string? AccountOf(string accessKey) =>
        accessKey.StartsWith(KeyPrefix, StringComparison.Ordinal) && IsAccount(accessKey.Substring(KeyPrefix.Length)) ? accessKey.Substring(KeyPrefix.Length) : null;

    /// <summary>Carries out a call.</summary>
    /// <param name="form">The form of the request.</param>
    /// <param name="now">The time, in UTC.</param>
    /// <param name="account">The account of whoever calls.</param>
    /// <returns>HTTP status and XML of the answer; null where the request is none that is answered here.</returns>
    public static (int Status, byte[] Body)? Run(string form, DateTime now, string account)
    {
        Dictionary<string, string> fields = Fields(form);
        if (fields.TryGetValue("Action", out string? asked) && asked == "GetCallerIdentity")
        {
            XNamespace identity = Namespace;
            return (200, Bytes(new XElement(
                identity + "GetCallerIdentityResponse",
                new XElement(
                    identity + "GetCallerIdentityResult",
                    new XElement(identity + "Arn", $"arn:aws:iam::{account}:user/rehearsal"),
                    new XElement(identity + "UserId", "AIDAREHEARSAL"),
                    new XElement(identity + "Account", account)))));
        }

        if (!fields.TryGetValue("Action", out string? action) || action != "AssumeRole")
        {
            return null;
        }

        string role = fields.TryGetValue("RoleArn", out string? arn) ? arn : string.Empty;
        string session = fields.TryGetValue("RoleSessionName", out string? name) ? name : string.Empty;
        string[] parts = role.Split(':');
        if (parts.Length != 6 || parts[0] != "arn" || parts[2] != "iam" || !IsAccount(parts[4]) || !parts[5].StartsWith("role/", StringComparison.Ordinal) || session.Length < 2)
        {
            return (400, Error("ValidationError", $"{role} is invalid, or RoleSessionName is missing."));
        }

        string seconds = fields.TryGetValue("DurationSeconds", out string? given) ? given : "3600";
        if (!int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out int duration) || duration is < 900 or > 43_200)
        {
            return (400, Error("ValidationError", "DurationSeconds must be from 900 to 43200."));
        }

        string roleName = role.Substring(role.LastIndexOf('/') + 1);
        XNamespace xml = Namespace;
        return (200, Bytes(new XElement(
            xml + "AssumeRoleResponse",
            new XElement(
                xml + "AssumeRoleResult",
                new XElement(
                    xml + "AssumedRoleUser",
                    new XElement(xml + "Arn", $"{parts[0]}:{parts[1]}:sts::{parts[4]}:assumed-role/{roleName}/{session}"),
                    new XElement(xml + "AssumedRoleId", "AROAREHEARSAL:" + session)),
                new XElement(
                    xml + "Credentials",
                    new XElement(xml + "AccessKeyId", KeyPrefix + parts[4]),
                    new XElement(xml + "SecretAccessKey", Guid.NewGuid().ToString("N")),
                    new XElement(xml + "SessionToken", Guid.NewGuid().ToString("N")),
                    new XElement(xml + "Expiration", now.AddSeconds(duration).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)))),
            new XElement(xml + "ResponseMetadata", new XElement(xml + "RequestId", Guid.NewGuid().ToString())))));
    }

    private static byte[] Error(string code, string message)
    {
        XNamespace xml = Namespace;
        return Bytes(new XElement(
            xml + "ErrorResponse",
            new XElement(xml + "Error", new XElement(xml + "Type", "Sender"), new XElement(xml + "Code", code), new XElement(xml + "Message", message)),
            new XElement(xml + "RequestId", Guid.NewGuid().ToString())));
    }

    private static byte[] Bytes(XElement root) => Encoding.UTF8.GetBytes(root.ToString(SaveOptions.DisableFormatting));

    private static bool IsAccount(string text) => text.Length == 12 && text.All(static c => c is >= '0' and <= '9');

    private static Dictionary<string, string> Fields(string form)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string pair in form.Split('&'))
        {
            int equals = pair.IndexOf('=');
            if (equals > 0)
            {
                fields[Decode(pair.Substring(0, equals))] = Decode(pair.Substring(equals + 1));
            }
        }

        return fields;
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
