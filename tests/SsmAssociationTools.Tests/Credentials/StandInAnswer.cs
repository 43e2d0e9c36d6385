using System.Collections.Generic;

namespace SsmAssociationTools.Tests.Credentials;

/// <summary>An answer of a stand-in.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">Body.</param>
/// <param name="ContentType">Content type.</param>
internal sealed record StandInAnswer(int Status, string Body, string ContentType = "application/json")
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>True for a body that is packed with gzip, whether or not that was asked for.</summary>
    public bool IsPacked { get; init; }

    /// <summary>The answer of STS to AssumeRole or AssumeRoleWithWebIdentity.</summary>
    public static StandInAnswer Role(string action, string roleArn, string sessionName, string accessKey, string expiration) => new(
        200,
        $"""
        <{action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
          <{action}Result>
            <AssumedRoleUser>
              <AssumedRoleId>AROAEXAMPLE:{sessionName}</AssumedRoleId>
              <Arn>{roleArn.Replace(":iam:", ":sts:", System.StringComparison.Ordinal).Replace(":role/", ":assumed-role/", System.StringComparison.Ordinal)}/{sessionName}</Arn>
            </AssumedRoleUser>
            <Credentials>
              <AccessKeyId>{accessKey}</AccessKeyId>
              <SecretAccessKey>secret-of-{accessKey}</SecretAccessKey>
              <SessionToken>token-of-{accessKey}</SessionToken>
              <Expiration>{expiration}</Expiration>
            </Credentials>
          </{action}Result>
          <ResponseMetadata><RequestId>00000000-0000-0000-0000-000000000000</RequestId></ResponseMetadata>
        </{action}Response>
        """,
        "text/xml");

    /// <summary>A refusal of STS.</summary>
    public static StandInAnswer StsError(int status, string code, string message) => new(
        status,
        $"""<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error><RequestId>00000000-0000-0000-0000-000000000000</RequestId></ErrorResponse>""",
        "text/xml");
}
