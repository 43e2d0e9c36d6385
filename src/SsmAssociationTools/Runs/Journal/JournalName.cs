using System;
using System.Globalization;

namespace SsmAssociationTools.Runs.Journal;

/// <summary>The name of an entry in a journal: the beginning of a keyed hash, and a number that tells equal entries apart.</summary>
internal readonly record struct JournalName
{
    private const int HashBytes = 18;

    private readonly ulong _first;
    private readonly ulong _second;
    private readonly ushort _third;
    private readonly int _occurrence;

    public JournalName(byte[] hash, int occurrence)
    {
        _first = BitConverter.ToUInt64(hash, 0);
        _second = BitConverter.ToUInt64(hash, 8);
        _third = BitConverter.ToUInt16(hash, 16);
        _occurrence = occurrence;
    }

    /// <summary>Reads a name; null for what is none.</summary>
    public static JournalName? Read(string? text)
    {
        int colon = text?.IndexOf(':') ?? -1;
        if (colon != HashBytes / 3 * 4 || !int.TryParse(text!.Substring(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int occurrence))
        {
            return null;
        }

        try
        {
            return new JournalName(Convert.FromBase64String(text.Substring(0, colon)), occurrence);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>The name as lines have it.</summary>
    public override string ToString()
    {
        byte[] hash = new byte[HashBytes];
        BitConverter.GetBytes(_first).CopyTo(hash, 0);
        BitConverter.GetBytes(_second).CopyTo(hash, 8);
        BitConverter.GetBytes(_third).CopyTo(hash, 16);
        return Convert.ToBase64String(hash) + ":" + _occurrence.ToString(CultureInfo.InvariantCulture);
    }
}
