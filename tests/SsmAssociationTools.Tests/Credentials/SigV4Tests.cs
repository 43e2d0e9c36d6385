using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using SsmAssociationTools.Aws.Credentials;
using SsmAssociationTools.Gateway;
using Xunit;

namespace SsmAssociationTools.Tests.Credentials;

/// <summary>The expected signatures were made by botocore, the signer of the AWS CLI, for the same requests.</summary>
public sealed class SigV4Tests
{
    private const string ContentType = "application/x-www-form-urlencoded; charset=utf-8";
    private const string Body = "Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2FOps&RoleSessionName=test";

    [Theory]
    [InlineData(
        "https://sts.us-east-1.amazonaws.com/",
        "us-east-1",
        null,
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20250301/us-east-1/sts/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=95823123779ef1fd5dfbf4e13ddb934e12e43987aaa895e2461faf0d80690a85")]
    [InlineData(
        "http://127.0.0.1:4566/",
        "cn-north-1",
        "FwoGZXIvYXdzEXAMPLETOKEN//////////wEaD+example==",
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20250301/cn-north-1/sts/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-security-token, Signature=6e2c374a40b7bfa34eab1f5e3ff172eb2d6a64dbad00568d589619e5be606b17")]
    public void Signatures_are_those_of_botocore(string url, string region, string? token, string authorization)
    {
        var keys = new AccessKeys("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", token);

        var headers = SigV4.Sign(new Uri(url), ContentType, Encoding.UTF8.GetBytes(Body), keys, region, "sts", new DateTime(2025, 3, 1, 12, 0, 0, DateTimeKind.Utc))
            .ToDictionary(header => header.Key, header => header.Value);

        Assert.Equal("20250301T120000Z", headers["X-Amz-Date"]);
        Assert.Equal(token, headers.GetValueOrDefault("X-Amz-Security-Token"));
        Assert.Equal(authorization, headers["Authorization"]);
    }
}
