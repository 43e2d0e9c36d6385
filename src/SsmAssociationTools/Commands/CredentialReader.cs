using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Reflection;
using System.Security;
using System.Text;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Commands;

/// <summary>
/// Reads an object that stands for credentials by what it can do, not by its type: credentials of AWS.Tools or of an AWS SDK
/// of any version, a PSCredential, a connection of an automation account, and what the AWS CLI and STS put out.
/// </summary>
internal static class CredentialReader
{
    /// <summary>Credentials within an object within an object are the deepest that occur, as in a response of STS.</summary>
    private const int MaxDepth = 2;

    private const BindingFlags AnyInstance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Reads an object. Call it on the thread of the pipeline.</summary>
    public static SuppliedCredentials? Read(object? value, string origin) => Read(value, origin, 0);

    private static SuppliedCredentials? Read(object? value, string origin, int depth)
    {
        object? bare = value is PSObject wrapped ? wrapped.BaseObject : value;
        switch (bare)
        {
            case null or string:
                return null;
            case PSCredential pair:
                var keys = new AccessKeys(pair.UserName, Plain(pair.Password)!);
                return new SuppliedCredentials(origin + " (PSCredential)", () => keys, canChange: false);
        }

        string description = $"{origin} ({(bare is PSCustomObject ? "PSCustomObject" : bare.GetType().FullName)})";
        if (Live(bare) is { } read)
        {
            return new SuppliedCredentials(description, read, canChange: true);
        }

        if (Written(value!, bare) is { } written)
        {
            return new SuppliedCredentials(description, () => written, canChange: false);
        }

        return depth < MaxDepth && Inner(value!, bare) is { } inner ? Read(inner, origin, depth + 1) : null;
    }

    /// <summary>
    /// The object's method GetCredentials, which may be called from any thread, as often as keys are needed. A method written
    /// in PowerShell must not be: it would wait for the pipeline, which waits for it.
    /// </summary>
    private static Func<AccessKeys>? Live(object source)
    {
        Type type = source.GetType();
        if (type.Assembly.IsDynamic)
        {
            return null;
        }

        MethodInfo? method = type.GetMethod("GetCredentials", BindingFlags.Instance | BindingFlags.Public, null, Type.EmptyTypes, null);
        if (method is not null && HasKeys(method.ReturnType))
        {
            return () => FromObject(method.Invoke(source, null), source);
        }

        method = type.GetMethod("GetCredentialsAsync", BindingFlags.Instance | BindingFlags.Public, null, Type.EmptyTypes, null);
        if (method is null || !method.ReturnType.IsGenericType || !typeof(Task).IsAssignableFrom(method.ReturnType) || !HasKeys(method.ReturnType.GenericTypeArguments[0]))
        {
            return null;
        }

        return () =>
        {
            var task = (Task)method.Invoke(source, null)!;
            task.GetAwaiter().GetResult();
            return FromObject(method.ReturnType.GetProperty("Result")!.GetValue(task), source);
        };
    }

    private static bool HasKeys(Type type) => type.GetProperty("AccessKey") is not null && type.GetProperty("SecretKey") is not null;

    private static AccessKeys FromObject(object? keys, object source)
    {
        string? accessKey = Property(keys, "AccessKey") as string;
        string? secretKey = Property(keys, "SecretKey") as string;
        return string.IsNullOrEmpty(accessKey) || string.IsNullOrEmpty(secretKey)
            ? throw new InvalidOperationException("The object gives no keys.")
            : new AccessKeys(accessKey!, secretKey!, Property(keys, "Token") as string)
            {
                Expiration = Time(Property(source, "Expiration")),
                AccountId = Account(Property(keys, "AccountId")),
            };
    }

    private static object? Property(object? source, string name) =>
        source?.GetType().GetProperty(name, BindingFlags.Instance | BindingFlags.Public)?.GetValue(source);

    /// <summary>Keys that stand in the object's members or in a dictionary, under any of their usual names.</summary>
    private static AccessKeys? Written(object value, object bare)
    {
        string? accessKey = null;
        string? secretKey = null;
        string? token = null;
        DateTime? expiration = null;
        string? account = null;
        foreach (KeyValuePair<string, Func<object?>> member in Members(value, bare))
        {
            switch (Simplify(member.Key))
            {
                case "accesskey" or "accesskeyid":
                    accessKey ??= Text(member.Value());
                    break;
                case "secretkey" or "secretaccesskey":
                    secretKey ??= Text(member.Value());
                    break;
                case "sessiontoken" or "securitytoken" or "token":
                    token ??= Text(member.Value());
                    break;
                case "expiration":
                    expiration ??= Time(member.Value());
                    break;
                case "accountid" or "account":
                    account ??= Account(Text(member.Value()));
                    break;
            }
        }

        return accessKey is null || secretKey is null
            ? null
            : new AccessKeys(accessKey, secretKey, token) { Expiration = expiration, AccountId = account };
    }

    private static IEnumerable<KeyValuePair<string, Func<object?>>> Members(object value, object bare)
    {
        if (bare is IDictionary dictionary)
        {
            return dictionary.Keys.OfType<string>().Select(key => new KeyValuePair<string, Func<object?>>(key, () => dictionary[key]));
        }

        return PSObject.AsPSObject(value).Properties.Select(static property => new KeyValuePair<string, Func<object?>>(property.Name, () => property.Value));
    }

    /// <summary>
    /// The member Credentials: of a response of STS, of the CLI's output, and of the object that AWS.Tools keeps in
    /// $StoredAWSCredentials, where it is not public.
    /// </summary>
    private static object? Inner(object value, object bare)
    {
        foreach (KeyValuePair<string, Func<object?>> member in Members(value, bare))
        {
            if (member.Key.Equals("Credentials", StringComparison.OrdinalIgnoreCase))
            {
                return member.Value();
            }
        }

        return bare.GetType().GetProperty("Credentials", AnyInstance)?.GetValue(bare);
    }

    /// <summary>AWS_ACCESS_KEY_ID, AccessKeyId, access-key-id and accessKeyId are the same.</summary>
    private static string Simplify(string name)
    {
        var letters = new StringBuilder(name.Length);
        foreach (char c in name)
        {
            if (char.IsLetterOrDigit(c))
            {
                letters.Append(char.ToLowerInvariant(c));
            }
        }

        string simple = letters.ToString();
        return simple.StartsWith("aws", StringComparison.Ordinal) ? simple.Substring(3) : simple;
    }

    private static string? Text(object? value)
    {
        object? bare = value is PSObject wrapped ? wrapped.BaseObject : value;
        string? text = bare switch
        {
            SecureString secure => Plain(secure),
            string plain => plain.Trim(),
            _ => null,
        };
        return string.IsNullOrEmpty(text) ? null : text;
    }

    private static string? Plain(SecureString secure) => new NetworkCredential(string.Empty, secure).Password;

    private static string? Account(object? value) => value is string { Length: 12 } text && text.All(static c => c is >= '0' and <= '9') ? text : null;

    /// <summary>ConvertFrom-Json makes a DateTime of a time, other readers leave the text.</summary>
    private static DateTime? Time(object? value)
    {
        object? bare = value is PSObject wrapped ? wrapped.BaseObject : value;
        return bare switch
        {
            DateTime { Kind: DateTimeKind.Unspecified } time => DateTime.SpecifyKind(time, DateTimeKind.Utc),
            DateTime time => time.ToUniversalTime(),
            DateTimeOffset time => time.UtcDateTime,
            string text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) => time.UtcDateTime,
            _ => null,
        };
    }
}
