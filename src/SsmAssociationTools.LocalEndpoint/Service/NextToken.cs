using System;
using System.Globalization;
using System.Text;

namespace SsmAssociationTools.LocalEndpoint.Service;

/// <summary>Where a listing goes on. Opaque to clients, and good for the same filters only.</summary>
internal static class NextToken
{
    /// <summary>Makes a token.</summary>
    /// <param name="sequence">Place of the last association of the page.</param>
    /// <param name="filters">The filters as one text.</param>
    /// <returns>The token.</returns>
    public static string Make(long sequence, string filters)
    {
        string place = sequence.ToString(CultureInfo.InvariantCulture);
        return Convert.ToBase64String(Encoding.ASCII.GetBytes(place + "." + Check(place, filters)));
    }

    /// <summary>Reads a token.</summary>
    /// <param name="token">The token.</param>
    /// <param name="filters">The filters of the call that brings it.</param>
    /// <returns>Place of the last association of the page before.</returns>
    /// <exception cref="ServiceException">InvalidNextToken.</exception>
    public static long Read(string token, string filters)
    {
        try
        {
            string[] parts = Encoding.ASCII.GetString(Convert.FromBase64String(token)).Split('.');
            if (parts.Length == 2
                && parts[1] == Check(parts[0], filters)
                && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long sequence))
            {
                return sequence;
            }
        }
        catch (FormatException)
        {
            // Not even base64; answered like every other token that is not ours.
        }

        throw new ServiceException("InvalidNextToken", "InvalidNextToken: the token was not given by a call with these filters.");
    }

    /// <summary>FNV-1a, because string hash codes differ from process to process and a token may outlive one.</summary>
    private static string Check(string place, string filters)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in place + "\n" + filters)
        {
            hash = unchecked((hash ^ c) * 1099511628211);
        }

        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }
}
