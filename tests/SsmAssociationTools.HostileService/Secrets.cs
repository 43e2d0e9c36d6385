using System;
using System.Linq;
using System.Net;
using System.Text.Json.Nodes;

namespace SsmAssociationTools.HostileService;

/// <summary>A service that quotes what it was given, as validation messages do.</summary>
internal static class Secrets
{
    public static string Quote(Script script, Fate fate, JsonObject entry)
    {
        string[] values = [.. (entry["Parameters"] as JsonObject ?? []).Select(member => member.Value).OfType<JsonArray>().SelectMany(list => list.Select(value => (string?)value)).OfType<string>()];
        if (values.Length == 0)
        {
            return string.Empty;
        }

        string secret = fate.Dice.Pick(values);
        if (script.Has(Mischief.ChangedSecretsInMessages))
        {
            secret = fate.Dice.Next(6) switch
            {
                0 => secret.ToUpperInvariant(),
                1 => Uri.EscapeDataString(secret),
                2 => string.Concat(secret.Select(character => char.IsLetterOrDigit(character) ? $"{character}" : $"&#{(int)character};")),
                3 => secret[..(secret.Length * 4 / 5)] + "...",
                4 => WebUtility.HtmlEncode(secret).ToLowerInvariant(),
                _ => secret.Replace("\"", "\\\"", StringComparison.Ordinal).Replace(" ", "\\u0020", StringComparison.Ordinal),
            };
        }
        else if (!script.Has(Mischief.SecretsInMessages))
        {
            return string.Empty;
        }

        return $" Value '{secret}' failed to satisfy constraint.";
    }

    public static string Decorate(Script script, Fate fate, string message) => script.Has(Mischief.ControlCharacters)
        ? message + fate.Dice.Pick(["\u001b[31mred\u001b[0m", "\u0007bell", "\u009b2J", "\u202egnirts\u202c", "\u2066isolated\u2069", "\u0000nul", "\r\nCreated ok\u0008"])
        : message;
}
