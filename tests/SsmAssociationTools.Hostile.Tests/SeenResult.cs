using System;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;

namespace SsmAssociationTools.Hostile.Tests;

/// <summary>A result as a script sees it: by the names of its members.</summary>
internal sealed record SeenResult(int Index, string Status, string Id, string Region, string Account, string ErrorCode, string Message, string Text)
{
    public static SeenResult Of(PSObject result)
    {
        string[] foreign = ["Entry", "InputObject", "Issues"];
        return new SeenResult(
            int.TryParse(Read(result, "Index"), CultureInfo.InvariantCulture, out int index) ? index : -1,
            Read(result, "Status"),
            Read(result, "AssociationId"),
            Read(result, "Region"),
            Read(result, "AccountId"),
            Read(result, "ErrorCode"),
            Read(result, "Message"),
            string.Join(" ", result.Properties.Where(property => !foreign.Contains(property.Name)).Select(property => Read(result, property.Name)).Append(Convert.ToString(result.BaseObject, CultureInfo.InvariantCulture))));
    }

    public static SeenResult Of(JsonElement line) => new(
        line.GetProperty("Index").GetInt32(),
        line.GetProperty("Status").GetString()!,
        line.GetProperty("Id").GetString()!,
        line.GetProperty("Region").GetString()!,
        line.GetProperty("Account").GetString()!,
        line.GetProperty("ErrorCode").GetString()!,
        line.GetProperty("Message").GetString()!,
        line.GetProperty("Text").GetString()!);

    public override string ToString() => $"{Index} {Status} {Region} {Account} {Id} {ErrorCode} {Message}";

    private static string Read(PSObject result, string name)
    {
        try
        {
            return Convert.ToString(result.Properties[name]?.Value, CultureInfo.InvariantCulture) ?? string.Empty;
        }
        catch (GetValueException)
        {
            return string.Empty;
        }
    }
}
