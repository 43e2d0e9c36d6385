using System;

namespace SsmAssociationTools.LocalEndpoint.Simulation;

/// <summary>Numbers that depend on nothing but what they are drawn for, so that a seed gives the same run whoever looks at it, and when.</summary>
internal static class Draw
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>A number for a text.</summary>
    public static ulong Hash(string text, ulong seed = 0)
    {
        ulong hash = 14695981039346656037 ^ seed;
        foreach (char c in text)
        {
            hash = unchecked((hash ^ c) * 1099511628211);
        }

        return Mix(hash);
    }

    /// <summary>A number for two numbers.</summary>
    public static ulong Mix(ulong left, ulong right = 0)
    {
        ulong mixed = unchecked(left + (Golden * (right + 1)));
        mixed = unchecked((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9);
        mixed = unchecked((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB);
        return mixed ^ (mixed >> 31);
    }

    /// <summary>From 0 to 1, without 1.</summary>
    public static double Unit(ulong number) => (number >> 11) * (1.0 / (1UL << 53));

    /// <summary>An id of the form that GUIDs have.</summary>
    public static string Id(ulong number)
    {
        byte[] bytes = new byte[16];
        BitConverter.GetBytes(Mix(number, 1)).CopyTo(bytes, 0);
        BitConverter.GetBytes(Mix(number, 2)).CopyTo(bytes, 8);
        bytes[7] = (byte)((bytes[7] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes).ToString();
    }
}
