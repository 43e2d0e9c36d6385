using System;
using System.Collections.Generic;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Aws.Credentials;

/// <summary>Signs a request in the way of AWS Signature Version 4. Only what is needed here: a POST without a query.</summary>
internal static class SigV4
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>Makes the headers that sign a request.</summary>
    /// <returns>Headers to add: X-Amz-Date, X-Amz-Security-Token where there is one, and Authorization.</returns>
    public static IReadOnlyList<KeyValuePair<string, string>> Sign(Uri endpoint, string contentType, byte[] body, AccessKeys keys, string region, string service, DateTime time)
    {
        string stamp = time.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        string day = stamp.Substring(0, 8);
        string host = endpoint.IsDefaultPort ? endpoint.Host : endpoint.Authority;
        var canonical = new StringBuilder("POST\n").Append(endpoint.AbsolutePath).Append("\n\n");
        canonical.Append("content-type:").Append(contentType).Append('\n');
        canonical.Append("host:").Append(host).Append('\n');
        canonical.Append("x-amz-date:").Append(stamp).Append('\n');
        string signed = "content-type;host;x-amz-date";
        if (keys.SessionToken is not null)
        {
            canonical.Append("x-amz-security-token:").Append(keys.SessionToken).Append('\n');
            signed += ";x-amz-security-token";
        }

        canonical.Append('\n').Append(signed).Append('\n').Append(Hash(body));
        string scope = $"{day}/{region}/{service}/aws4_request";
        string text = $"{Algorithm}\n{stamp}\n{scope}\n{Hash(Encoding.UTF8.GetBytes(canonical.ToString()))}";
        byte[] key = Hmac(Hmac(Hmac(Hmac(Encoding.UTF8.GetBytes("AWS4" + keys.SecretKey), day), region), service), "aws4_request");

        var headers = new List<KeyValuePair<string, string>> { new("X-Amz-Date", stamp) };
        if (keys.SessionToken is not null)
        {
            headers.Add(new("X-Amz-Security-Token", keys.SessionToken));
        }

        headers.Add(new("Authorization", $"{Algorithm} Credential={keys.AccessKey}/{scope}, SignedHeaders={signed}, Signature={Hex(Hmac(key, text))}"));
        return headers;
    }

    /// <summary>Writes bytes in hexadecimal.</summary>
    public static string Hex(byte[] bytes)
    {
        var text = new StringBuilder(bytes.Length * 2);
        foreach (byte value in bytes)
        {
            text.Append(value.ToString("x2", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    private static string Hash(byte[] bytes)
    {
        using var sha = SHA256.Create();
        return Hex(sha.ComputeHash(bytes));
    }

    private static byte[] Hmac(byte[] key, string text)
    {
        using var hmac = new HMACSHA256(key);
        return hmac.ComputeHash(Encoding.UTF8.GetBytes(text));
    }
}
