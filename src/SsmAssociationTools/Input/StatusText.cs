using System;

namespace SsmAssociationTools.Input;

/// <summary>Reads the status of a copy: its name in any case, or its number as ConvertTo-Json writes it.</summary>
internal static class StatusText
{
    /// <summary>Reads a status.</summary>
    /// <returns>False for everything that is not exactly one status.</returns>
    public static bool TryRead<T>(string? text, out T status)
        where T : struct, Enum
    {
        status = default;
        string name = (text ?? string.Empty).Trim();

        // A list of names is a combination to .NET, and a number need not stand for any name.
        return name.Length > 0
            && name.IndexOf(',') < 0
            && name[0] is not ('+' or '-')
            && Enum.TryParse(name, ignoreCase: true, out status)
            && char.IsLetter(status.ToString()[0]);
    }

    /// <summary>True for the name of a status in any case; not for its number.</summary>
    public static bool IsName<T>(string? text)
        where T : struct, Enum => TryRead(text, out T _) && !char.IsDigit(text!.Trim()[0]);
}
