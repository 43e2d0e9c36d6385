using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace SsmAssociationTools.HostileService;

/// <summary>Who calls: access keys, the sessions of roles, and STS.</summary>
internal sealed class Accounts(int seed, Script script)
{
    private readonly ConcurrentDictionary<string, (string Account, string Token, DateTimeOffset End)> _sessions = new();
    private int _given;

    /// <summary>Account, Region and whether the credentials still hold, from the signature's scope.</summary>
    public (string Account, string Region, bool IsValid) Of(RawRequest request)
    {
        string authorization = request.Header("Authorization");
        int start = authorization.IndexOf("Credential=", StringComparison.Ordinal);
        string[] scope = start < 0 ? [] : authorization[(start + 11)..].Split(',')[0].Split('/');
        if (scope.Length < 4)
        {
            return ("none", "none", false);
        }

        if (_sessions.TryGetValue(scope[0], out (string Account, string Token, DateTimeOffset End) session))
        {
            return (session.Account, scope[2], request.Header("X-Amz-Security-Token") == session.Token && DateTimeOffset.UtcNow < session.End);
        }

        return ("111122223333", scope[2], true);
    }

    public (int Status, string Body, string Said) Answer(RawRequest request)
    {
        Dictionary<string, string> form = request.Text.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[^1].Replace('+', ' ')));
        string action = form.GetValueOrDefault("Action", string.Empty);
        if (action == "GetCallerIdentity")
        {
            string account = Of(request).Account;
            return (200, $"<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult><Arn>arn:aws:iam::{account}:user/x</Arn><UserId>AIDAEXAMPLE</UserId><Account>{account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>", action);
        }

        string role = form.GetValueOrDefault("RoleArn", string.Empty);
        string[] parts = role.Split(':');
        if (action != "AssumeRole" || parts.Length < 6)
        {
            return (400, "<ErrorResponse><Error><Type>Sender</Type><Code>InvalidAction</Code><Message>No such action.</Message></Error></ErrorResponse>", $"{action} {request.Method}");
        }

        int number = System.Threading.Interlocked.Increment(ref _given);
        var dice = new Dice(seed, "session", role, number);
        string key = "ASIA" + dice.Letters(16).ToUpperInvariant();
        string token = dice.Letters(40);

        // What the answer says of the end is not always when it ends: a session may be revoked at any time.
        DateTimeOffset said = DateTimeOffset.UtcNow.AddHours(1);
        DateTimeOffset end = said;
        if (script.Has(Mischief.TokensExpire) && number <= 2)
        {
            end = DateTimeOffset.UtcNow.AddMilliseconds(dice.Between(500, 4000));
            said = dice.Chance(50) ? end : said;
        }

        _sessions[key] = (parts[4], token, end);
        return (200, $"<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult><Credentials><AccessKeyId>{key}</AccessKeyId><SecretAccessKey>{dice.Letters(40)}</SecretAccessKey><SessionToken>{token}</SessionToken><Expiration>{said.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}</Expiration></Credentials><AssumedRoleUser><AssumedRoleId>AROA:x</AssumedRoleId><Arn>{role}/x</Arn></AssumedRoleUser></AssumeRoleResult></AssumeRoleResponse>", $"AssumeRole {role}");
    }
}
