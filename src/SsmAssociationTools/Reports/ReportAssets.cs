using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace SsmAssociationTools.Reports;

/// <summary>The style sheet and the script of a report. They are files of their own beside this one, embedded at build time.</summary>
internal static class ReportAssets
{
    /// <summary>Reads an asset.</summary>
    public static string Read(string name)
    {
        using Stream stream = typeof(ReportAssets).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().Replace("\r\n", "\n");
    }

    /// <summary>The source by which a Content-Security-Policy allows an inline text and no other.</summary>
    public static string SourceOf(string text)
    {
        using var sha = SHA256.Create();
        return "'sha256-" + Convert.ToBase64String(sha.ComputeHash(Encoding.UTF8.GetBytes(text))) + "'";
    }
}
