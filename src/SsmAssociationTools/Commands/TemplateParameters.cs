using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using System.Security;
using SsmAssociationTools.Commands.Output;
using SsmAssociationTools.Files;
using SsmAssociationTools.Input;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Commands;

/// <summary>Reads what templates are worked out with. No message shows a value: parameters of templates may be secrets.</summary>
internal static class TemplateParameters
{
    /// <summary>Reads the parameters of the cmdlet.</summary>
    public static TemplateInputs Read(PSCmdlet cmdlet, IDictionary? parameters, IDictionary? values, string? region, string? accountId)
    {
        if (region is not null && !RegionCode.IsOne(region))
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.InvalidParameter("Region", region, $"'{region}' is no Region code such as us-east-1."));
        }

        if (accountId is not null && !IsAccount(accountId))
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.InvalidParameter("AccountId", accountId, $"'{accountId}' is no account id of 12 digits. Give one that begins with zeros as text, in quotes."));
        }

        return new TemplateInputs
        {
            Parameters = Values(cmdlet, "TemplateParameter", parameters),
            Values = Values(cmdlet, "TemplateValue", values),
            Region = region,
            AccountId = accountId,
        };
    }

    /// <summary>Says whether a text is the id of an account.</summary>
    public static bool IsAccount(string text)
    {
        foreach (char c in text)
        {
            if (c is < '0' or > '9')
            {
                return false;
            }
        }

        return text.Length == 12;
    }

    private static Dictionary<string, object> Values(PSCmdlet cmdlet, string parameter, IDictionary? given)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (DictionaryEntry pair in given ?? new Hashtable())
        {
            string name = Convert.ToString(pair.Key, CultureInfo.InvariantCulture) ?? string.Empty;
            object? value = Value(pair.Value);
            if (value is null)
            {
                cmdlet.ThrowTerminatingError(ErrorRecords.InvalidParameter(parameter, name, $"-{parameter} takes texts, numbers, truth values and lists of them; that of '{name}' is none."));
            }

            values[name] = value!;
        }

        return values;
    }

    private static object? Value(object? value)
    {
        value = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        if (Single(value) is string text)
        {
            return text;
        }

        if (value is IDictionary or PSObject or null || value is not IEnumerable items)
        {
            return null;
        }

        var list = new FileList();
        foreach (object? item in items)
        {
            if (Single(item is PSObject inner ? inner.BaseObject : item) is not string one)
            {
                return null;
            }

            list.Add(one);
        }

        return list;
    }

    private static string? Single(object? value) => value switch
    {
        string text => text,
        bool truth => truth ? "true" : "false",
        SecureString secret => new PSCredential("x", secret).GetNetworkCredential().Password,
        Enum or char => value.ToString(),
        IConvertible number and not DateTime and not DBNull => Convert.ToString(number, CultureInfo.InvariantCulture),
        Guid or Uri => value.ToString(),
        _ => null,
    };
}
